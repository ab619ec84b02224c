/**
 * What the stable functions are, in float64, each by the formula that loses least; and what float32 may lose.
 *
 * The error model, with ε = 2⁻²³ (float32) or 2⁻⁵², elementary functions that err by u units, n numbers, and m = max z:
 *
 * - z − m errs by ½ε·|z − m|; after exp, over the sum, these are below ½ε·n/e, since |d|·e^−|d| ≤ 1/e; sums err by ½ε·n at most;
 *   log Σ exp(z − m) then errs by ε·(u·(1 + log n) + n) at most: call it ε·L.
 * - logSumExp adds ε·|y| when m comes back; logSoftmax ε·|y| for z − m and ε·|y| for the difference.
 * - exp turns an absolute error into a relative one, and adds u: softmax errs by ε·p·(L + u + 2·|log p|).
 * - a difference whose terms are larger than it keeps their units: −log p of Bernoulli is softplus(z) − y·z.
 */
import type { Claimed } from './claims.js'

const { abs, exp, log, log1p, max } = Math
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

export const oracles: { readonly [K in keyof Claimed]: (z: readonly number[], y: readonly number[], u: number) => Judged } = {
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
    valueBudget: () => (u + 1 + z.length) * total(z.map((x, i) => softplusOf(y[i] === 1 ? -x : x))) + tiny,
    slopeBudget: (i) => (u + 1) * sigmoidOf(y[i] === 1 ? -(z[i] ?? 0) : (z[i] ?? 0)) + tiny,
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
