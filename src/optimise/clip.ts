/** Gradients kept within bounds. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { add, cast, div, maximum, minimum, mul, sqrt, square, sumAll } from '../ops/index.js'
import { leaves, mapTree } from '../params/index.js'
import { full, zeros } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { notNegative, positive } from './domain.js'
import { eachPrecision, widest } from './moments.js'
import { type GradientTransformation, type Stateless, stateless } from './transformation.js'

/**
 * √Σ x², over all tensors of a tree together.
 *
 * @domain magnitudes below 1e19 in float32, whose squares are finite
 */
export const globalNorm = (tree: unknown): Scalar => {
  const precision = widest(tree)
  return sqrt(leaves(tree).reduce<Scalar>((total, x) => add(sumAll(square(cast(precision)(x))))(total), zeros([], precision)))
}

/** Every number of every gradient to [−bound, bound]. Bends the direction. */
export const clipByValue = (bound: number): GradientTransformation<Stateless> => {
  positive('clipByValue', 'bound', bound)
  return stateless((gradients) => mapTree((g: Tensor) => pipe(g, maximum(-bound), minimum(bound)))(gradients))
}

export interface ClipOptions {
  /** Added to the norm before dividing by it: 0; PyTorch's `clip_grad_norm_` has 1e-6. */
  readonly epsilon: number
}
/**
 * g · min(1, bound / (‖g‖ + ε)), the norm of all gradients together. Keeps the direction. Squares that overflow make the
 * norm infinite and the update 0; a NaN stays one, so that a run that diverges is seen to.
 *
 * @source Pascanu, Mikolov, Bengio (2013); Goodfellow, Bengio, Courville (2016) §10.11.1
 */
export const clipByGlobalNorm = (bound: number, options: Partial<ClipOptions> = {}): GradientTransformation<Stateless> => {
  const { epsilon } = optionsOf('clipByGlobalNorm', { epsilon: 0 }, options)
  positive('clipByGlobalNorm', 'bound', bound)
  notNegative('clipByGlobalNorm', 'epsilon', epsilon)
  return stateless((gradients) => {
    const norm = add(epsilon)(globalNorm(gradients))
    const least = pipe(full([], bound, norm.precision), div(norm), minimum(1))
    const factor = eachPrecision((precision) => cast(precision)(least))
    return mapTree((g: Tensor) => mul(factor(g))(g))(gradients)
  })
}
