/**
 * A likelihood is a distribution p(y | z) of the target, given what a network puts out; the cost follows from it.
 *
 *     J(θ) = −(1/m) Σᵢ log p(yᵢ | f(xᵢ; θ))
 *
 * It is a value over the shapes of an output and of a target, which need not be one: a head for mean and variance puts out two
 * numbers for every target, and a class may be given by its number. Those of the library are functions of the output's shape.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.1.1, §6.2.2
 */
import { orThrow, shown, ValueError, wantsFunction, wantsRecord } from '../error/index.js'
import type { Json } from '../network/index.js'
import type { Key } from '../random/index.js'
import { fixed, type Shape, wantsSizes } from '../shape/index.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'

/** The targets that a distribution can give. */
export interface Support {
  /** What a target is like: `one 1 among zeros, or probabilities of sum 1`. */
  readonly expected: string
  readonly holds: (target: readonly number[]) => boolean
}

/** A function of an output, as a method is one: of a likelihood of some shape it may stand for that of any. */
export type OfOutput<O extends Shape, T extends Shape> = { of(z: Tensor<O>): Tensor<T> }['of']

/**
 * p(y | z) for outputs z of the shape O and targets y of the shape T, with means of the shape M. Its functions are of one example;
 * they are written as methods, so that whatever takes any likelihood takes each.
 */
export interface Likelihood<O extends Shape = Shape, T extends Shape = Shape, M extends Shape = Shape> {
  readonly name: string
  /** What its name does not say, such as a variance: enough to make it again. */
  readonly attributes?: { readonly [attribute: string]: Json }
  readonly output: O
  readonly target: T
  /** The precision of targets: that of the outputs, unless they are numbers of classes. */
  readonly targetPrecision?: 'int32'
  /** What a target may be; anything, unless given. */
  readonly support?: Support
  /** The kind of the layer that is this mean: a network that ends in it would be linked twice, and is refused. */
  readonly meanLayer?: string
  /** −log p(y | z), constants included. @unit nats */
  negativeLogLikelihood(z: Tensor<O>, y: Tensor<T>): Scalar
  /** The mean of y given z, the inverse link: for gaussian z itself, for Bernoulli σ(z), for categorical softmax(z). */
  mean(z: Tensor<O>): Tensor<M>
  /** The most probable y; one of them, if there are several. */
  mode?(z: Tensor<O>): Tensor<T>
  /** The y that is exceeded with probability 1 − p, unit by unit. */
  quantile?(p: number): OfOutput<O, T>
  /** One y, as the key decides. */
  sample?(key: Key): OfOutput<O, T>
}

/** The likelihood itself, or the sentence that says what was given in its place. */
export const wantsLikelihood = <L extends Likelihood>(who: string, some: L): L => {
  const { name, output, target, mean, negativeLogLikelihood } = wantsRecord(who, 'a likelihood', some)
  wantsFunction(who, 'a likelihood with mean, a function of an output', mean)
  wantsFunction(who, 'a likelihood with negativeLogLikelihood, a function of an output and a target', negativeLogLikelihood)
  if (typeof name !== 'string') throw new ValueError({ who, expected: 'a likelihood with a name', received: shown(name) })
  orThrow(wantsSizes(who, output, 1))
  orThrow(wantsSizes(who, target, 1))
  return some
}

/**
 * A likelihood of your own: it is as good as those of the library.
 *
 * @error   `ValueError` without a name, shapes, a mean and a negative log-likelihood
 * @example
 * const cauchy = likelihood({
 *   name: 'cauchy', output: [1], target: [1], mean: (z) => z,
 *   negativeLogLikelihood: (z, y) => sumAll(add(Math.log(Math.PI))(log1p(square(sub(z)(y))))),
 * })
 * modelOf(cauchy)(net)
 */
export const likelihood = <const O extends Shape, const T extends Shape, M extends Shape>(
  definition: Likelihood<O, T, M>,
): Likelihood<O, T, M> => fixed(wantsLikelihood('likelihood', definition))
