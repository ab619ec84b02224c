/**
 * Normal targets: of one variance for all, of a variance that is an output, too, and the squared error, which is no likelihood.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.1, §6.2.2.4
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, wantsPositive } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { add, exp, formula, meanAll, mul, neg, square, sub, sumAll } from '../ops/index.js'
import { normal } from '../random/index.js'
import { fixed, type Half, type Shape, sizeOf, type WantsEven, wantsSizes } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { halves } from './halves.js'
import type { Likelihood } from './likelihood.js'
import { located, locatedAndScaled, type Unit } from './location-scale.js'
import { type Model, modelOf } from './model.js'
import { normalQuantile } from './quantile.js'
import { realNumbers } from './support.js'

const halfLogTwoPi = Math.log(2 * Math.PI) / 2

export interface GaussianOptions {
  /** The variance of every target around its mean: σ². */
  readonly variance: number
}
export const gaussianDefaults: GaussianOptions = fixed({ variance: 1 })

const standardNormal: Unit = { quantile: normalQuantile, sample: (like, key) => normal(like.shape, like.precision)(key) as typeof like }

/** −log N(y; z, σ²I) = ‖y − z‖²/(2σ²) + (d/2) log 2πσ² */
export const gaussianLikelihood = <const O extends Shape>(output: O, options: Partial<GaussianOptions> = {}): Likelihood<O, O, O> => {
  const { variance } = optionsOf('gaussian', gaussianDefaults, options)
  wantsPositive('gaussian', 'its variance', variance)
  const parts = located('gaussian', output, standardNormal, Math.sqrt(variance))
  const constant = sizeOf(output) * (halfLogTwoPi + Math.log(variance) / 2)
  return fixed({
    name: 'gaussian',
    ...(variance === 1 ? {} : { attributes: { variance } }),
    ...parts,
    negativeLogLikelihood: (z, y) => pipe(sub(z)(y) as Tensor, square, sumAll, mul(0.5 / variance), add(constant)),
  })
}

/**
 * −log N(y; μ, diag e^s) = ½ Σ ((y − μ)² e^−s + s + log 2π), where the first half of z is μ and the second s, the logarithms of the
 * variances: any number is one, and none is 0.
 */
export const gaussianLogVarianceLikelihood = <const N extends number>(
  output: readonly [N],
): Likelihood<readonly [N], readonly [Half<N>], readonly [Half<N>]> =>
  fixed({
    name: 'gaussianLogVariance',
    ...locatedAndScaled('gaussianLogVariance', output, standardNormal, (s) => exp(mul(0.5)(s) as typeof s)),
    negativeLogLikelihood: (z, y) => {
      const [mean, s] = halves(z)
      const squares = formula.mul(square(formula.sub(y, mean)), exp(neg(s)))
      return pipe(formula.add(squares, s), sumAll, mul(0.5), add(y.shape[0] * halfLogTwoPi))
    },
  })

/** (1/d)‖y − z‖²: no likelihood but a cost of its own, without ½ and constants, as in the book's XOR example. */
export const squaredErrorLikelihood = <const O extends Shape>(output: O): Likelihood<O, O, O> =>
  fixed({
    name: 'meanSquaredError',
    output: orThrow(wantsSizes('meanSquaredError', output, 1)),
    target: output,
    support: realNumbers,
    mean: (z) => z,
    negativeLogLikelihood: (z, y) => meanAll(square(sub(z)(y) as Tensor)),
  })

/**
 * y ~ N(net(x), σ²I): maximum likelihood is least squares.
 *
 * @shape  net [...I] → [...O]; targets [...O]
 * @unit   nats per example
 * @error  `ValueError` for a variance that is not above 0
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.1
 * @example
 * gaussian(net)
 * gaussian(net, { variance: 0.25 })
 */
export const gaussian = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
  options: Partial<GaussianOptions> = {},
): Model<Ps, I, O, O> => modelOf(gaussianLikelihood(wantsNetwork('gaussian', net).output, options))(net)

/**
 * y ~ N(μ, diag e^s), where net(x) is μ, then s: a heteroscedastic regression, whose errors are larger in some places than in others.
 * For variances that are learned, but the same everywhere, end the network in `learnedLogScale`.
 *
 * @shape  net [...I] → [2d]; targets [d]
 * @unit   nats per example
 * @error  does not compile on an odd number of outputs: `gaussianLogVariance expects a vector of an even size, receives [3]`
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.4
 * @example
 * gaussianLogVariance(pipe(input(1), dense(20), tanh, dense(2))) // a model of targets [1]
 */
export const gaussianLogVariance = <Ps extends readonly unknown[], I extends Shape, N extends number>(
  net: Network<Ps, I, readonly [N]> & WantsEven<'gaussianLogVariance', readonly [N]>,
): Model<Ps, I, readonly [N], readonly [Half<N>], readonly [Half<N>]> =>
  modelOf(gaussianLogVarianceLikelihood(wantsNetwork('gaussianLogVariance', net as Network<Ps, I, readonly [N]>).output))(
    net as Network<Ps, I, readonly [N]>,
  )

/**
 * J = (1/m) Σ (1/d)‖y − net(x)‖², without ½.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.1, equation 6.1
 */
export const meanSquaredError = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
): Model<Ps, I, O, O> => modelOf(squaredErrorLikelihood(wantsNetwork('meanSquaredError', net).output))(net)
