/** Optimisers as gradient transformations. */
export { adam, gradientDescent, type LearningRate, momentum, sgd } from './optimisers.js'
export {
  applyUpdates,
  type Chained,
  chain,
  type GradientTransformation,
  identityTransformation,
  type StateFor,
  type Stateless,
  type StateOf,
  stateless,
} from './transformation.js'
export {
  type AdamF,
  type AdamOptions,
  type AdamState,
  accumulate,
  adamDefaults,
  addDecayedWeights,
  type MomentumF,
  type MomentumState,
  scale,
  scaleByAdam,
} from './transformations.js'
