/**
 * The distributions of the chapter. Each says what its network must put out, and gives −log p in nats, constants included,
 * stable for outputs of any size.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { add, logSoftmax, meanAll, mul, neg, sigmoid, softmax, softplus, square, sub, sumAll } from '../ops/index.js'
import { fixed, type Shape, sizeOf, type WantsOne, type WantsVector, wantsOne, wantsVector } from '../shape/index.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { distributions, probabilities, realNumbers } from './support.js'
import { weighted } from './weights.js'

const itself: Likelihood['mean'] = (z) => z

/** −log N(y; z, I) = ½‖y − z‖² + (d/2) log 2π */
export const gaussianLikelihood: Likelihood = fixed({
  name: 'gaussian',
  support: realNumbers,
  mean: itself,
  negativeLogLikelihood: (z, y) => pipe(sub(z)(y), square, sumAll, mul(0.5), add((sizeOf(z.shape) / 2) * Math.log(2 * Math.PI))),
})

/**
 * −log p(y) = y·softplus(−z) + (1 − y)·softplus(z) = softplus(z) − y·z, summed over units; with σ(z) = p(y = 1), it does not
 * saturate where σ does. The first form keeps the digits of small costs, which the second cancels.
 */
export const bernoulliLikelihood: Likelihood = fixed({
  name: 'bernoulli',
  support: probabilities,
  meanLayer: 'sigmoid',
  mean: sigmoid,
  negativeLogLikelihood: (z, y) => sumAll(add(weighted(add(1)(neg(y)))(softplus(z)))(weighted(y)(softplus(neg(z))))),
})

/** −log p(y) = −Σₖ yₖ log softmax(z)ₖ, for a one-hot y or a distribution over the classes. */
export const categoricalLikelihood: Likelihood = fixed({
  name: 'categorical',
  support: distributions,
  meanLayer: 'softmax',
  mean: softmax,
  negativeLogLikelihood: (z, y) => pipe(logSoftmax(z), weighted(y), sumAll, neg),
})

/** (1/d)‖y − z‖²: no likelihood but a cost of its own, without ½ and constants, as in the book's XOR example. */
const squaredError: Likelihood = {
  name: 'meanSquaredError',
  support: realNumbers,
  mean: itself,
  negativeLogLikelihood: (z, y) => meanAll(square(sub(z)(y))),
}

/**
 * y ~ N(net(x), I): maximum likelihood is least squares.
 *
 * @shape  net [...I] → [...O]; targets [...O]
 * @unit   nats per example
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.1
 */
export const gaussian = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(net: Network<Ps, I, O>): Model<Ps, I, O, O> =>
  modelOf(gaussianLikelihood)(net)

/**
 * y ~ Bernoulli(σ(net(x))), y in {0, 1}.
 *
 * @shape  net [...I] → [1]; targets [1]
 * @error  does not compile on anything but one output: `bernoulli expects [1], receives [10]`
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.2
 */
export const bernoulli = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O> & WantsOne<'bernoulli', O>,
): Model<Ps, I, O, readonly [1]> => {
  orThrow(wantsOne('bernoulli', wantsNetwork('bernoulli', net).output))
  return modelOf(bernoulliLikelihood)(net)
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
): Model<Ps, I, O, O> => {
  orThrow(wantsVector('categorical', wantsNetwork('categorical', net).output))
  return modelOf(categoricalLikelihood)(net)
}

/**
 * J = (1/m) Σ (1/d)‖y − net(x)‖², without ½.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.1, equation 6.1
 */
export const meanSquaredError = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
): Model<Ps, I, O, O> => modelOf(squaredError)(net)
