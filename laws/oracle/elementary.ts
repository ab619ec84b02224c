/** Oracles of the elementary functions: their series, to more bits than a float has. */
import type * as fc from 'fast-check'
import * as examples from '../arbitrary/operands.js'
import { moderate, positive } from '../arbitrary/tensors.js'
import { ulps } from '../budget.js'
import { exactly, isNegative, nearest, one, over, withSign } from './exact.js'
import { unary } from './oracle.js'
import { cos, exp, log, sin, sqrt } from './real.js'

const source = 'Abramowitz and Stegun (1964) §4.1, §4.2, §4.3, §4.5'
const infinity = Number.POSITIVE_INFINITY
/** Beyond it, eˣ and e⁻ˣ are no floats, and 1 ± e⁻ˣ is 1. */
const far = 800

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
const expOf = (x: number): bigint => exp(exactly(x))

export const elementary = {
  exp: real('exp x = Σ xⁿ / n!', { ours: 1, engine: 1 }, (x) => (x > far ? infinity : x < -far ? 0 : nearest(expOf(x)))),
  expm1: real('Σ xⁿ / n!, n ≥ 1', { ours: 1, engine: 2 }, (x) =>
    x === 0 ? x : x > far ? infinity : x < -far ? -1 : nearest(expOf(x) - one),
  ),
  log: real('log x = e log 2 + 2 artanh((m − 1) / (m + 1)), x = m · 2ᵉ', { ours: 1, engine: 1, on: positive }, (x) =>
    x === 0 ? -infinity : x < 0 ? Number.NaN : x === infinity ? x : nearest(log(exactly(x))),
  ),
  log1p: real('log of 1 + x without rounding', { ours: 1, engine: 1, on: positive }, (x) =>
    x === 0 || x === infinity ? x : x < -1 ? Number.NaN : x === -1 ? -infinity : nearest(log(one + exactly(x))),
  ),
  sqrt: real('the float nearest to √x', { ours: 0, engine: 0, on: positive }, (x) =>
    x === 0 || x === infinity ? x : x < 0 ? Number.NaN : nearest(sqrt(exactly(x))),
  ),
  sin: real('Σ (−1)ⁿ x²ⁿ⁺¹ / (2n + 1)!', { ours: 1, engine: 2 }, (x) =>
    x === 0 ? x : Number.isFinite(x) ? nearest(sin(exactly(x))) : Number.NaN,
  ),
  cos: real('Σ (−1)ⁿ x²ⁿ / (2n)!', { ours: 1, engine: 2 }, (x) => (Number.isFinite(x) ? nearest(cos(exactly(x))) : Number.NaN)),
  tanh: real('(e²ˣ − 1) / (e²ˣ + 1)', { ours: 2, engine: 1 }, (x) => {
    if (x === 0) return x
    return Math.abs(x) > far / 2 ? withSign(isNegative(x), 1) : nearest(over(expOf(2 * x) - one, expOf(2 * x) + one))
  }),
  /** e/(1 + e) errs by a unit of e twice, and by half a unit of the sum and of the quotient. */
  sigmoid: real('1 / (1 + e⁻ˣ)', { ours: 5, engine: 2 }, (x) => (x > far ? 1 : x < -far ? 0 : nearest(over(one, one + expOf(-x))))),
  /** log(1 + e) errs by a unit of e, one of the logarithm, and half a unit of the sum. */
  softplus: real('log(1 + eˣ)', { ours: 5, engine: 3 }, (x) => (x > far ? x : x < -far ? 0 : nearest(log(one + expOf(x))))),
}
