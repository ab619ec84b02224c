/** What a layer that looks at a whole batch is given, and what it gives. */
import type { Batch, Scalar, Tensor, Vector } from '../tensor/tensor.js'

/** What a layer is told of a batch besides its numbers. */
export interface BatchFacts {
  /** The key of every example's noise; without them, noise is what is expected. */
  readonly keys?: Batch<readonly [2]>
  /** How much every example counts; without them, all count alike. */
  readonly weights?: Vector<number>
  /** The share of this batch in the statistics of θ′, the rest being those of θ: 1 unless given. */
  readonly share?: Scalar
}
/** From a batch [N, ...A] to what a layer, or a network, makes of it, and to its parameters with what it saw. */
export type Batchwise<P> = (batch: BatchFacts) => (params: P) => (h: Tensor) => readonly [h: Tensor, params: P]
