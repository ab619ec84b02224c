/**
 * One of several classes, told by a one-hot row, by a distribution over the classes, or by its number.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.3
 */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { argMax, formula, log, logSoftmax, neg, oneHot, softmax, sumAll } from '../ops/index.js'
import { type Key, uniform } from '../random/index.js'
import { fixed, type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { classNumbers, distributions } from './support.js'
import { weighted } from './weights.js'

/** −Σₖ yₖ log softmax(z)ₖ */
const crossEntropy = (z: Tensor, y: Tensor): Scalar => pipe(logSoftmax(z), weighted(y), sumAll, neg)

/** The class of the largest zₖ − log(−log uₖ): each with its probability softmax(z)ₖ (Gumbel's maxima). */
const drawnClass = (z: Tensor, key: Key): Scalar => {
  // Half a step above 0 and below 1, where the logarithms are not finite.
  const u = formula.add(2 ** -25, uniform(z.shape, z.precision)(key))
  return argMax(-1)(formula.sub(z, log(neg(log(u))))) as unknown as Scalar
}
const hot = <O extends Shape>(z: Tensor<O>, k: Scalar): Tensor<O> => oneHot(z.shape[0] ?? 0, z.precision)(k) as unknown as Tensor<O>

/** −log p(y) = −Σₖ yₖ log softmax(z)ₖ, for a one-hot y or a distribution over the classes. */
export const categoricalLikelihood = <const O extends Shape>(output: O): Likelihood<O, O, O> => {
  orThrow(wantsVector('categorical', orThrow(wantsSizes('categorical', output, 1))))
  return fixed({
    name: 'categorical',
    output,
    target: output,
    support: distributions,
    meanLayer: 'softmax',
    mean: softmax,
    mode: (z) => hot(z, argMax(-1)(z) as unknown as Scalar),
    sample: (key) => (z) => hot(z, drawnClass(z, key)),
    negativeLogLikelihood: crossEntropy,
  })
}

/** −log p(y) = −log softmax(z)_y, for the number y of a class. */
export const sparseCategoricalLikelihood = <const O extends Shape>(output: O): Likelihood<O, readonly [], O> => {
  orThrow(wantsVector('sparseCategorical', orThrow(wantsSizes('sparseCategorical', output, 1))))
  return fixed({
    name: 'sparseCategorical',
    output,
    target: [],
    targetPrecision: 'int32',
    support: classNumbers(output[0] ?? 0),
    meanLayer: 'softmax',
    mean: softmax,
    mode: (z) => argMax(-1)(z) as unknown as Scalar,
    sample: (key) => (z) => drawnClass(z, key),
    negativeLogLikelihood: (z, y) => crossEntropy(z, hot(z, y)),
  })
}

/**
 * y ~ Categorical(softmax(net(x))), y one-hot.
 *
 * @shape  net [...I] → [K]; targets [K]
 * @error  does not compile on anything but a vector
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.3
 */
export const categorical = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O> & WantsVector<'categorical', O>,
): Model<Ps, I, O, O> => modelOf(categoricalLikelihood(wantsNetwork('categorical', net).output))(net)

/**
 * y ~ Categorical(softmax(net(x))), y the number of a class, from 0: no one-hot rows of many classes are kept.
 *
 * @shape  net [...I] → [K]; targets [], of int32
 * @error  does not compile on anything but a vector; `ValueError` for a class that is not from 0 to K − 1, with its example
 * @example
 * const model = sparseCategorical(pipe(input(784), dense(10)))
 * const data = orThrow(dataset({ x: images, y: labels }, model)) // labels stay numbers
 */
export const sparseCategorical = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O> & WantsVector<'sparseCategorical', O>,
): Model<Ps, I, O, readonly []> => modelOf(sparseCategoricalLikelihood(wantsNetwork('sparseCategorical', net).output))(net)
