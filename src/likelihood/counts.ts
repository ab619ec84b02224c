/**
 * Counts: how often something happens, with no bound (Poisson; negative binomial, where they vary more), or of so many trials.
 *
 * The link is the logarithm, and of binomial counts the logit: any output is allowed, and no mean is out of its range.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.4; McCullagh and Nelder (1989), Generalized linear models, §2.2, §6.2, §11.2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, wantsPositive, wantsWhole } from '../error/index.js'
import { scan } from '../graph/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import {
  add,
  cast,
  exp,
  expandFirst,
  floor,
  formula,
  logGamma,
  minimum,
  mul,
  neg,
  sigmoid,
  softplus,
  sub,
  sum,
  sumAll,
} from '../ops/index.js'
import { foldIn, uniform } from '../random/index.js'
import { fixed, type Shape, wantsSizes } from '../shape/index.js'
import { scalar, vector } from '../tensor/create.js'
import { toNumber } from '../tensor/read.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { wantsProbability } from './quantile.js'
import { gammaNumbers, poissonNumbers } from './sampling.js'
import { counts, countsUpTo } from './support.js'
import { weighted } from './weights.js'

const logFactorial = <S extends Shape>(y: Tensor<S>): Tensor<S> => logGamma(add(1)(y) as Tensor<S>)

/** −log p(y) = Σ e^z − y·z + log y! */
export const poissonLikelihood = <const O extends Shape>(output: O): Likelihood<O, O, O> =>
  fixed({
    name: 'poisson',
    output: orThrow(wantsSizes('poisson', output, 1)),
    target: output,
    support: counts,
    mean: exp,
    mode: (z) => floor(exp(z)),
    sample: (key) => (z) => poissonNumbers(exp(z), key) as typeof z,
    negativeLogLikelihood: (z, y) => sumAll(formula.add(formula.sub(exp(z), weighted(y)(z)), logFactorial(y))),
  })

export interface NegativeBinomialOptions {
  /** How alike the counts are: r, whose variance is μ + μ²/r; a Poisson count has r = ∞. R calls it theta. */
  readonly size: number
}

/**
 * −log p(y) = Σ (y + r)·log(1 + μ/r) − y·log(μ/r) + log Γ(r) + log y! − log Γ(y + r), with μ = e^z.
 *
 * The first two are y·softplus(log r − z) + r·softplus(z − log r).
 */
export const negativeBinomialLikelihood = <const O extends Shape>(output: O, options: NegativeBinomialOptions): Likelihood<O, O, O> => {
  const { size } = optionsOf('negativeBinomial', {}, options, ['size'])
  wantsPositive('negativeBinomial', 'its size', size)
  const centred = (z: Tensor): Tensor => sub(Math.log(size))(z) as Tensor
  return fixed({
    name: 'negativeBinomial',
    attributes: { size },
    output: orThrow(wantsSizes('negativeBinomial', output, 1)),
    target: output,
    support: counts,
    mean: exp,
    // ⌊μ(r − 1)/r⌋, and 0 for r ≤ 1
    mode: (z) => floor(mul(Math.max(0, 1 - 1 / size))(exp(z))) as typeof z,
    sample: (key) => (z) => {
      const spread = gammaNumbers(add(size)(mul(0)(z)) as Tensor, foldIn(0)(key))
      return poissonNumbers(formula.mul(exp(z), mul(1 / size)(spread)), foldIn(1)(key)) as typeof z
    },
    negativeLogLikelihood: (z, y) => {
      const t = centred(z)
      const costs = formula.add(weighted(y)(softplus(neg(t))), mul(size)(softplus(t)) as Tensor)
      const gammas = formula.sub(logFactorial(y), logGamma(add(size)(y) as Tensor))
      return sumAll(formula.add(costs, add(logGammaOf(size))(gammas) as Tensor))
    },
  })
}
/** The number log Γ(x). */
const logGammaOf = (x: number): number => toNumber(logGamma(scalar(x, 'float64')))

export interface BinomialOptions {
  /** How many trials every count is of. */
  readonly trials: number
}

/** How many of P(y ≤ 0), …, P(y ≤ n − 1) are below p: the p-quantile of so many trials. */
const fewerThan = <S extends Shape>(p: number, trials: number, z: Tensor<S>): Tensor<S> => {
  const ks = Array.from({ length: trials }, (_, k) => k)
  const chosen = ks.map((k) => logGammaOf(trials + 1) - logGammaOf(k + 1) - logGammaOf(trials - k + 1))
  const nothing = formula.mul(0, z)
  const [{ count }] = scan((carry: { readonly sum: Tensor<S>; readonly count: Tensor<S> }, [k, ways]: readonly [Scalar, Scalar]) => {
    const log = formula.add(mul(sub(trials)(k))(softplus(z) as Tensor), mul(neg(k))(softplus(neg(z)) as Tensor))
    const sum = formula.add(carry.sum, exp(add(ways)(log)) as Tensor<S>)
    return [{ sum, count: formula.add(carry.count, cast(z.precision)(formula.less(sum, p))) }, []] as const
  })({ sum: nothing, count: nothing }, [vector(ks, z.precision), vector(chosen, z.precision)] as never)
  return count
}

/** −log p(y) = Σ y·softplus(−z) + (n − y)·softplus(z) − log C(n, y), with σ(z) the probability of each of the n trials. */
export const binomialLikelihood = <const O extends Shape>(output: O, options: BinomialOptions): Likelihood<O, O, O> => {
  const { trials } = optionsOf('binomial', {}, options, ['trials'])
  wantsWhole('binomial', 'trials', trials)
  return fixed({
    name: 'binomial',
    attributes: { trials },
    output: orThrow(wantsSizes('binomial', output, 1)),
    target: output,
    support: countsUpTo(trials),
    mean: (z) => mul(trials)(sigmoid(z)) as typeof z,
    mode: (z) => minimum(trials)(floor(mul(trials + 1)(sigmoid(z)) as Tensor)) as typeof z,
    quantile: (p) => {
      wantsProbability('quantile', p)
      return (z) => fewerThan(p, trials, z)
    },
    sample: (key) => (z) => {
      const draws = uniform([trials, ...z.shape], z.precision)(key) as Tensor
      return pipe(formula.less(draws, expandFirst(trials)(sigmoid(z)) as Tensor), cast(z.precision), sum(0)) as unknown as typeof z
    },
    negativeLogLikelihood: (z, y) => {
      const others = formula.sub(trials, y)
      const chosen = formula.sub(logGammaOf(trials + 1), formula.add(logFactorial(y), logFactorial(others)))
      return sumAll(formula.sub(formula.add(weighted(y)(softplus(neg(z))), weighted(others)(softplus(z))), chosen))
    },
  })
}

/**
 * yᵢ ~ Poisson(exp net(x)ᵢ): counts without a bound, such as those of Poisson regression.
 *
 * @shape  net [...I] → [...O]; targets [...O], whole numbers of at least 0
 * @unit   nats per example
 */
export const poisson = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(net: Network<Ps, I, O>): Model<Ps, I, O, O> =>
  modelOf(poissonLikelihood(wantsNetwork('poisson', net).output))(net)

/**
 * Counts that vary more than Poisson's: of mean μ = exp net(x)ᵢ and variance μ + μ²/size.
 *
 * @shape  net [...I] → [...O]; targets [...O], whole numbers of at least 0
 * @unit   nats per example
 * @error  `ValueError` for a size that is not above 0
 * @example
 * negativeBinomial(net, { size: 2 })
 */
export const negativeBinomial = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
  options: NegativeBinomialOptions,
): Model<Ps, I, O, O> => modelOf(negativeBinomialLikelihood(wantsNetwork('negativeBinomial', net).output, options))(net)

/**
 * yᵢ ~ Binomial(trials, σ(net(x)ᵢ)): how many of so many trials succeed.
 *
 * @shape  net [...I] → [...O]; targets [...O], whole numbers from 0 to trials
 * @unit   nats per example
 * @error  `ValueError` for a number of trials that is not whole and at least 1
 * @example
 * binomial(net, { trials: 12 })
 */
export const binomial = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
  options: BinomialOptions,
): Model<Ps, I, O, O> => modelOf(binomialLikelihood(wantsNetwork('binomial', net).output, options))(net)
