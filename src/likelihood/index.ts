/** Likelihoods and the costs that follow from them. */
export {
  bernoulli,
  bernoulliLikelihood,
  categorical,
  categoricalLikelihood,
  gaussian,
  gaussianLikelihood,
  meanSquaredError,
} from './distributions.js'
export type { Likelihood, Support } from './likelihood.js'
export { accuracy, type Classes, confusionMatrix } from './metrics.js'
export { type Model, modelOf } from './model.js'
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
export { weightDecay } from './regulariser.js'
export { distributions, probabilities, realNumbers, supported } from './support.js'
export { type OfExamples, weightedMean } from './weights.js'
