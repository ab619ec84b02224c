/** Networks: layers as builders, composition, combinators, and the backprop fold. */

export { type None, noParameters } from '../params/index.js'
export { backprop, type Propagated, sampledBackprop } from './backprop.js'
export type { BatchFacts, Batchwise } from './batch-facts.js'
export { batchwiseOf, trainingBackprop } from './batchwise.js'
export type { Block } from './block.js'
export {
  type AlongAxis,
  alongAxisDefaults,
  type BothAlong,
  type FirstAlong,
  type JoinAlong,
  type PartAlong,
  parallel,
  type RestAlong,
  split,
} from './branches.js'
export { named, type Repeated, repeat, residual } from './combinators.js'
export { type AndThen, andThen, compose } from './compose.js'
export { delta } from './delta.js'
export type { Description, Json, NetworkDescription } from './description.js'
export { descriptionOf } from './description-of.js'
export { freeze } from './freeze.js'
export {
  type Declares,
  grow,
  type KeepsAnyShape,
  type Layer,
  type LayerDefinition,
  layer,
  type Pointwise,
  type PointwiseOptions,
  pointwise,
  type Sampled,
} from './layer.js'
export {
  identity,
  input,
  isNoisy,
  type Network,
  outputOf,
  type ParamsOf,
  wantsNetwork,
} from './network.js'
export type { Sequence } from './sequence.js'
export { type Shareable, type Shared, type ShareParams, share } from './share.js'
export type { SomeLayer } from './some-layer.js'
export type { SomeBuilder, SomeNetwork } from './some-network.js'
export { summary } from './summary.js'
