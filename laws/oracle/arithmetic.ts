/** Oracles of arithmetic: integers of any size, rounded once; of integers, modulo 2³². */
import { isFloat, type Precision } from '../../src/prim/index.js'
import * as examples from '../arbitrary/operands.js'
import { moderate, positive } from '../arbitrary/tensors.js'
import { ulps } from '../budget.js'
import { exactly, isNegative, nearest, places, withSign } from './exact.js'
import { binary, unary } from './oracle.js'
import { exp, log } from './real.js'

const infinity = Number.POSITIVE_INFINITY
/** The integer that is the same modulo 2³² and has the precision. */
export const word = (n: bigint, precision: Precision): number =>
  Number(precision === 'int32' ? BigInt.asIntN(32, n) : BigInt.asUintN(32, n))

/** In the order of the floats: −0 is below 0, and no NaN is asked. */
export const isBelow = (x: number, y: number): boolean => {
  if (isNegative(x) !== isNegative(y)) return isNegative(x)
  if (!Number.isFinite(x) || !Number.isFinite(y)) return x === -infinity ? y !== x : y === infinity && x !== y
  return exactly(x) < exactly(y)
}
const isNone = (x: number, y: number): boolean => Number.isNaN(x) || Number.isNaN(y)

/** One function for floats, another for integers. */
const byKind =
  <Xs extends readonly number[]>(float: (...xs: Xs) => number, integer: (...xs: { readonly [I in keyof Xs]: bigint }) => bigint) =>
  (precision: Precision, ...xs: Xs): number =>
    isFloat(precision)
      ? float(...xs)
      : word(integer(...(xs.map((x) => BigInt(x)) as unknown as { readonly [I in keyof Xs]: bigint })), precision)

const plus = (x: number, y: number): number => {
  if (isNone(x, y)) return Number.NaN
  if (!Number.isFinite(x)) return !Number.isFinite(y) && isNegative(x) !== isNegative(y) ? Number.NaN : x
  if (!Number.isFinite(y)) return y
  const sum = exactly(x) + exactly(y)
  return sum === 0n ? withSign(isNegative(x) && isNegative(y), 0) : nearest(sum)
}
const opposite = (x: number): number => (Number.isNaN(x) ? x : withSign(!isNegative(x), x))
const signed = (x: number, y: number, size: number): number => (Number.isNaN(size) ? size : withSign(isNegative(x) !== isNegative(y), size))
const product = (x: number, y: number): number => {
  if (isNone(x, y)) return Number.NaN
  const areFinite = Number.isFinite(x) && Number.isFinite(y)
  return signed(x, y, areFinite ? nearest(exactly(x) * exactly(y), 2 * places) : x === 0 || y === 0 ? Number.NaN : infinity)
}
/** So many more places that a quotient of floats is told from the middle between two; a remainder is one bit behind them. */
const more = 2300
const quotient = (x: number, y: number): number => {
  if (isNone(x, y)) return Number.NaN
  if (!Number.isFinite(x)) return Number.isFinite(y) ? signed(x, y, infinity) : Number.NaN
  if (!Number.isFinite(y)) return signed(x, y, 0)
  if (y === 0) return x === 0 ? Number.NaN : signed(x, y, infinity)
  const [dividend, divisor] = [exactly(x) << BigInt(more), exactly(y)]
  const rest = dividend % divisor === 0n ? 0n : 1n
  const size = dividend / divisor
  return signed(x, y, nearest(((size < 0n ? -size : size) << 1n) | rest, more + 1))
}

const isOdd = (y: number): boolean => Number.isInteger(y) && BigInt(y) % 2n !== 0n
/** |x| ^ y = exp(y log |x|), with the sign of x where y is odd. */
const power = (x: number, y: number): number => {
  if (y === 0 || x === 1) return 1
  if (isNone(x, y)) return Number.NaN
  if (!Number.isFinite(y)) return Math.abs(x) === 1 ? 1 : Math.abs(x) > 1 === y > 0 ? infinity : 0
  const sign = isNegative(x) && isOdd(y)
  if (x === 0) return withSign(sign, y < 0 ? infinity : 0)
  if (!Number.isFinite(x)) return withSign(sign, y < 0 ? 0 : infinity)
  if (x < 0 && !Number.isInteger(y)) return Number.NaN
  const exponent = (exactly(y) * log(exactly(Math.abs(x)))) >> BigInt(places)
  const isFar = nearest(exponent)
  return withSign(sign, isFar > 800 ? infinity : isFar < -800 ? 0 : nearest(exp(exponent)))
}

const integers = 'integers of any size, rounded once; of integers, modulo 2³²'
export const arithmetic = {
  neg: unary('the sign bit, turned; of integers, modulo 2³²', (x, p) => byKind(opposite, (n) => -n)(p, x)),
  abs: unary('the sign bit, cleared; of integers, modulo 2³²', (x, p) =>
    byKind(
      (a: number) => (Number.isNaN(a) ? a : withSign(false, a)),
      (n) => (n < 0n ? -n : n),
    )(p, x),
  ),
  sign: unary('1 with the sign of x, and x where it is ±0 or NaN', (x) => (x === 0 || Number.isNaN(x) ? x : withSign(isNegative(x), 1))),
  floor: unary('the largest whole number that is not above x', (x) =>
    x === 0 || !Number.isFinite(x) ? x : nearest((exactly(x) >> BigInt(places)) << BigInt(places)),
  ),
  stopGradient: unary('x itself', (x) => x),
  add: binary(`x + y: ${integers}`, (x, y, p) => byKind(plus, (a, b) => a + b)(p, x, y)),
  sub: binary(`x − y: ${integers}`, (x, y, p) =>
    byKind(
      (a: number, b: number) => plus(a, opposite(b)),
      (a, b) => a - b,
    )(p, x, y),
  ),
  mul: binary(`x · y: ${integers}`, (x, y, p) => byKind(product, (a, b) => a * b)(p, x, y)),
  div: binary('x / y: the quotient of integers of any size, rounded once', quotient, {
    examples: examples.binary(moderate(), examples.denominator),
  }),
  pow: binary('±exp(y log |x|), and IEEE’s values where there is no logarithm', power, {
    source: 'IEEE 754-2019 §9.2.1',
    ulps: 1,
    engine: ulps(1),
    examples: examples.binary(positive, moderate()),
  }),
  maximum: binary('the one that is not below the other, −0 below 0; NaN if either is', (x, y) =>
    isNone(x, y) ? Number.NaN : isBelow(x, y) ? y : x,
  ),
  minimum: binary('the one that is not above the other, −0 below 0; NaN if either is', (x, y) =>
    isNone(x, y) ? Number.NaN : isBelow(x, y) ? x : y,
  ),
}
