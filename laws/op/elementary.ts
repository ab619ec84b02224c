/**
 * The elementary functions: by their series, to more bits than a float has. Where a condition is given, it is the sum over the steps
 * of what half a unit of each may move the result by, taken as a whole unit.
 */
import type * as fc from 'fast-check'
import { floats, moderates, positives, wholes, wide } from '../algebra/domain.js'
import { claim, closely, even, monotone, odd, undoneBy } from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { moderate, positive } from '../arbitrary/tensors.js'
import { ulps } from '../budget.js'
import { exactly, isNegative, nearest, one, over, withSign } from '../oracle/exact.js'
import { unary } from '../oracle/oracle.js'
import * as reals from '../oracle/real.js'
import type { DeclaredOps } from './declared.js'

const source = 'Abramowitz and Stegun (1964) §4.1, §4.2, §4.3, §4.5, §7.1'
const infinity = Number.POSITIVE_INFINITY
const { abs, exp, log, log1p } = Math
/** Beyond it, eˣ and e⁻ˣ are no floats, and 1 ± e⁻ˣ is 1. */
const far = 800
/** Beyond it, erf x is nearer to ±1 than any other float. */
const certain = 7

interface Errs {
  /** By how many units the row may err, and by how many more an engine: the largest errors found, which its kernels state. */
  readonly ours: number
  readonly engine: number
  /** Where it is differentiable. */
  readonly on?: fc.Arbitrary<number>
}
/** A function of the reals, at a float: its value to many bits, and what stands for it where there is none. */
const real = (statement: string, { ours, engine, on = moderate() }: Errs, f: (x: number) => number) =>
  unary(statement, (x) => (Number.isNaN(x) ? x : f(x)), { source, ulps: ours, engine: ulps(engine), examples: examples.unary(on) })
const expOf = (x: number): bigint => reals.exp(exactly(x))

export const elementary = {
  exp: {
    oracle: real('exp x = Σ xⁿ / n!', { ours: 1, engine: 1 }, (x) => (x > far ? infinity : x < -far ? 0 : nearest(expOf(x)))),
    properties: [
      monotone(wide),
      undoneBy(
        'log',
        wide,
        (o, y) => o.log(y),
        () => 1,
      ),
      closely(
        'homomorphism',
        'exp(x + y) = exp x · exp y',
        moderates,
        (o, x, y) => [o.mul(o.exp(x), o.exp(y)), o.exp(o.add(x, y))],
        (x, y) => exp(x + y) * (4 + abs(x + y)),
      ),
    ],
  },
  expm1: {
    oracle: real('Σ xⁿ / n!, n ≥ 1', { ours: 1, engine: 2 }, (x) =>
      x === 0 ? x : x > far ? infinity : x < -far ? -1 : nearest(expOf(x) - one),
    ),
    properties: [
      monotone(wide),
      undoneBy(
        'log1p',
        moderates,
        (o, y) => o.log1p(y),
        (x) => Math.expm1(-x),
      ),
    ],
  },
  log: {
    oracle: real('log x = e log 2 + 2 artanh((m − 1) / (m + 1)), x = m · 2ᵉ', { ours: 1, engine: 1, on: positive }, (x) =>
      x === 0 ? -infinity : x < 0 ? Number.NaN : x === infinity ? x : nearest(reals.log(exactly(x))),
    ),
    properties: [
      monotone(positives),
      undoneBy(
        'exp',
        positives,
        (o, y) => o.exp(y),
        (x) => x * log(x),
      ),
      closely(
        'homomorphism',
        'log(x · y) = log x + log y',
        positives,
        (o, x, y) => [o.add(o.log(x), o.log(y)), o.log(o.mul(x, y))],
        (x, y) => 1 + abs(log(x)) + abs(log(y)) + 2 * abs(log(x * y)),
      ),
    ],
  },
  log1p: {
    oracle: real('log of 1 + x without rounding', { ours: 1, engine: 1, on: positive }, (x) =>
      x === 0 || x === infinity ? x : x < -1 ? Number.NaN : x === -1 ? -infinity : nearest(reals.log(one + exactly(x))),
    ),
    properties: [
      monotone(positives),
      undoneBy(
        'expm1',
        positives,
        (o, y) => o.expm1(y),
        (x) => (1 + x) * log1p(x),
      ),
    ],
  },
  sqrt: {
    oracle: real('the float nearest to √x', { ours: 0, engine: 0, on: positive }, (x) =>
      x === 0 || x === infinity ? x : x < 0 ? Number.NaN : nearest(reals.sqrt(exactly(x))),
    ),
    properties: [
      monotone(positives),
      undoneBy(
        'square',
        positives,
        (o, y) => o.mul(y, y),
        (x) => 2 * x,
      ),
      claim('exact', '√(x · x) = |x|', wholes, (o, x) => [o.abs(x), o.sqrt(o.mul(x, x))]),
    ],
  },
  sin: {
    oracle: real('Σ (−1)ⁿ x²ⁿ⁺¹ / (2n + 1)!', { ours: 1, engine: 2 }, (x) =>
      x === 0 ? x : Number.isFinite(x) ? nearest(reals.sin(exactly(x))) : Number.NaN,
    ),
    properties: [
      odd(wide),
      closely(
        'pythagoras',
        'sin² x + cos² x = 1',
        wide,
        (o, x) => [o.constant(1, x), o.add(o.mul(o.sin(x), o.sin(x)), o.mul(o.cos(x), o.cos(x)))],
        () => 4,
      ),
    ],
  },
  cos: {
    oracle: real('Σ (−1)ⁿ x²ⁿ / (2n)!', { ours: 1, engine: 2 }, (x) => (Number.isFinite(x) ? nearest(reals.cos(exactly(x))) : Number.NaN)),
    properties: [
      even(wide),
      closely(
        'double-angle',
        'cos(2x) = 1 − 2 sin² x',
        moderates,
        (o, x) => {
          const s = o.sin(x)
          return [o.sub(o.constant(1, x), o.mul(o.constant(2, x), o.mul(s, s))), o.cos(o.add(x, x))]
        },
        () => 8,
      ),
    ],
  },
  tanh: {
    oracle: real('(e²ˣ − 1) / (e²ˣ + 1)', { ours: 2, engine: 1 }, (x) => {
      if (x === 0) return x
      return Math.abs(x) > far / 2 ? withSign(isNegative(x), 1) : nearest(over(expOf(2 * x) - one, expOf(2 * x) + one))
    }),
    properties: [odd(floats), monotone(wide)],
  },
  sigmoid: {
    /** e/(1 + e) errs by a unit of e twice, and by half a unit of the sum and of the quotient. */
    oracle: real('1 / (1 + e⁻ˣ)', { ours: 5, engine: 2 }, (x) => (x > far ? 1 : x < -far ? 0 : nearest(over(one, one + expOf(-x))))),
    properties: [
      monotone(wide),
      closely(
        'complement',
        'σ(x) + σ(−x) = 1',
        wide,
        (o, x) => [o.constant(1, x), o.add(o.sigmoid(x), o.sigmoid(o.neg(x)))],
        () => 2,
      ),
    ],
  },
  softplus: {
    /** log(1 + e) errs by a unit of e, one of the logarithm, and half a unit of the sum. */
    oracle: real('log(1 + eˣ)', { ours: 5, engine: 3 }, (x) => (x > far ? x : x < -far ? 0 : nearest(reals.log(one + expOf(x))))),
    properties: [
      monotone(wide),
      closely(
        'difference',
        'softplus x − softplus(−x) = x',
        wide,
        (o, x) => [x, o.sub(o.softplus(x), o.softplus(o.neg(x)))],
        (x) => 2 + 2 * abs(x),
      ),
    ],
  },
  erf: {
    oracle: real('2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1))', { ours: 1, engine: 1 }, (x) =>
      x === 0 ? x : Math.abs(x) > certain ? withSign(isNegative(x), 1) : nearest(reals.erf(exactly(x))),
    ),
    properties: [odd(floats), monotone(wide)],
  },
} satisfies Partial<DeclaredOps>
