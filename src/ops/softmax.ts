/** Softmax and its relatives over the last axis: shift-invariant, so the maximum is taken out before exponentials can overflow. */
import { pipe } from 'fp-ts/lib/function.js'
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { abs, add, exp, log, stopGradient, sub } from './arithmetic.js'
import { less, select } from './comparison.js'
import { max, sum } from './reduction.js'
import type { Without } from './shape-types.js'
import { expandLast } from './structure.js'

const expanded = (x: Tensor, y: Tensor): Tensor => expandLast(x.shape.at(-1) ?? 0)(y)

/** The maximum over the last axis, as a constant. An infinite maximum is not taken out: ∞ − ∞ is not a number. */
const largestOf = (x: Tensor): Tensor => {
  const largest: Tensor = pipe(x, max(-1), stopGradient)
  return pipe(largest, abs, less(Number.POSITIVE_INFINITY), select(largest, 0))
}
const logSumOfExp = (x: Tensor): Tensor => log(sum(-1)(exp(x)) as Tensor)

/**
 * log Σᵢ exp xᵢ over the last axis.
 *
 *     m + log Σᵢ exp(xᵢ − m), m = max x
 *
 * @shape  [..., N] → [...]
 * @source Goodfellow, Bengio, Courville (2016) §4.1
 */
export const logSumExp = <S extends Shape>(x: Tensor<S>): Tensor<Without<S, -1>> => {
  const m = largestOf(x)
  return pipe(x as Tensor, sub(expanded(x, m)), logSumOfExp, add(m)) as never
}

/**
 * log softmax(x)ᵢ = xᵢ − log Σⱼ exp xⱼ over the last axis.
 *
 *     (xᵢ − m) − log Σⱼ exp(xⱼ − m), m = max x
 *
 * The maximum does not come back: near 1e4 a unit of float32 is 1e-3, and xᵢ − logSumExp x would keep that error.
 *
 * @shape  [..., N] → [..., N]
 * @source Blanchard, Higham, Higham (2021), Accurately computing the log-sum-exp and softmax functions, §3
 */
export const logSoftmax = <S extends Shape>(x: Tensor<S>): Tensor<S> => {
  const below = sub(expanded(x, largestOf(x)))(x as Tensor)
  return sub(expanded(x, logSumOfExp(below)))(below) as Tensor<S>
}

/**
 * softmax(x)ᵢ = exp xᵢ / Σⱼ exp xⱼ over the last axis: in [0, 1], of sum 1.
 *
 * @shape  [..., N] → [..., N]
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.3
 */
export const softmax = <S extends Shape>(x: Tensor<S>): Tensor<S> => exp(logSoftmax(x))
