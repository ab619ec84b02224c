/** Softmax and its relatives over the last axis: shift-invariant, so the maximum is taken out before exponentials can overflow. */
import { pipe } from 'fp-ts/lib/function.js'
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { abs, add, exp, log, stopGradient, sub } from './arithmetic.js'
import { less, select } from './comparison.js'
import { max, sum } from './reduction.js'
import type { Without } from './shape-types.js'
import { expandLast } from './structure.js'

/**
 * log Σᵢ exp xᵢ over the last axis.
 *
 *     m + log Σᵢ exp(xᵢ − m), m = max x
 *
 * @shape  [..., N] → [...]
 * @source Goodfellow, Bengio, Courville (2016) §4.1
 */
export const logSumExp = <S extends Shape>(x: Tensor<S>): Tensor<Without<S, -1>> => {
  const largest: Tensor = pipe(x, max(-1), stopGradient)
  /** An infinite maximum is not taken out: ∞ − ∞ is not a number. */
  const m = pipe(largest, abs, less(Number.POSITIVE_INFINITY), select(largest, 0))
  const total: Tensor = pipe(x as Tensor, sub(expandLast(x.shape.at(-1) ?? 0)(m) as Tensor), exp, sum(-1))
  return pipe(total, log, add(m)) as never
}

/**
 * log softmax(x)ᵢ = xᵢ − log Σⱼ exp xⱼ over the last axis.
 *
 * @shape  [..., N] → [..., N]
 */
export const logSoftmax = <S extends Shape>(x: Tensor<S>): Tensor<S> =>
  sub(expandLast(x.shape.at(-1) ?? 0)(logSumExp(x) as Tensor) as Tensor)(x as Tensor) as Tensor<S>

/**
 * softmax(x)ᵢ = exp xᵢ / Σⱼ exp xⱼ over the last axis: in [0, 1], of sum 1.
 *
 * @shape  [..., N] → [..., N]
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.3
 */
export const softmax = <S extends Shape>(x: Tensor<S>): Tensor<S> => exp(logSoftmax(x))
