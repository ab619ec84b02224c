/**
 * Targets above 0 whose deviation grows with their mean: waiting times, sizes of claims, rain.
 *
 * @source McCullagh and Nelder (1989), Generalized linear models, §8
 */
import { optionsOf, orThrow, wantsPositive } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { add, exp, formula, log, logGamma, mul, neg, sumAll } from '../ops/index.js'
import { fixed, type Shape, sizeOf, wantsSizes } from '../shape/index.js'
import { scalar } from '../tensor/create.js'
import { toNumber } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { gammaNumbers } from './sampling.js'
import { positiveNumbers } from './support.js'

export interface GammaOptions {
  /** α, whose reciprocal is the squared coefficient of variation: the variance is μ²/α. 1 makes exponential targets. */
  readonly shape: number
}
export const gammaDefaults: GammaOptions = fixed({ shape: 1 })

/** −log p(y) = Σ α(z + y·e^−z) − (α − 1)·log y + log Γ(α) − α·log α, with μ = e^z. */
export const gammaLikelihood = <const O extends Shape>(output: O, options: Partial<GammaOptions> = {}): Likelihood<O, O, O> => {
  const { shape } = optionsOf('gamma', gammaDefaults, options)
  wantsPositive('gamma', 'its shape', shape)
  const each = toNumber(logGamma(scalar(shape, 'float64'))) - shape * Math.log(shape)
  const constant = sizeOf(orThrow(wantsSizes('gamma', output, 1))) * each
  return fixed({
    name: 'gamma',
    ...(shape === 1 ? {} : { attributes: { shape } }),
    output,
    target: output,
    support: positiveNumbers,
    mean: exp,
    mode: (z) => mul(Math.max(0, 1 - 1 / shape))(exp(z)) as typeof z,
    sample: (key) => (z) => formula.mul(exp(z), mul(1 / shape)(gammaNumbers(add(shape)(mul(0)(z)) as Tensor, key)) as typeof z),
    negativeLogLikelihood: (z, y) => {
      const deviance = mul(shape)(formula.add(z, formula.mul(y, exp(neg(z)))))
      return add(constant)(sumAll(formula.sub(deviance, mul(shape - 1)(log(y)) as typeof z)))
    },
  })
}

/**
 * yᵢ ~ Gamma of mean exp net(x)ᵢ and the given shape.
 *
 * @shape  net [...I] → [...O]; targets [...O], numbers above 0
 * @unit   nats per example
 * @error  `ValueError` for a shape that is not above 0
 * @example
 * gamma(net, { shape: 2.5 })
 */
export const gamma = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
  options: Partial<GammaOptions> = {},
): Model<Ps, I, O, O> => modelOf(gammaLikelihood(wantsNetwork('gamma', net).output, options))(net)
