/**
 * Stability where it is claimed, for |z| ≤ 1e4: no NaN and no infinity, in values and gradients; invariance under a shift; and
 * in float32 the numbers of a float64 oracle within a budget.
 *
 * The error model, with ε = 2⁻²³ (float32) or 2⁻⁵², elementary functions that err by u units, n numbers, and m = max z:
 *
 * - z − m errs by ½ε·|z − m|; after exp, over the sum, these are below ½ε·n/e, since |d|·e^−|d| ≤ 1/e; sums err by ½ε·n at most;
 *   log Σ exp(z − m) then errs by ε·(u·(1 + log n) + n) at most: call it ε·L.
 * - logSumExp adds ε·|y| when m comes back; logSoftmax ε·|y| for z − m and ε·|y| for the difference.
 * - exp turns an absolute error into a relative one, and adds u: softmax errs by ε·p·(L + u + 2·|log p|).
 * - a difference whose terms are larger than it keeps their units: −log p of Bernoulli is softplus(z) − y·z.
 */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { vjp } from '../../src/graph/index.js'
import { bernoulliLikelihood, categoricalLikelihood } from '../../src/likelihood/index.js'
import { logSigmoid, logSoftmax, logSumExp, sigmoid, softmax, softplus, sumAll } from '../../src/ops/index.js'
import { ones, type Tensor, tensor, toArray } from '../../src/tensor/index.js'
import { Broken, identical, within } from '../compare.js'
import { type Law, law } from '../law.js'

/** What is claimed to be stable: functions of outputs z and targets y. */
export interface Claimed {
  readonly logSumExp: (z: Tensor) => Tensor
  readonly logSoftmax: (z: Tensor) => Tensor
  readonly softmax: (z: Tensor) => Tensor
  readonly softplus: (z: Tensor) => Tensor
  readonly sigmoid: (z: Tensor) => Tensor
  readonly logSigmoid: (z: Tensor) => Tensor
  readonly bernoulli: (z: Tensor, y: Tensor) => Tensor
  readonly categorical: (z: Tensor, y: Tensor) => Tensor
}
export interface StabilityOptions {
  readonly claimed: Claimed
  readonly engine: Engine
  /** Units in the last place of an elementary function. */
  readonly ulps: number
}
export const claims: Claimed = {
  logSumExp: (z) => logSumExp(z) as Tensor,
  logSoftmax,
  softmax,
  softplus,
  sigmoid,
  logSigmoid,
  bernoulli: bernoulliLikelihood.negativeLogLikelihood,
  categorical: categoricalLikelihood.negativeLogLikelihood,
}

const { abs, exp, log, log1p, max } = Math
const names = Object.keys(claims) as readonly (keyof Claimed)[]
const total = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0)

/** The same functions of numbers, in float64, each by the formula that loses least. */
const shiftedBy = (z: readonly number[]): readonly number[] => z.map((x) => x - max(...z))
const logTotal = (z: readonly number[]): number => log(total(shiftedBy(z).map(exp)))
const softplusOf = (x: number): number => max(x, 0) + log1p(exp(-abs(x)))
const sigmoidOf = (x: number): number => (x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)))
const logSoftmaxOf = (z: readonly number[]): readonly number[] => shiftedBy(z).map((d) => d - logTotal(z))

interface Judged {
  readonly value: readonly number[]
  readonly slope: readonly number[]
  /** In units of ε. */
  readonly valueBudget: (i: number) => number
  readonly slopeBudget: (i: number) => number
}
/** The smallest float32 above 0, in ε: what a result may lose where it is denormal. */
const tiny = 2 ** -126

const oracles: { readonly [K in keyof Claimed]: (z: readonly number[], y: readonly number[], u: number) => Judged } = {
  logSumExp: (z, _, u) => {
    const value = max(...z) + logTotal(z)
    const p = logSoftmaxOf(z).map(exp)
    const l = u * (1 + log(z.length)) + z.length
    return {
      value: [value],
      slope: p,
      valueBudget: () => l + abs(value),
      slopeBudget: (i) => (p[i] ?? 0) * (l + u + 2 * abs(log(p[i] || 1))) + tiny,
    }
  },
  logSoftmax: (z, _, u) => {
    const value = logSoftmaxOf(z)
    const l = u * (1 + log(z.length)) + z.length
    /** Of the sum: 1 − n·pᵢ, where the n cotangents are summed first. */
    const slope = value.map((y) => 1 - z.length * exp(y))
    return {
      value,
      slope,
      valueBudget: (i) => l + 2 * abs(value[i] ?? 0),
      slopeBudget: () => z.length * (l + u + 1) + 1,
    }
  },
  softmax: (z, _, u) => {
    const logs = logSoftmaxOf(z)
    const l = u * (1 + log(z.length)) + z.length
    return {
      value: logs.map(exp),
      slope: z.map(() => 0), // the sum is 1 wherever z is
      valueBudget: (i) => exp(logs[i] ?? 0) * (l + u + 2 * abs(logs[i] ?? 0)) + tiny,
      slopeBudget: () => 2 * (l + u + 1),
    }
  },
  softplus: (z, _, u) => ({
    value: z.map(softplusOf),
    slope: z.map(sigmoidOf),
    valueBudget: (i) => u * softplusOf(z[i] ?? 0) + tiny,
    slopeBudget: (i) => u * sigmoidOf(z[i] ?? 0) + tiny,
  }),
  sigmoid: (z, _, u) => ({
    value: z.map(sigmoidOf),
    slope: z.map((x) => sigmoidOf(x) * sigmoidOf(-x)),
    valueBudget: (i) => u * sigmoidOf(z[i] ?? 0) + tiny,
    /** σ · (1 − σ): where σ is near 1 the difference keeps the units of 1. */
    slopeBudget: (i) => (2 * u + 2) * sigmoidOf(z[i] ?? 0) + tiny,
  }),
  logSigmoid: (z, _, u) => ({
    value: z.map((x) => -softplusOf(-x)),
    slope: z.map((x) => sigmoidOf(-x)),
    valueBudget: (i) => u * softplusOf(-(z[i] ?? 0)) + tiny,
    slopeBudget: (i) => u * sigmoidOf(-(z[i] ?? 0)) + tiny,
  }),
  bernoulli: (z, y, u) => ({
    value: [total(z.map((x, i) => softplusOf(y[i] === 1 ? -x : x)))],
    slope: z.map((x, i) => (y[i] === 1 ? -sigmoidOf(-x) : sigmoidOf(x))),
    valueBudget: () => (u + 1 + z.length) * total(z.map((x) => softplusOf(x) + abs(x))) + tiny,
    slopeBudget: () => u + 1,
  }),
  categorical: (z, y, u) => {
    const logs = logSoftmaxOf(z)
    const value = -total(logs.map((x, i) => (y[i] === 1 ? x : 0)))
    const l = u * (1 + log(z.length)) + z.length
    return {
      value: [value],
      slope: logs.map((x, i) => exp(x) - (y[i] ?? 0)),
      valueBudget: () => l + 3 * value,
      slopeBudget: () => l + u + 3,
    }
  },
}

/** z near each other or far apart, anywhere up to 1e4; y one-hot. */
const examples = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(1, 30, 200, 1e4), fc.double({ min: -1, max: 1, noNaN: true }))
  .chain(([n, spread, centre]) =>
    fc.tuple(
      fc.array(
        fc.double({ min: -spread, max: spread, noNaN: true }).map((x) => Math.fround(centre * (1e4 - spread) + x)),
        { minLength: n, maxLength: n },
      ),
      fc.nat(n - 1),
    ),
  )
  .map(([z, k]) => ({ z, y: z.map((_, i) => (i === k ? 1 : 0)) }))

/** Multiples of 1/64 up to 4096, on which z + c and z − m are exact in float32. */
const grid = fc.integer({ min: -(2 ** 18), max: 2 ** 18 }).map((k) => k / 64)
const onGrid = fc.tuple(fc.array(grid, { minLength: 1, maxLength: 6 }), grid)

type Float = 'float32' | 'float64'
export const stabilityLaws = (options: Partial<StabilityOptions> = {}): readonly Law[] => {
  const { claimed, engine, ulps } = { claimed: claims, engine: reference, ulps: 1, ...options }
  const run = compile(engine)
  const withSlope = (name: keyof Claimed): ((z: Tensor, y: Tensor) => readonly [Tensor, Tensor]) =>
    run((z: Tensor, y: Tensor) => {
      const [value, pullback] = vjp((x: Tensor) => claimed[name](x, y))(z)
      return [value, pullback(ones(value.shape, value.precision))] as const
    })
  const of = (xs: readonly number[], float: Float): Tensor => tensor([xs.length], xs, float)
  const finite = (name: keyof Claimed, float: Float): Law => {
    const f = withSlope(name)
    return law(
      { name: `stability.${name}.finite.${float}`, statement: 'value and gradient are finite for |z| ≤ 1e4' },
      examples,
      ({ z, y }) => {
        const numbers = f(of(z, float), of(y, float)).map((t) => Array.from(toArray(t)))
        if (!numbers.flat().every(Number.isFinite)) throw new Broken(name, 'finite numbers', numbers.map((t) => t.join(', ')).join(' and '))
      },
    )
  }
  const accurate = (name: keyof Claimed): Law => {
    const f = withSlope(name)
    return law(
      {
        name: `stability.${name}.accurate`,
        statement: 'float32 is float64 within its budget',
        source: 'Higham (2002) §1.6, Blanchard, Higham, Higham (2021)',
      },
      examples,
      ({ z, y }) => {
        const judged = oracles[name](z, y, ulps)
        const [value, slope] = f(of(z, 'float32'), of(y, 'float32'))
        const wanted = (xs: readonly number[], like: Tensor): Tensor => tensor(like.shape, xs, 'float64')
        within('value', wanted(judged.value, value), value, (i) => 2 ** -23 * judged.valueBudget(i))
        within('gradient', wanted(judged.slope, slope), slope, (i) => 2 ** -23 * judged.slopeBudget(i))
      },
    )
  }
  const shift = (name: 'logSoftmax' | 'softmax', float: Float): Law => {
    const f = run(claimed[name])
    return law(
      {
        name: `stability.${name}.shift.${float}`,
        statement: `${name}(z + c) = ${name}(z), bit for bit where z + c is exact`,
        source: 'Goodfellow et al. (2016) §6.2.2.3',
      },
      onGrid,
      ([z, c]) =>
        identical(
          name,
          f(of(z, float)),
          f(
            of(
              z.map((x) => x + c),
              float,
            ),
          ),
        ),
    )
  }
  const shiftOut = (float: Float): Law => {
    const f = run(claimed.logSumExp)
    return law(
      {
        name: `stability.logSumExp.shift.${float}`,
        statement: 'logSumExp(z + c) = logSumExp(z) + c, within a unit of each sum',
        source: 'Goodfellow et al. (2016) §4.1',
      },
      onGrid,
      ([z, c]) => {
        const [before, after] = [
          f(of(z, float)),
          f(
            of(
              z.map((x) => x + c),
              float,
            ),
          ),
        ]
        const moved = tensor(
          before.shape,
          Array.from(toArray(before), (y) => y + c),
          'float64',
        )
        const largest = Math.max(...z.map(abs)) + abs(c) + log(z.length)
        within('logSumExp', moved, after, () => (float === 'float32' ? 2 ** -23 : 2 ** -52) * 2 * largest)
      },
    )
  }
  const normalised = (float: Float): Law => {
    const f = run((z: Tensor) => sumAll(claimed.softmax(z)))
    return law(
      {
        name: `stability.softmax.normalised.${float}`,
        statement: 'Σ softmax(z) = 1 for |z| ≤ 1e4',
        source: 'Goodfellow et al. (2016) §6.2.2.3',
      },
      examples,
      ({ z }) => {
        /** Σ p·(L + u + 2·|log p|) ≤ L + u + 2·log n, and the sum. */
        const n = z.length
        const budget = ulps * (2 + log(n)) + n + 2 * log(n) + n
        within('Σ softmax', tensor([], [1], 'float64'), f(of(z, float)), () => (float === 'float32' ? 2 ** -23 : 2 ** -52) * budget)
      },
    )
  }
  return [
    ...names.flatMap((name) => [finite(name, 'float32'), finite(name, 'float64'), accurate(name)]),
    ...(['float32', 'float64'] as const).flatMap((float) => [
      shift('logSoftmax', float),
      shift('softmax', float),
      shiftOut(float),
      normalised(float),
    ]),
  ]
}
