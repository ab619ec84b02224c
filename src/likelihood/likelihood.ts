/**
 * A likelihood is a distribution p(y | z) of the target, given what a network puts out; the cost follows from it.
 */
import type { Shape } from '../shape/index.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'

/** The targets that a distribution can give. */
export interface Support {
  /** What a target is: `one 1 among zeros, or probabilities of sum 1`. */
  readonly expected: string
  readonly holds: (target: readonly number[]) => boolean
}

export interface Likelihood {
  readonly name: string
  /** What a target may be; anything, unless given. */
  readonly support?: Support
  /** The kind of the layer that is this mean: a network that ends in it would be linked twice, and is refused. */
  readonly meanLayer?: string
  /** The mean of y given z: for gaussian z itself, for Bernoulli σ(z), for categorical softmax(z). */
  readonly mean: <S extends Shape>(z: Tensor<S>) => Tensor<S>
  /** −log p(y | z) of one example, constants included. @unit nats */
  readonly negativeLogLikelihood: (z: Tensor, y: Tensor) => Scalar
}
