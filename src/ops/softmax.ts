/** Softmax and its relatives over the last axis: shift-invariant, so the maximum is taken out before exponentials can overflow. */
import { pipe } from 'fp-ts/lib/function.js'
import type { Shape } from '../shape/index.js'
import { full } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import { abs, add, exp, log, stopGradient, sub } from './arithmetic.js'
import { equal, less, select } from './comparison.js'
import { max, sum } from './reduction.js'
import type { Without } from './shape-types.js'
import { expandLast } from './structure.js'

const expanded = (x: Tensor, y: Tensor): Tensor => expandLast(x.shape.at(-1) ?? 0)(y)

/** The maximum over the last axis, as a constant. */
const largestOf = (x: Tensor): Tensor => pipe(x, max(-1), stopGradient)
/**
 * x − m, m = max x. ∞ − ∞ is not a number: of an infinite maximum it is the limit, 0 where x is as large as that, −∞ elsewhere,
 * through which no gradient flows.
 */
const belowOf = (x: Tensor, largest: Tensor): Tensor => {
  const m = expanded(x, largest)
  const limit: Tensor = pipe(x, equal(m), select(full(x.shape, 0, x.precision) as Tensor, Number.NEGATIVE_INFINITY))
  return pipe(m, abs, less(Number.POSITIVE_INFINITY), select(pipe(x, sub(m)), limit))
}
const logSumOfExp = (x: Tensor): Tensor => log(sum(-1)(exp(x)) as Tensor)

/**
 * log Σᵢ exp xᵢ over the last axis.
 *
 *     m + log Σᵢ exp(xᵢ − m), m = max x
 *
 * Where the maximum is infinite, so is the result, and the gradient is 0.
 *
 * @shape  [..., N] → [...]
 * @source Goodfellow, Bengio, Courville (2016) §4.1
 */
export const logSumExp = <S extends Shape>(x: Tensor<S>): Tensor<Without<S, -1>> => {
  const m = largestOf(x)
  return pipe(belowOf(x, m), logSumOfExp, add(m)) as never
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
  const below = belowOf(x, largestOf(x))
  return sub(expanded(x, logSumOfExp(below)))(below) as Tensor<S>
}

/**
 * softmax(x)ᵢ = exp xᵢ / Σⱼ exp xⱼ over the last axis: in [0, 1], of sum 1. Where the maximum is infinite it is the limit, shared
 * by all that are as large, with a gradient of 0: of [∞, 0, 1] it is [1, 0, 0], of [−∞, −∞] it is [½, ½].
 *
 * @shape  [..., N] → [..., N]
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.3
 */
export const softmax = <S extends Shape>(x: Tensor<S>): Tensor<S> => exp(logSoftmax(x))
