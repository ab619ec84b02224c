/**
 * A likelihood is a distribution p(y | z) of the target, given what a network puts out; the cost follows from it.
 */
import type { Shape } from '../shape/index.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'

export interface Likelihood {
  readonly name: string
  /** The mean of y given z: for gaussian z itself, for Bernoulli σ(z), for categorical softmax(z). */
  readonly link: <S extends Shape>(z: Tensor<S>) => Tensor<S>
  /** −log p(y | z) of one example, constants included. @unit nats */
  readonly negativeLogLikelihood: (z: Tensor, y: Tensor) => Scalar
}
