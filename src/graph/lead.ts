/** Examples along a leading axis. */
import { tensors } from '../ops/apply.js'
import type { Lifted } from '../ops/row.js'
import type { Tensor } from '../tensor/tensor.js'

/** With a leading axis of examples, repeated where it had none. */
export const lead = (x: Lifted<Tensor>, size: number): Tensor =>
  x.batched ? x.value : tensors.expand(x.value, { axes: [-(x.value.shape.length + 1)], sizes: [size] })
