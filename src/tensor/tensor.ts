/**
 * A tensor is an immutable expression: a literal, a placeholder, or an op applied to tensors. An op on literals is
 * computed at once, so values behave like values; the same function applied to placeholders is the graph.
 *
 * `Tensor<S>` is covariant in its shape on purpose: a `Tensor<[128, 784]>` is a `Tensor<[number, 784]>`. Ops of two
 * tensors are therefore curried, data last: a data-first `matmul(a, b)` would widen `K` to `784 | 128` and accept both.
 */
import type { Precision } from '../prim/index.js'
import type { Shape } from '../shape/index.js'

declare const tensor: unique symbol

export interface Tensor<out S extends Shape = Shape> {
  readonly [tensor]: 'tensor'
  readonly shape: S
  readonly precision: Precision
}
export type Scalar = Tensor<readonly []>
export type Vector<N extends number> = Tensor<readonly [N]>
export type Matrix<M extends number, N extends number> = Tensor<readonly [M, N]>
/** Examples of shape `S`, as many as there are, along a new first axis. */
export type Batch<S extends Shape> = Tensor<readonly [number, ...S]>
