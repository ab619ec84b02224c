/** Optimisers as gradient transformations. */
export { type AdaMaxF, type AdaMaxState, scaleByAdaMax } from './ada-max.js'
export {
  type AdamF,
  type AdamOptions,
  type AdamState,
  type AmsGradF,
  type AmsGradState,
  adamDefaults,
  scaleByAdam,
  scaleByAmsGrad,
} from './adam.js'
export { type AverageF, type AverageState, averageParameters } from './average.js'
export { type Chained, type ChainF, chain } from './chain.js'
export { type ClipOptions, clipByGlobalNorm, clipByValue, globalNorm } from './clip.js'
export { addDecayedWeights } from './decay.js'
export { type LbfgsMemory, type LbfgsOptions, lbfgs, lbfgsDefaults, lbfgsDirection } from './lbfgs.js'
export { type LearningRate, type Rate, type RateF, scaleByLearningRate } from './learning-rate.js'
export { type LineSearchOptions, lineSearchDefaults, strongWolfe, type Trial } from './line-search.js'
export { cholesky } from './linear/cholesky.js'
export {
  binomialFamily,
  type Column,
  type Family,
  type Fitted,
  gammaFamily,
  gaussianFamily,
  type Moments,
  negativeBinomialFamily,
  poissonFamily,
} from './linear/families.js'
export type { Estimates, Fit } from './linear/fit.js'
export { type FitError, type GlmOptions, glm, glmDefaults, type LinearOptions, linearDefaults } from './linear/glm.js'
export { type LeastSquares, leastSquares, normalEquations } from './linear/least-squares.js'
export { type LinearFit, linearRegression } from './linear/linear-regression.js'
export { type MultinomialOptions, multinomial, multinomialDefaults } from './linear/multinomial.js'
export type { Observations } from './linear/observations.js'
export { type Qr, qr } from './linear/qr.js'
export type { Problem, Runner, Scoring, ScoringStep } from './linear/scoring.js'
export { summary } from './linear/summary.js'
export { backSubstitute, forwardSubstitute } from './linear/triangular.js'
export { type LionF, type LionOptions, type LionState, lionDefaults, scaleByLion } from './lion.js'
export {
  type MinimiseOptions,
  type Minimiser,
  type Minimum,
  minimise,
  minimiseDefaults,
  type ValueAndGradient,
  type Visited,
} from './minimise.js'
export {
  accumulate,
  accumulateDamped,
  type DampedF,
  type DampedState,
  lookAhead,
  type MomentumF,
  type MomentumOptions,
  type MomentumState,
  momentumDefaults,
  type NesterovOptions,
} from './momentum.js'
export { type MultiStepsF, type MultiStepsState, multiSteps } from './multi-steps.js'
export { type NAdamF, type NAdamOptions, type NAdamState, nAdamDefaults, scaleByNAdam } from './n-adam.js'
export {
  type AdamWOptions,
  adaGrad,
  adaMax,
  adam,
  adamW,
  amsGrad,
  centredRmsProp,
  type Descending,
  gradientDescent,
  type LionWithDecayOptions,
  lion,
  lionWithDecayDefaults,
  momentum,
  nAdam,
  nesterov,
  nesterovLookAhead,
  type Optimiser,
  rAdam,
  rmsProp,
  sgd,
} from './optimisers.js'
export { type Masked, type MaskedF, masked, type PartitionF, partition } from './partition.js'
export { maxNorm, type Projection, project } from './project.js'
export { scaleByRAdam } from './r-adam.js'
export {
  type DeviationF,
  type DeviationState,
  type RmsF,
  type RmsOptions,
  type RmsState,
  rmsDefaults,
  scaleByDeviation,
  scaleByRms,
} from './root-mean-square.js'
export { type RssF, type RssOptions, type RssState, rssDefaults, scaleByRss } from './root-sum-of-squares.js'
export { type ScheduleF, type ScheduleState, scale, scaleBySchedule, setToZero } from './scale.js'
export {
  cosineDecay,
  type EndingDecay,
  exponentialDecay,
  type GeometricDecay,
  inverseTimeDecay,
  polynomialDecay,
  stepDecay,
} from './schedule/decay.js'
export { constantSchedule, joinSchedules, piecewiseConstant, type Schedule } from './schedule/schedule.js'
export { linearWarmUp, type OneCycleOptions, oneCycle, warmUpThenCosine } from './schedule/warm-up.js'
export {
  applyUpdates,
  type GradientTransformation,
  gradientPoint,
  identityTransformation,
  type SomeTransformation,
  type StateFor,
  type Stateless,
  type StateOf,
  stateless,
} from './transformation.js'
