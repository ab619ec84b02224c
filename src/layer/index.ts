/** Layers: dense, activations, convolution, pooling, recurrence, dropout, fixed features, and initialisers. */
export { input } from '../network/index.js'
export {
  absoluteValue,
  clippedLinear,
  elu,
  gelu,
  geluTanh,
  hardSigmoid,
  hardTanh,
  leakyRelu,
  logSoftmax,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from './activation.js'
export { type BatchNorm, type BatchNormOptions, type BatchNormParams, batchNorm, batchNormDefaults } from './batch-norm.js'
export {
  type Cell,
  type CellF,
  type CellOptions,
  type CellParams,
  type CellParamsFor,
  type CellState,
  cellDefaults,
  type ElmanF,
  elman,
  type Gates,
  type GruF,
  type GruOptions,
  type GruParams,
  gru,
  gruDefaults,
  type LstmF,
  type LstmOptions,
  lstm,
  lstmDefaults,
  type Reset,
} from './cell.js'
export {
  type Convolution1d,
  type Convolution1dParams,
  type Convolution2d,
  type Convolution2dParams,
  type ConvolutionOptions,
  type ConvolutionParams,
  conv1d,
  conv2d,
  convolutionDefaults,
  type KernelParams,
  type WindowsOf,
} from './convolution.js'
export { type CutPoints, type CutPointsParams, cutPoints } from './cut-points.js'
export { type Dense, type DenseOptions, type DenseParams, dense, denseDefaults } from './dense.js'
export { dropout } from './dropout.js'
export { type Embedding, type EmbeddingOptions, type EmbeddingParams, embedding, embeddingDefaults } from './embedding.js'
export { flatten } from './flatten.js'
export { type GroupNorm, type GroupNormOptions, type GroupNormParams, groupNorm, groupNormDefaults } from './group-norm.js'
export { constant, type Fans, fansOf, glorot, he, type Initialiser, initialiser, lecun, ofVariance, small } from './initialiser.js'
export {
  type GainOf,
  type LayerNorm,
  type LayerNormOptions,
  type LayerNormParams,
  layerNorm,
  layerNormDefaults,
  type NormOver,
} from './layer-norm.js'
export {
  type LearnedLogScale,
  type LearnedLogScaleOptions,
  type LearnedLogScaleParams,
  learnedLogScale,
  learnedLogScaleDefaults,
} from './learned-log-scale.js'
export {
  type LocallyConnected1d,
  type LocallyConnected2d,
  type LocallyConnectedOptions,
  type LocallyConnectedParams,
  locallyConnected1d,
  locallyConnected2d,
} from './locally-connected.js'
export { type Maxout, type MaxoutOptions, type MaxoutParams, maxout } from './maxout.js'
export {
  type ParametricRelu,
  type ParametricReluOptions,
  type ParametricReluParams,
  parametricRelu,
  parametricReluDefaults,
  type SlopePer,
  type SlopesOf,
} from './parametric-relu.js'
export {
  type PolynomialFeatures,
  type PolynomialOptions,
  polynomialDefaults,
  polynomialFeatures,
} from './polynomial-features.js'
export {
  type AvgPoolingOptions,
  avgPool2d,
  type GlobalPooling,
  globalAvgPool2d,
  globalMaxPool2d,
  maxPool2d,
  type PooledWindows,
  type Pooling,
  type PoolingOptions,
} from './pooling.js'
export { type RadialBasisOptions, radialBasisDefaults, radialBasisFeatures } from './radial-basis-features.js'
export {
  type RandomFourierFeatures,
  type RandomFourierOptions,
  randomFourierDefaults,
  randomFourierFeatures,
} from './random-fourier-features.js'
export { type Rbf, type RbfOptions, type RbfParams, rbf, rbfDefaults } from './rbf.js'
export { initialisers, layers, rebuild, rebuildWith } from './rebuild.js'
export {
  type Bidirectional,
  bidirectional,
  type Recurrent,
  type RecurrentOptions,
  type RecurrentParams,
  type Returned,
  type Returns,
  recurrent,
  recurrentDefaults,
} from './recurrent.js'
export {
  type InitialiserEntry,
  type Inside,
  initialiserEntry,
  type LayerEntry,
  layerEntry,
  type Registry,
  type SomeShared,
} from './registry.js'
export { type Scaling, scalingOf, standardise } from './standardise.js'
export { type TransposedOptions, type TransposedParams, transposed, transposedDefaults } from './transposed.js'
