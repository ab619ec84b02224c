/** Oracles of the elementary functions: their series, to more bits than a float has. */
import { exactly, isNegative, nearest, one, over, withSign } from './exact.js'
import { unary } from './oracle.js'
import { cos, exp, log, sin, sqrt } from './real.js'

const source = 'Abramowitz and Stegun (1964) §4.1, §4.2, §4.3, §4.5'
const infinity = Number.POSITIVE_INFINITY
/** Beyond it, eˣ and e⁻ˣ are no floats, and 1 ± e⁻ˣ is 1. */
const far = 800

/** A function of the reals, at a float: its value to many bits, and what stands for it where there is none. */
const real = (statement: string, ulps: number, f: (x: number) => number) =>
  unary(statement, (x) => (Number.isNaN(x) ? x : f(x)), { source, ulps })
const expOf = (x: number): bigint => exp(exactly(x))

export const elementary = {
  exp: real('exp x = Σ xⁿ / n!', 1, (x) => (x > far ? infinity : x < -far ? 0 : nearest(expOf(x)))),
  expm1: real('Σ xⁿ / n!, n ≥ 1', 1, (x) => (x === 0 ? x : x > far ? infinity : x < -far ? -1 : nearest(expOf(x) - one))),
  log: real('log x = e log 2 + 2 artanh((m − 1) / (m + 1)), x = m · 2ᵉ', 1, (x) =>
    x === 0 ? -infinity : x < 0 ? Number.NaN : x === infinity ? x : nearest(log(exactly(x))),
  ),
  log1p: real('log of 1 + x without rounding', 1, (x) =>
    x === 0 || x === infinity ? x : x < -1 ? Number.NaN : x === -1 ? -infinity : nearest(log(one + exactly(x))),
  ),
  sqrt: real('the float nearest to √x', 0, (x) => (x === 0 || x === infinity ? x : x < 0 ? Number.NaN : nearest(sqrt(exactly(x))))),
  sin: real('Σ (−1)ⁿ x²ⁿ⁺¹ / (2n + 1)!', 1, (x) => (x === 0 ? x : Number.isFinite(x) ? nearest(sin(exactly(x))) : Number.NaN)),
  cos: real('Σ (−1)ⁿ x²ⁿ / (2n)!', 1, (x) => (Number.isFinite(x) ? nearest(cos(exactly(x))) : Number.NaN)),
  tanh: real('(e²ˣ − 1) / (e²ˣ + 1)', 2, (x) => {
    if (x === 0) return x
    return Math.abs(x) > far / 2 ? withSign(isNegative(x), 1) : nearest(over(expOf(2 * x) - one, expOf(2 * x) + one))
  }),
  /** e/(1 + e) errs by a unit of e twice, and by half a unit of the sum and of the quotient. */
  sigmoid: real('1 / (1 + e⁻ˣ)', 5, (x) => (x > far ? 1 : x < -far ? 0 : nearest(over(one, one + expOf(-x))))),
  /** log(1 + e) errs by a unit of e, one of the logarithm, and half a unit of the sum. */
  softplus: real('log(1 + eˣ)', 5, (x) => (x > far ? x : x < -far ? 0 : nearest(log(one + expOf(x))))),
}
