/** Arithmetic of floats by integers of any size, rounded once; of integers, modulo 2³². */
import { isFloat, type Precision } from '../../src/prim/index.js'
import { exactly, isNegative, nearest, places, withSign } from './exact.js'
import { isNone } from './order.js'
import { exp, log } from './real.js'

const infinity = Number.POSITIVE_INFINITY
/** The integer that is the same modulo 2³² and has the precision. */
export const word = (n: bigint, precision: Precision): number =>
  Number(precision === 'int32' ? BigInt.asIntN(32, n) : BigInt.asUintN(32, n))

/** One function for floats, another for integers. */
export const byKind =
  <Xs extends readonly number[]>(float: (...xs: Xs) => number, integer: (...xs: { readonly [I in keyof Xs]: bigint }) => bigint) =>
  (precision: Precision, ...xs: Xs): number =>
    isFloat(precision)
      ? float(...xs)
      : word(integer(...(xs.map((x) => BigInt(x)) as unknown as { readonly [I in keyof Xs]: bigint })), precision)

export const plus = (x: number, y: number): number => {
  if (isNone(x, y)) return Number.NaN
  if (!Number.isFinite(x)) return !Number.isFinite(y) && isNegative(x) !== isNegative(y) ? Number.NaN : x
  if (!Number.isFinite(y)) return y
  const sum = exactly(x) + exactly(y)
  return sum === 0n ? withSign(isNegative(x) && isNegative(y), 0) : nearest(sum)
}
export const opposite = (x: number): number => (Number.isNaN(x) ? x : withSign(!isNegative(x), x))
const signed = (x: number, y: number, size: number): number => (Number.isNaN(size) ? size : withSign(isNegative(x) !== isNegative(y), size))
export const product = (x: number, y: number): number => {
  if (isNone(x, y)) return Number.NaN
  const areFinite = Number.isFinite(x) && Number.isFinite(y)
  return signed(x, y, areFinite ? nearest(exactly(x) * exactly(y), 2 * places) : x === 0 || y === 0 ? Number.NaN : infinity)
}
/** So many more places that a quotient of floats is told from the middle between two; a remainder is one bit behind them. */
const more = 2300
export const quotient = (x: number, y: number): number => {
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
export const power = (x: number, y: number): number => {
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
