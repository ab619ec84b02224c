/**
 * The laws of a likelihood, of your own as of ours: it is a distribution, and its cost, mean, mode, quantiles and samples are of one.
 *
 * Its targets are given as nodes with weights: all of them where they are finite or countable, a quadrature where they are not. Sums
 * over nodes are then exact but for the tail that is cut off and the width of the nodes.
 */
import * as fc from 'fast-check'
import { batched, grad } from '../../src/graph/index.js'
import type { Likelihood } from '../../src/likelihood/index.js'
import { foldIn, key } from '../../src/random/index.js'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import { range, type Scalar, type Tensor, tensor, toArray, toNumber } from '../../src/tensor/index.js'
import { atMost } from '../at-most.js'
import { differs, near } from '../compare.js'
import { type Law, law } from '../law.js'

/** A target, and how much of the sum it stands for. */
export interface TargetNode {
  readonly target: readonly number[]
  readonly weight: number
}

/** Numbers of classes, or counts, from 0: all of weight 1. */
export const countedTargets = (count: number): readonly TargetNode[] =>
  Array.from({ length: count }, (_, k) => ({ target: [k], weight: 1 }))
/** One-hot rows of so many classes. */
export const oneHotTargets = (classes: number): readonly TargetNode[] =>
  Array.from({ length: classes }, (_, k) => ({ target: Array.from({ length: classes }, (_one, j) => (j === k ? 1 : 0)), weight: 1 }))
/** Numbers in the middle of so many equal parts of an interval, each of the weight of its part. */
export const evenTargets = (low: number, high: number, count: number): readonly TargetNode[] => {
  const width = (high - low) / count
  return Array.from({ length: count }, (_, i) => ({ target: [low + (i + 0.5) * width], weight: width }))
}

export interface LikelihoodLawOptions {
  /** Every target that has a part in the distribution, up to what does not count. */
  readonly targets: readonly TargetNode[]
  /** What the mean is the mean of, for targets that are not the mean's shape: of a class, its one-hot row. */
  readonly statistic?: (target: readonly number[]) => readonly number[]
  /** An output of three numbers between −1 and 1 each, repeated as often as needed: itself, unless outputs must be in some order or range. */
  readonly outputs?: (numbers: readonly number[]) => readonly number[]
  /** By how much sums over the nodes may be wrong. */
  readonly accuracy?: number
}

const times = (a: number, xs: readonly number[]): readonly number[] => xs.map((x) => a * x)
const plus = (xs: readonly number[], ys: readonly number[]): readonly number[] => xs.map((x, i) => x + (ys[i] ?? 0))
const draws = 1500
/** Six deviations: one in half a thousand million. */
const deviations = 6

/**
 * Every law of a likelihood; of those that it has no parts for, none.
 *
 * @example
 * for (const law of likelihoodLaws(poissonLikelihood([1]), { targets: countedTargets(60) })) it(law.name, () => check(law))
 */
export const likelihoodLaws = <O extends Shape, T extends Shape, M extends Shape>(
  likelihood: Likelihood<O, T, M>,
  { targets, statistic = (y) => y, outputs = (z) => z, accuracy = 1e-9 }: LikelihoodLawOptions,
): readonly Law[] => {
  const some: Likelihood = likelihood
  const { name, mean, mode, negativeLogLikelihood, quantile, sample, support } = some
  const size = sizeOf(some.output)
  const precision = some.targetPrecision ?? 'float64'
  const given = fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size })
    .map((z) => tensor(some.output, outputs(z), 'float64') as Tensor)
  const targetOf = (y: readonly number[]): Tensor => tensor(some.target, y, precision)
  const costAt = (z: Tensor, y: readonly number[]): number => toNumber(negativeLogLikelihood(z, targetOf(y)))
  /** All targets in one tensor: what is computed of each is computed at once. */
  const all = tensor(
    [targets.length, ...some.target],
    targets.flatMap(({ target }) => target),
    precision,
  ) as Tensor
  const costs = (z: Tensor): readonly number[] =>
    Array.from(toArray(batched((y: Tensor) => negativeLogLikelihood(z, y))(all as never) as unknown as Tensor))
  const masses = (z: Tensor): readonly number[] => costs(z).map((cost, i) => (targets[i]?.weight ?? 0) * Math.exp(-cost))
  const expected = (z: Tensor, f: (y: readonly number[], i: number) => readonly number[]): readonly number[] =>
    masses(z).reduce<readonly number[]>((sum, p, i) => {
      const term = times(p, f(targets[i]?.target ?? [], i))
      return sum.length === 0 ? term : plus(sum, term)
    }, [])
  const nearAll = (what: string, want: readonly number[], got: readonly number[], bound: number | readonly number[]): void => {
    for (const [i, x] of want.entries()) near(`${what}[${i}]`, x, got[i] ?? Number.NaN, typeof bound === 'number' ? bound : (bound[i] ?? 0))
  }
  const laws = [
    law(
      { name: `likelihood.${name}.normalised`, statement: 'Σ p(y | z) = 1: the constants of the cost are those of the distribution' },
      given,
      (z) =>
        near(
          'the sum',
          1,
          masses(z).reduce((a, b) => a + b, 0),
          accuracy,
        ),
    ),
    law(
      { name: `likelihood.${name}.score`, statement: 'E ∂ log p(y | z)/∂z = 0, under the distribution itself', source: 'Bartlett (1953)' },
      given,
      (z) => {
        const scores = toArray(
          batched((y: Tensor) => grad((x: Tensor): Scalar => negativeLogLikelihood(x, y))(z))(all as never) as unknown as Tensor,
        )
        const score = expected(z, (_, i) => Array.from(scores.subarray(i * size, (i + 1) * size)))
        nearAll('the mean score', times(0, score), score, accuracy)
      },
    ),
    law({ name: `likelihood.${name}.mean`, statement: 'the mean is E y, and of a class the probabilities of all' }, given, (z) =>
      nearAll('the mean', expected(z, statistic), Array.from(toArray(mean(z))), accuracy),
    ),
    law({ name: `likelihood.${name}.support`, statement: 'every target of a probability above 0 is supported' }, given, (z) => {
      const wrong = masses(z).findIndex((p, i) => p > 0 && support !== undefined && !support.holds(targets[i]?.target ?? []))
      if (wrong >= 0) differs('a target', support?.expected ?? '', targets[wrong]?.target)
    }),
    mode === undefined
      ? undefined
      : law({ name: `likelihood.${name}.mode`, statement: 'no target is more probable than the mode' }, given, (z) => {
          const best = costAt(z, Array.from(toArray(mode(z))))
          const least = Math.min(...costs(z))
          if (!(best <= least + accuracy)) differs('−log p of the mode', `at most ${least}`, best)
        }),
    quantile === undefined
      ? undefined
      : law(
          { name: `likelihood.${name}.quantile`, statement: 'P(y < q) ≤ p ≤ P(y ≤ q), for the quantile q of p' },
          fc.tuple(given, fc.double({ min: 0.02, max: 0.98, noNaN: true })),
          ([z, p]) => {
            const [q = Number.NaN] = Array.from(toArray(quantile(p)(z)))
            const parts = masses(z)
            const mass = (isIn: (y: number) => boolean): number =>
              parts.reduce((sum, m, i) => sum + (isIn(targets[i]?.target[0] ?? Number.NaN) ? m : 0), 0)
            /** Nodes of a quadrature stand for their surroundings: one of them may be on the other side. */
            const widest = parts.reduce((most, m, i) => (targets[i]?.weight === 1 ? most : Math.max(most, m)), 0)
            const [below, upTo] = [mass((y) => y < q), mass((y) => y <= q)]
            if (!(below <= p + widest + accuracy && upTo >= p - widest - accuracy))
              differs('P(y < q) and P(y ≤ q)', `around ${p}`, [below, upTo])
          },
        ),
    sample === undefined
      ? undefined
      : atMost(3)(
          law(
            {
              name: `likelihood.${name}.sample`,
              statement: `${draws} samples have the mean and the variance of the distribution, and are supported`,
            },
            fc.tuple(given, fc.noShrink(fc.nat(1000))),
            ([z, seed]) => {
              const one = (i: Scalar): Tensor => sample(foldIn(i)(key(seed)))(z)
              const drawn = Array.from(toArray(batched(one)(range(draws, 'uint32') as never) as unknown as Tensor))
              const width = sizeOf(some.target)
              const rows = Array.from({ length: draws }, (_, i) => drawn.slice(i * width, (i + 1) * width))
              const odd = rows.find((y) => support !== undefined && !support.holds(y))
              if (odd !== undefined) differs('a sample', support?.expected, odd)
              const squared = (y: readonly number[]): readonly number[] => statistic(y).map((v) => v * v)
              const quartic = (y: readonly number[]): readonly number[] => statistic(y).map((v) => v ** 4)
              const [first, second, fourth] = [expected(z, statistic), expected(z, squared), expected(z, quartic)]
              const average = (f: (y: readonly number[]) => readonly number[]): readonly number[] =>
                times(1 / draws, rows.map(f).reduce(plus))
              const allowed = (m: readonly number[], s: readonly number[]): readonly number[] =>
                s.map((v, i) => (deviations * Math.sqrt(Math.max(0, v - (m[i] ?? 0) ** 2) / draws) + 1e-6) / (1 + Math.abs(m[i] ?? 0)))
              nearAll('the mean of samples', first, average(statistic), allowed(first, second))
              nearAll('the mean square of samples', second, average(squared), allowed(second, fourth))
            },
          ),
        ),
  ]
  return laws.filter((one): one is Law => one !== undefined)
}
