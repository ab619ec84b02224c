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
export { type Model, modelOf, type Predictor } from './model.js'
export { type AnyObjective, gradient, type Objective, objective, type Regulariser, regularised } from './objective.js'
export { weightDecay } from './regulariser.js'
