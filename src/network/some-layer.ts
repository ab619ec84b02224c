import type { Key } from '../random/index.js'
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Batchwise } from './batch-facts.js'
import type { Description } from './description.js'

/** A layer in its network, the type of its parameters forgotten: what the backprop fold sees. */
export interface SomeLayer {
  readonly kind: string
  readonly input: Shape
  readonly output: Shape
  readonly init: (key: Key) => unknown
  readonly apply: (params: unknown) => (x: Tensor) => Tensor
  /** Its function under the noise that a key gives; of a layer without noise, none. */
  readonly sampled?: (key: Key) => (params: unknown) => (x: Tensor) => Tensor
  /** What it is in training, where it looks at a whole batch; a layer that sees one example has none. */
  readonly batchwise?: Batchwise<unknown>
  /** Plain data from which the layer can be built again. */
  readonly description: Description
}
