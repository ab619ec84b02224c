/** Penalties on parameters. */
import { pipe } from 'fp-ts/lib/function.js'
import { wantsNumber } from '../error/index.js'
import { add, mul, square, sumAll } from '../ops/index.js'
import { leaves } from '../params/index.js'
import { scalar } from '../tensor/create.js'
import type { Scalar } from '../tensor/tensor.js'
import type { Regulariser } from './objective.js'

/**
 * Ω = (λ/2) Σ W², over weights, not biases: over the tensors of two or more axes.
 *
 * @source Goodfellow, Bengio, Courville (2016) §7.1.1
 */
export const weightDecay = (lambda: number): Regulariser => {
  const half = wantsNumber('weightDecay', 'lambda', lambda) / 2
  return (params) => {
    const weights = leaves(params).filter(({ shape }) => shape.length >= 2)
    const zero: Scalar = scalar(0, weights[0]?.precision ?? 'float32')
    return pipe(
      weights.reduce<Scalar>((total, w) => add(sumAll(square(w)))(total), zero),
      mul(half),
    )
  }
}
