/**
 * The declared algebra of the ops of one number. Where a condition is given, it is the sum over the
 * steps of what half a unit of each may move the result by, taken as a whole unit.
 */
import { floats, int32, moderates, ordered, positives, wholes, wide } from './domain.js'
import { claim, closely, even, involution, monotone, odd, projection, undoneBy } from './properties.js'

const { abs, exp, log, log1p } = Math

export const elementary = {
  neg: [
    involution(floats),
    involution(int32),
    claim('opposite', 'x + (−x) = 0', wholes, (o, x) => [o.constant(0, x), o.add(x, o.neg(x))]),
    claim('opposite', 'x + (−x) = 0 modulo 2³²', int32, (o, x) => [o.constant(0, x), o.add(x, o.neg(x))]),
  ],
  abs: [
    projection(floats),
    even(floats),
    claim('multiplicative', '|x · y| = |x| · |y|', floats, (o, x, y) => [o.mul(o.abs(x), o.abs(y)), o.abs(o.mul(x, y))]),
    projection(int32),
  ],
  sign: [
    projection(floats),
    odd(floats),
    monotone(ordered),
    claim('polar', 'sign x · |x| = x', wholes, (o, x) => [x, o.mul(o.sign(x), o.abs(x))]),
    claim('polar', 'sign x · |x| = x', int32, (o, x) => [x, o.mul(o.sign(x), o.abs(x))]),
  ],
  exp: [
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
  expm1: [
    monotone(wide),
    undoneBy(
      'log1p',
      moderates,
      (o, y) => o.log1p(y),
      (x) => Math.expm1(-x),
    ),
  ],
  log: [
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
  log1p: [
    monotone(positives),
    undoneBy(
      'expm1',
      positives,
      (o, y) => o.expm1(y),
      (x) => (1 + x) * log1p(x),
    ),
  ],
  sqrt: [
    monotone(positives),
    undoneBy(
      'square',
      positives,
      (o, y) => o.mul(y, y),
      (x) => 2 * x,
    ),
    claim('exact', '√(x · x) = |x|', wholes, (o, x) => [o.abs(x), o.sqrt(o.mul(x, x))]),
  ],
  sin: [
    odd(wide),
    closely(
      'pythagoras',
      'sin² x + cos² x = 1',
      wide,
      (o, x) => [o.constant(1, x), o.add(o.mul(o.sin(x), o.sin(x)), o.mul(o.cos(x), o.cos(x)))],
      () => 4,
    ),
  ],
  cos: [
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
  tanh: [odd(floats), monotone(wide)],
  sigmoid: [
    monotone(wide),
    closely(
      'complement',
      'σ(x) + σ(−x) = 1',
      wide,
      (o, x) => [o.constant(1, x), o.add(o.sigmoid(x), o.sigmoid(o.neg(x)))],
      () => 2,
    ),
  ],
  softplus: [
    monotone(wide),
    closely(
      'difference',
      'softplus x − softplus(−x) = x',
      wide,
      (o, x) => [x, o.sub(o.softplus(x), o.softplus(o.neg(x)))],
      (x) => 2 + 2 * abs(x),
    ),
  ],
  floor: [
    projection(floats),
    monotone(ordered),
    claim('translation', '⌊x + n⌋ = ⌊x⌋ + n', moderates, (o, x, y) => [o.add(o.floor(x), o.floor(y)), o.floor(o.add(x, o.floor(y)))]),
  ],
  stopGradient: [claim('identity', 'f(x) = x', floats, (o, x) => [x, o.stopGradient(x)])],
}
