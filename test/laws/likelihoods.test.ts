/** The laws of likelihoods run on all of the library's, and on some of one's own. */
import { describe, expect, it } from 'vitest'
import { check, countedTargets, evenTargets, type Law, type LikelihoodLawOptions, likelihoodLaws, oneHotTargets } from '../../laws/index.js'
import {
  bernoulliLikelihood,
  binomialLikelihood,
  categoricalLikelihood,
  exponentialFamily,
  gammaLikelihood,
  gaussianLikelihood,
  gaussianLogVarianceLikelihood,
  knownLikelihoods,
  type Likelihood,
  laplaceLikelihood,
  laplaceLogScaleLikelihood,
  likelihood,
  mixtureOfGaussiansLikelihood,
  negativeBinomialLikelihood,
  ordinalLikelihood,
  poissonLikelihood,
  sparseCategoricalLikelihood,
} from '../../src/likelihood/index.js'
import { add, exp, formula, log, log1p, logGamma, neg, square, sub, sumAll } from '../../src/ops/index.js'
import { scalar } from '../../src/tensor/index.js'

const hotRow = (classes: number) => (y: readonly number[]) => Array.from({ length: classes }, (_, k) => (k === y[0] ? 1 : 0))
const falling = (numbers: readonly number[]) => [...numbers].sort((a, b) => b - a).map((z, i) => z - 0.1 * i)
/** Larger numbers than −1 to 1. */
const threefold = (numbers: readonly number[]) => numbers.map((z) => 3 * z)

/** A quadrature of the logarithm of a positive number: even in log y. */
const evenLogs = (low: number, high: number, count: number) =>
  evenTargets(low, high, count).map(({ target: [t = 0], weight }) => ({ target: [Math.exp(t)], weight: weight * Math.exp(t) }))

const poissonFamily = exponentialFamily({
  name: 'poissonFamily',
  output: [1],
  target: [1],
  logBase: (y) => neg(sumAll(logGamma(add(1)(y)))),
  statistic: (y) => y,
  logPartition: (eta) => sumAll(exp(eta)),
})
const exponential = exponentialFamily({
  name: 'exponential',
  output: [1],
  target: [1],
  logBase: () => scalar(0, 'float64'),
  statistic: (y) => y,
  logPartition: (eta) => neg(sumAll(log(neg(eta)))),
  naturalParameter: (z) => neg(exp(z)),
})
const student = likelihood({
  name: 'student',
  output: [1],
  target: [1],
  mean: (z) => z,
  mode: (z) => z,
  // Five degrees of freedom.
  negativeLogLikelihood: (z, y) =>
    add(Math.log((Math.sqrt(5) * Math.PI * 3) / 8))(formula.mul(3, sumAll(log1p(formula.mul(0.2, square(sub(z)(y))))))),
})

const cases: readonly (readonly [Likelihood, LikelihoodLawOptions])[] = [
  [gaussianLikelihood([1]), { targets: evenTargets(-12, 12, 300) }],
  [gaussianLikelihood([1], { variance: 4 }), { targets: evenTargets(-24, 24, 300) }],
  [gaussianLogVarianceLikelihood([2]), { targets: evenTargets(-18, 18, 600) }],
  [laplaceLikelihood([1], { scale: 0.5 }), { targets: evenTargets(-12, 12, 2000), accuracy: 1e-3 }],
  [laplaceLogScaleLikelihood([2]), { targets: evenTargets(-40, 40, 4000), accuracy: 1e-3 }],
  [bernoulliLikelihood([1]), { targets: countedTargets(2), outputs: threefold }],
  [categoricalLikelihood([4]), { targets: oneHotTargets(4), outputs: threefold }],
  [sparseCategoricalLikelihood([4]), { targets: countedTargets(4), statistic: hotRow(4), outputs: threefold }],
  [ordinalLikelihood([3]), { targets: countedTargets(4), statistic: hotRow(4), outputs: falling }],
  [ordinalLikelihood([1]), { targets: countedTargets(2), statistic: hotRow(2), outputs: threefold }],
  [poissonLikelihood([1]), { targets: countedTargets(60) }],
  [poissonLikelihood([1]), { targets: countedTargets(220), outputs: (z) => z.map((x) => 3 + x) }],
  [negativeBinomialLikelihood([1], { size: 2.5 }), { targets: countedTargets(300) }],
  [negativeBinomialLikelihood([1], { size: 0.7 }), { targets: countedTargets(400) }],
  [binomialLikelihood([1], { trials: 7 }), { targets: countedTargets(8), outputs: threefold }],
  [gammaLikelihood([1], { shape: 2.5 }), { targets: evenLogs(-22, 6, 800), accuracy: 1e-6 }],
  [gammaLikelihood([1], { shape: 0.6 }), { targets: evenLogs(-50, 6, 1200), accuracy: 1e-6 }],
  [mixtureOfGaussiansLikelihood([9], { components: 3, size: 1 }), { targets: evenTargets(-18, 18, 600) }],
  [poissonFamily, { targets: countedTargets(60) }],
  [exponential, { targets: evenLogs(-30, 6, 800), accuracy: 1e-6 }],
  [student, { targets: evenTargets(-300, 300, 3000), accuracy: 1e-4 }],
]

describe.each(cases.map(([one, options]) => [one.name, one, options] as const))('%s', (_, one, options) => {
  for (const law of likelihoodLaws(one, options)) it(law.name, () => check(law, { runs: 10 }))
})

it('every likelihood of the library is tried, but for costs that are none', () =>
  expect(Object.keys(knownLikelihoods).toSorted()).toEqual(
    [...new Set([...cases.map(([{ name }]) => name), 'meanSquaredError', 'focal', 'labelSmoothing'])]
      .filter((name) => !['poissonFamily', 'exponential', 'student'].includes(name))
      .toSorted(),
  ))

describe('a wrong likelihood is seen', () => {
  const honest: Likelihood = poissonLikelihood([1])
  const gaussian: Likelihood = gaussianLikelihood([1])
  const [sampled, quantile] = [honest.sample, gaussian.quantile] as [NonNullable<Likelihood['sample']>, NonNullable<Likelihood['quantile']>]
  const killed = (
    what: string,
    broken: Partial<Likelihood>,
    killer: string,
    options: LikelihoodLawOptions = { targets: countedTargets(60) },
  ) =>
    it(`${what}: ${killer}`, () => {
      const laws = likelihoodLaws({ ...honest, ...broken, name: 'broken' }, options)
      const failing = laws.filter((one: Law) => {
        try {
          check(one, { runs: 10 })
          return false
        } catch {
          return true
        }
      })
      expect(failing.map(({ name }) => name)).toContain(`likelihood.broken.${killer}`)
    })
  killed('a constant that is forgotten', { negativeLogLikelihood: (z, y) => sumAll(sub(formula.mul(y, z))(exp(z))) }, 'normalised')
  killed('a cost that is halved', { negativeLogLikelihood: (z, y) => formula.mul(0.5, honest.negativeLogLikelihood(z, y)) }, 'score')
  killed('a mean without its link', { mean: (z) => z }, 'mean')
  killed('a mode that is the mean', { mode: (z) => add(1)(exp(z)) }, 'mode')
  killed('samples of another rate', { sample: (k) => (z) => sampled(k)(add(0.3)(z)) }, 'sample')
  killed('quantiles counted from the other end', { ...gaussian, quantile: (p) => quantile(1 - p) }, 'quantile', {
    targets: evenTargets(-12, 12, 1000),
  })
  killed('a support that leaves out 0', { support: { expected: 'counts above 0', holds: (y) => y.every((v) => v > 0) } }, 'support')
})
