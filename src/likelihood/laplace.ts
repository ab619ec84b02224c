/**
 * Laplace targets, whose maximum likelihood is the least absolute error: the median in place of the mean.
 *
 * @source Goodfellow, Bengio, Courville (2016) §3.9.4, §6.2.1.2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, wantsPositive } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { abs, add, exp, formula, log, mul, neg, sign, sub, sumAll } from '../ops/index.js'
import { uniform } from '../random/index.js'
import { fixed, type Half, type Shape, sizeOf, type WantsEven } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { halves } from './halves.js'
import type { Likelihood } from './likelihood.js'
import { located, locatedAndScaled, type Unit } from './location-scale.js'
import { type Model, modelOf } from './model.js'
import { wantsProbability } from './quantile.js'

export interface LaplaceOptions {
  /** The mean absolute deviation of every target: b, whose variance is 2b². */
  readonly scale: number
}
export const laplaceDefaults: LaplaceOptions = fixed({ scale: 1 })

const standardLaplace: Unit = {
  quantile: (p) => (wantsProbability('quantile', p) < 0.5 ? Math.log(2 * p) : -Math.log(2 - 2 * p)),
  // −sign(u)·log(1 − 2|u|) for u in (−½, ½): half a step from its ends, where the logarithm is not finite.
  sample: (like, key) => {
    const u = pipe(uniform(like.shape, like.precision)(key) as Tensor, sub(0.5 - 2 ** -25))
    return formula.mul(neg(sign(u)), log(formula.sub(1, mul(2)(abs(u))))) as typeof like
  },
}

/** −log p(y) = Σ |y − z|/b + d log 2b */
export const laplaceLikelihood = <const O extends Shape>(output: O, options: Partial<LaplaceOptions> = {}): Likelihood<O, O, O> => {
  const { scale } = optionsOf('laplace', laplaceDefaults, options)
  wantsPositive('laplace', 'its scale', scale)
  const parts = located('laplace', output, standardLaplace, scale)
  const constant = sizeOf(output) * Math.log(2 * scale)
  return fixed({
    name: 'laplace',
    ...(scale === 1 ? {} : { attributes: { scale } }),
    ...parts,
    negativeLogLikelihood: (z, y) => pipe(sub(z)(y) as Tensor, abs, sumAll, mul(1 / scale), add(constant)),
  })
}

/** −log p(y) = Σ |y − μ| e^−s + s + log 2, where the first half of z is μ and the second s, the logarithms of the scales. */
export const laplaceLogScaleLikelihood = <const N extends number>(
  output: readonly [N],
): Likelihood<readonly [N], readonly [Half<N>], readonly [Half<N>]> =>
  fixed({
    name: 'laplaceLogScale',
    ...locatedAndScaled('laplaceLogScale', output, standardLaplace, exp),
    negativeLogLikelihood: (z, y) => {
      const [median, s] = halves(z)
      return pipe(formula.add(formula.mul(abs(formula.sub(y, median)), exp(neg(s))), s), sumAll, add(y.shape[0] * Math.LN2))
    },
  })

/**
 * y ~ Laplace(net(x), b): maximum likelihood is the least absolute error, which outliers move less than the squared one.
 *
 * @shape  net [...I] → [...O]; targets [...O]
 * @unit   nats per example
 * @error  `ValueError` for a scale that is not above 0
 */
export const laplace = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
  options: Partial<LaplaceOptions> = {},
): Model<Ps, I, O, O> => modelOf(laplaceLikelihood(wantsNetwork('laplace', net).output, options))(net)

/**
 * y ~ Laplace(μ, e^s), where net(x) is μ, then s.
 *
 * @shape  net [...I] → [2d]; targets [d]
 * @unit   nats per example
 * @error  does not compile on an odd number of outputs
 */
export const laplaceLogScale = <Ps extends readonly unknown[], I extends Shape, N extends number>(
  net: Network<Ps, I, readonly [N]> & WantsEven<'laplaceLogScale', readonly [N]>,
): Model<Ps, I, readonly [N], readonly [Half<N>], readonly [Half<N>]> =>
  modelOf(laplaceLogScaleLikelihood(wantsNetwork('laplaceLogScale', net as Network<Ps, I, readonly [N]>).output))(
    net as Network<Ps, I, readonly [N]>,
  )
