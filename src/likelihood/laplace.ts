/**
 * Laplace targets, whose maximum likelihood is the least absolute error: the median in place of the mean.
 *
 * @source Goodfellow, Bengio, Courville (2016) §3.9.4, §6.2.1.2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, wantsPositive } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { abs, add, exp, formula, log, mul, neg, sign, sub, sumAll } from '../ops/index.js'
import { type Key, uniform } from '../random/index.js'
import { fixed, type Half, type Shape, sizeOf, type WantsEven, wantsEven, wantsSizes } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { halves } from './halves.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { wantsProbability } from './quantile.js'
import { realNumbers } from './support.js'

export interface LaplaceOptions {
  /** The mean absolute deviation of every target: b, whose variance is 2b². */
  readonly scale: number
}
export const laplaceDefaults: LaplaceOptions = fixed({ scale: 1 })

/** Of location 0 and scale 1. */
const unitQuantile = (p: number): number => (wantsProbability('quantile', p) < 0.5 ? Math.log(2 * p) : -Math.log(2 - 2 * p))
/** −sign(u)·log(1 − 2|u|) for u in (−½, ½): half a step from its ends, where the logarithm is not finite. */
const unitSample = <S extends Shape>(z: Tensor<S>, key: Key): Tensor<S> => {
  const u = pipe(uniform(z.shape, z.precision)(key) as Tensor, sub(0.5 - 2 ** -25))
  return formula.mul(neg(sign(u)), log(formula.sub(1, mul(2)(abs(u))))) as Tensor<S>
}

/** −log p(y) = Σ |y − z|/b + d log 2b */
export const laplaceLikelihood = <const O extends Shape>(output: O, options: Partial<LaplaceOptions> = {}): Likelihood<O, O, O> => {
  const { scale } = optionsOf('laplace', laplaceDefaults, options)
  wantsPositive('laplace', 'its scale', scale)
  const constant = sizeOf(orThrow(wantsSizes('laplace', output, 1))) * Math.log(2 * scale)
  return fixed({
    name: 'laplace',
    ...(scale === 1 ? {} : { attributes: { scale } }),
    output,
    target: output,
    support: realNumbers,
    mean: (z) => z,
    mode: (z) => z,
    quantile: (p) => add(scale * unitQuantile(p)),
    sample: (key) => (z) => formula.add(z, mul(scale)(unitSample(z, key)) as typeof z),
    negativeLogLikelihood: (z, y) => pipe(sub(z)(y) as Tensor, abs, sumAll, mul(1 / scale), add(constant)),
  })
}

/** −log p(y) = Σ |y − μ| e^−s + s + log 2, where the first half of z is μ and the second s, the logarithms of the scales. */
export const laplaceLogScaleLikelihood = <const N extends number>(
  output: readonly [N],
): Likelihood<readonly [N], readonly [Half<N>], readonly [Half<N>]> => {
  orThrow(wantsEven('laplaceLogScale', orThrow(wantsSizes('laplaceLogScale', output, 1))))
  const size = (output[0] / 2) as Half<N>
  return fixed({
    name: 'laplaceLogScale',
    output,
    target: [size],
    support: realNumbers,
    mean: (z) => halves(z)[0],
    mode: (z) => halves(z)[0],
    quantile: (p) => (z) => {
      const [median, s] = halves(z)
      return formula.add(median, formula.mul(unitQuantile(p), exp(s)))
    },
    sample: (key) => (z) => {
      const [median, s] = halves(z)
      return formula.add(median, formula.mul(exp(s), unitSample(median, key)))
    },
    negativeLogLikelihood: (z, y) => {
      const [median, s] = halves(z)
      return pipe(formula.add(formula.mul(abs(formula.sub(y, median)), exp(neg(s))), s), sumAll, add(size * Math.LN2))
    },
  })
}

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
