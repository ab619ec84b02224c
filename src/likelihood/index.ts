/** Likelihoods and the costs that follow from them. */
export { bernoulli, bernoulliLikelihood, independentBernoulli } from './bernoulli.js'
export { categorical, categoricalLikelihood, sparseCategorical, sparseCategoricalLikelihood } from './categorical.js'
export {
  type BinomialOptions,
  binomial,
  binomialLikelihood,
  type NegativeBinomialOptions,
  negativeBinomial,
  negativeBinomialLikelihood,
  poisson,
  poissonLikelihood,
} from './counts.js'
export { type ExponentialFamily, exponentialFamily } from './exponential-family.js'
export { type GammaOptions, gamma, gammaDefaults, gammaLikelihood } from './gamma.js'
export {
  type GaussianOptions,
  gaussian,
  gaussianDefaults,
  gaussianLikelihood,
  gaussianLogVariance,
  gaussianLogVarianceLikelihood,
  meanSquaredError,
  squaredErrorLikelihood,
} from './gaussian.js'
export { knownLikelihoods, likelihoodFrom } from './known.js'
export { type LaplaceOptions, laplace, laplaceDefaults, laplaceLikelihood, laplaceLogScale, laplaceLogScaleLikelihood } from './laplace.js'
export { type Likelihood, likelihood, type Support } from './likelihood.js'
export * from './metrics/index.js'
export { type MixtureOptions, mixtureOfGaussians, mixtureOfGaussiansLikelihood } from './mixture.js'
export { type Model, modelOf, type SomeModel } from './model.js'
export {
  type AnyObjective,
  type FullBatchOptions,
  fullBatch,
  gradient,
  type Objective,
  objective,
  type Regulariser,
  regularised,
} from './objective.js'
export { ordinal, ordinalLikelihood } from './ordinal.js'
export { interval, mode, sample } from './predictive.js'
export {
  descriptionOfLikelihood,
  type LikelihoodDescription,
  type LikelihoodEntry,
  type LikelihoodRegistry,
  likelihoodEntry,
} from './registry.js'
export { elasticNet, groupLasso, lasso, orthogonality, weightDecay, where } from './regulariser.js'
export { focal, labelSmoothing } from './smoothing.js'
export { classNumbers, counts, countsUpTo, distributions, positiveNumbers, probabilities, realNumbers, supported } from './support.js'
export { type OfExamples, weightedMean } from './weights.js'
