/**
 * Families of generalised linear models: a distribution of the target, and a link from its mean to the linear predictor.
 *
 *     g(μ) = η = xᵀβ,  Var(y) = φ·V(μ)/w
 *
 * @source McCullagh and Nelder (1989), Generalized linear models, §2
 */
import { optionsOf, shown, ValueError, wantsFunction, wantsPositive, wantsRecord, wantsText, wantsWhole } from '../../error/index.js'
import { batched } from '../../graph/index.js'
import {
  type BinomialOptions,
  binomialLikelihood,
  counts,
  countsUpTo,
  gammaLikelihood,
  type Likelihood,
  type NegativeBinomialOptions,
  negativeBinomialLikelihood,
  poissonLikelihood,
  positiveNumbers,
  realNumbers,
  type Support,
} from '../../likelihood/index.js'
import { weighted } from '../../likelihood/weights.js'
import { add, exp, formula, log, log1p, mul, neg, reshape, sigmoid, softplus, square, sumAll } from '../../ops/index.js'
import { fixed } from '../../shape/index.js'
import { ones } from '../../tensor/create.js'
import { toArray, toNumber } from '../../tensor/read.js'
import type { Matrix, Tensor } from '../../tensor/tensor.js'

/** One number for each example. */
export type Column = Matrix<number, 1>

/** Of every example, given its linear predictor η. */
export interface Moments {
  /** μ */
  readonly mean: Column
  /** dμ/dη */
  readonly slope: Column
  /** V(μ) */
  readonly variance: Column
}
/** What a log-likelihood is of: linear predictors, targets, weights, and their deviance. */
export interface Fitted {
  readonly eta: Column
  readonly y: Column
  readonly weights: Column
  readonly deviance: number
}

/** A family. Its functions of columns are written with ops, so that a step of a fit compiles. */
export interface Family {
  readonly name: string
  /** The name of the link. */
  readonly link: string
  /** φ: 1, or estimated from the residuals. */
  readonly dispersion: 'one' | 'estimated'
  /** What a target may be. */
  readonly support: Support
  /** g(μ), of one number. */
  readonly linkOf: (mean: number) => number
  readonly moments: (eta: Column) => Moments
  /** −∂² log p/∂η² at φ = 1, above 0: the observed information, where it is not the expected one, (dμ/dη)²/V. */
  readonly curvature?: (eta: Column, y: Column) => Column
  /** Twice the log-likelihood that each example lacks to a perfect fit, at φ = 1. */
  readonly deviance: (eta: Column, y: Column) => Column
  /** log p of all examples, for Akaike's criterion; an estimated φ is that of the largest likelihood, or near it. @unit nats */
  readonly logLikelihood: (fitted: Fitted) => number
  /** Where the deviance of a target falls for ever: 1 as η rises, −1 as it falls, 0 nowhere. By it separable data are recognised. */
  readonly recession: (y: number) => -1 | 0 | 1
}

const nowhere = (): 0 => 0
/** w·x, and 0 for w = 0. */
const times = (w: Column, x: Tensor): Column => weighted(w)(x) as Column
const onesLike = ({ shape, precision }: Column): Column => ones([shape[0], 1], precision)
const logLinked =
  (variance: (mean: Column) => Column) =>
  (eta: Column): Moments => {
    const mean = exp(eta)
    return { mean, slope: mean, variance: variance(mean) }
  }
/** Σ w·log p(y | η) */
const summed =
  ({ negativeLogLikelihood }: Pick<Likelihood<readonly [1], readonly [1]>, 'negativeLogLikelihood'>) =>
  ({ eta, y, weights }: Fitted): number =>
    -toNumber(
      sumAll(
        times(
          weights,
          reshape(eta.shape)(batched((z: Tensor<readonly [1]>, t: Tensor<readonly [1]>) => negativeLogLikelihood(z, t))(eta, y)),
        ),
      ),
    )
const total = (x: Tensor): number => toNumber(sumAll(x))

/**
 * y ~ N(η, φ/w): linear regression.
 *
 * @source McCullagh and Nelder (1989) §3
 */
export const gaussianFamily: Family = fixed({
  name: 'gaussian',
  link: 'identity',
  dispersion: 'estimated',
  support: realNumbers,
  linkOf: (mean) => mean,
  moments: (eta) => ({ mean: eta, slope: onesLike(eta), variance: onesLike(eta) }),
  deviance: (eta, y) => square(formula.sub(y, eta)),
  logLikelihood: ({ weights, deviance }) => {
    const counted = Array.from(toArray(weights)).filter((w) => w > 0)
    const logs = counted.reduce((sum, w) => sum + Math.log(w), 0)
    return (logs - counted.length * (Math.log((2 * Math.PI * deviance) / counted.length) + 1)) / 2
  },
  recession: nowhere,
} satisfies Family)

/**
 * y of n trials ~ Binomial(n, σ(η)): logistic regression, of 0 and 1 unless there are more trials.
 *
 * @error  `ValueError` for a number of trials that is not whole and at least 1
 * @source McCullagh and Nelder (1989) §4
 * @example
 * glm({ family: binomialFamily({ trials: 12 }) })
 */
export const binomialFamily = (options: BinomialOptions = { trials: 1 }): Family => {
  const { trials } = optionsOf('binomialFamily', {}, options, ['trials'])
  wantsWhole('binomialFamily', 'trials', trials)
  return fixed({
    name: 'binomial',
    link: 'logit',
    dispersion: 'one',
    support: countsUpTo(trials),
    linkOf: (mean) => Math.log(mean / (trials - mean)),
    moments: (eta) => {
      const mean = mul(trials)(sigmoid(eta)) as Column
      // n·σ(η)·σ(−η): 1 − σ(η) would be 0 long before σ(−η) is.
      const variance = formula.mul(mean, sigmoid(neg(eta)))
      return { mean, slope: variance, variance }
    },
    deviance: (eta, y) => {
      const others = formula.sub(trials, y) as Column
      const part = (some: Column, z: Column): Column => times(some, formula.add(log(mul(1 / trials)(some)), softplus(neg(z))))
      return mul(2)(formula.add(part(y, eta), part(others, neg(eta))))
    },
    logLikelihood: summed(binomialLikelihood([1], { trials })),
    recession: (y) => (y === 0 ? -1 : y === trials ? 1 : 0),
  } satisfies Family)
}

/**
 * y ~ Poisson(e^η): counts.
 *
 * @source McCullagh and Nelder (1989) §6
 */
export const poissonFamily: Family = fixed({
  name: 'poisson',
  link: 'log',
  dispersion: 'one',
  support: counts,
  linkOf: Math.log,
  moments: logLinked((mean) => mean),
  deviance: (eta, y) => mul(2)(formula.sub(times(y, formula.sub(log(y), eta)), formula.sub(y, exp(eta)))),
  logLikelihood: summed(poissonLikelihood([1])),
  recession: (y) => (y === 0 ? -1 : 0),
} satisfies Family)

/**
 * y ~ Gamma of mean e^η and variance φμ², with the link of the logarithm: the canonical one, 1/μ, allows means below 0.
 *
 * @source McCullagh and Nelder (1989) §8
 */
export const gammaFamily: Family = fixed({
  name: 'Gamma',
  link: 'log',
  dispersion: 'estimated',
  support: positiveNumbers,
  linkOf: Math.log,
  moments: logLinked(square),
  curvature: (eta, y) => formula.mul(y, exp(neg(eta))),
  deviance: (eta, y) => {
    const ratio = formula.mul(y, exp(neg(eta)))
    return mul(2)(formula.sub(formula.sub(ratio, 1), formula.sub(log(y), eta)))
  },
  logLikelihood: (fitted) => summed(gammaLikelihood([1], { shape: total(fitted.weights) / fitted.deviance }))(fitted),
  recession: nowhere,
} satisfies Family)

/**
 * Counts of mean μ = e^η and variance μ + μ²/size, for a size that is given.
 *
 * @error  `ValueError` for a size that is not above 0
 * @source McCullagh and Nelder (1989) §11.2; Venables and Ripley (2002), Modern applied statistics with S, §7.4
 */
export const negativeBinomialFamily = (options: NegativeBinomialOptions): Family => {
  const { size } = optionsOf('negativeBinomialFamily', {}, options, ['size'])
  wantsPositive('negativeBinomialFamily', 'its size', size)
  return fixed({
    name: `Negative Binomial(${size})`,
    link: 'log',
    dispersion: 'one',
    support: counts,
    linkOf: Math.log,
    moments: logLinked((mean) => formula.add(mean, mul(1 / size)(square(mean)))),
    curvature: (eta, y) => {
      const mean = exp(eta)
      return formula.div(mul(size)(formula.mul(mean, add(size)(y))), square(add(size)(mean)))
    },
    deviance: (eta, y) => {
      const mean = exp(eta)
      const more = log1p(formula.div(formula.sub(y, mean), add(size)(mean)))
      return mul(2)(formula.sub(times(y, formula.sub(log(y), eta)), formula.mul(add(size)(y), more)))
    },
    logLikelihood: summed(negativeBinomialLikelihood([1], { size })),
    recession: (y) => (y === 0 ? -1 : 0),
  } satisfies Family)
}

/** The family itself, or the sentence that says what was given in its place. */
export const wantsFamily = (who: string, some: Family): Family => {
  const { name, link, dispersion, support, linkOf, moments, curvature, deviance, logLikelihood, recession } = wantsRecord(
    who,
    'a family',
    some,
  )
  wantsText(who, 'the name of a family', name)
  wantsText(who, 'the name of a link', link)
  for (const [what, f] of Object.entries({ linkOf, moments, deviance, logLikelihood, recession }))
    wantsFunction(who, `a family with ${what}, a function`, f)
  if (curvature !== undefined) wantsFunction(who, 'a family with curvature, a function, if it has one', curvature)
  wantsFunction(who, 'a family with a support', support?.holds)
  if (dispersion !== 'one' && dispersion !== 'estimated')
    throw new ValueError({ who, expected: "a family whose dispersion is 'one' or 'estimated'", received: shown(dispersion) })
  return some
}
