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
export type { Likelihood } from './likelihood.js'
export { accuracy, confusionMatrix } from './metrics.js'
export {
  type AnyObjective,
  gradient,
  type Model,
  modelOf,
  type Objective,
  objective,
  type Predictor,
  type Regulariser,
  regularised,
} from './model.js'
export { weightDecay } from './regulariser.js'
