import type { Shape } from '../shape/index.js'
import type { Batch } from '../tensor/tensor.js'

/** Inputs and targets, one example along each first axis. */
export interface Examples<I extends Shape, T extends Shape> {
  readonly x: Batch<I>
  readonly y: Batch<T>
}
