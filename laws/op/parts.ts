/** Ops of the parts of a number: its sign, its size, its whole part; and a number as it is. */
import { floats, int32, moderates, ordered, wholes } from '../algebra/domain.js'
import { claim, even, monotone, odd, projection } from '../algebra/properties.js'
import { byKind } from '../oracle/arithmetic.js'
import { exactly, isNegative, nearest, places, withSign } from '../oracle/exact.js'
import { unary } from '../oracle/oracle.js'
import type { DeclaredOps } from './declared.js'

export const parts = {
  abs: {
    oracle: unary('the sign bit, cleared; of integers, modulo 2³²', (x, p) =>
      byKind(
        (a: number) => (Number.isNaN(a) ? a : withSign(false, a)),
        (n) => (n < 0n ? -n : n),
      )(p, x),
    ),
    properties: [
      projection(floats),
      even(floats),
      claim('multiplicative', '|x · y| = |x| · |y|', floats, (o, x, y) => [o.mul(o.abs(x), o.abs(y)), o.abs(o.mul(x, y))]),
      projection(int32),
    ],
  },
  sign: {
    oracle: unary('1 with the sign of x, and x where it is ±0 or NaN', (x) =>
      x === 0 || Number.isNaN(x) ? x : withSign(isNegative(x), 1),
    ),
    properties: [
      projection(floats),
      odd(floats),
      monotone(ordered),
      claim('polar', 'sign x · |x| = x', wholes, (o, x) => [x, o.mul(o.sign(x), o.abs(x))]),
      claim('polar', 'sign x · |x| = x', int32, (o, x) => [x, o.mul(o.sign(x), o.abs(x))]),
    ],
  },
  floor: {
    oracle: unary('the largest whole number that is not above x', (x) =>
      x === 0 || !Number.isFinite(x) ? x : nearest((exactly(x) >> BigInt(places)) << BigInt(places)),
    ),
    properties: [
      projection(floats),
      monotone(ordered),
      claim('translation', '⌊x + n⌋ = ⌊x⌋ + n', moderates, (o, x, y) => [o.add(o.floor(x), o.floor(y)), o.floor(o.add(x, o.floor(y)))]),
    ],
  },
  stopGradient: {
    oracle: unary('x itself', (x) => x),
    properties: [claim('identity', 'f(x) = x', floats, (o, x) => [x, o.stopGradient(x)])],
  },
} satisfies Partial<DeclaredOps>
