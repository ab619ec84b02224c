/**
 * The declared algebra of the ops that act on one number at a time.
 *
 * Sums and products of floats do not associate: they do on whole numbers, where they are exact, and on others within the
 * rounding of each step. −0 is the identity of a sum of floats: −0 + 0 = 0. Where a condition is given, it is the sum over the
 * steps of what half a unit of each may move the result by, taken as a whole unit.
 */
import { bool, divisors, edges, floats, int32, moderates, ordered, positives, uint32, wholes, wide } from './domain.js'
import {
  annihilator,
  associative,
  claim,
  closely,
  commutative,
  even,
  idempotent,
  involution,
  leftIdentity,
  monotone,
  odd,
  type Property,
  projection,
  rightIdentity,
  undoneBy,
} from './properties.js'

const { abs, exp, log, log1p } = Math
const integers = [int32, uint32]
const bits = [int32, uint32, bool]
const identity = (element: number, domain: typeof floats): readonly Property[] => [
  leftIdentity(element, domain),
  rightIdentity(element, domain),
]
/** All bits set. */
const all = (domain: typeof floats): number => (domain === int32 ? -1 : domain === uint32 ? 2 ** 32 - 1 : 1)
/** A lattice's meet or join. */
const lattice = (least: number, greatest: number): readonly Property[] => [
  ...[floats, edges, int32, uint32].flatMap((d) => [commutative(d), associative(d), idempotent(d)]),
  ...identity(least, floats),
  annihilator(greatest, ordered),
]
const bitwise = (unit: (d: typeof floats) => number): readonly Property[] =>
  bits.flatMap((d) => [commutative(d), associative(d), ...identity(unit(d), d)])

export const unary = {
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

export const binary = {
  add: [
    ...[floats, ...integers].map(commutative),
    ...[wholes, ...integers].map(associative),
    ...identity(-0, floats),
    ...integers.flatMap((d) => identity(0, d)),
    closely(
      'associative',
      '(x + y) + z = x + (y + z), within a rounding of each sum',
      moderates,
      (o, x, y, z) => [o.add(o.add(x, y), z), o.add(x, o.add(y, z))],
      (x, y, z) => abs(x + y) + abs(y + z) + 2 * abs(x + y + z),
    ),
  ],
  sub: [
    claim('opposite', 'x − y = x + (−y)', floats, (o, x, y) => [o.add(x, o.neg(y)), o.sub(x, y)]),
    claim('undone', '(x + y) − y = x', wholes, (o, x, y) => [x, o.sub(o.add(x, y), y)]),
    ...integers.map((d) => claim('undone', '(x + y) − y = x', d, (o, x, y) => [x, o.sub(o.add(x, y), y)])),
    rightIdentity(0, floats),
    claim('antisymmetric', 'x − y = −(y − x)', divisors, (o, x, y) => [o.add(o.neg(o.sub(y, x)), o.constant(0, x)), o.sub(x, y)]),
  ],
  mul: [
    ...[floats, ...integers].map(commutative),
    ...[divisors, ...integers].map(associative),
    ...[floats, ...integers].flatMap((d) => identity(1, d)),
    ...integers.map((d) => annihilator(0, d)),
    ...[wholes, ...integers].map((d) =>
      claim('distributive', 'x · (y + z) = x · y + x · z', d, (o, x, y, z) => {
        const zero = o.constant(0, x) // + 0 turns −0 into 0: x · (y + z) may be −0 where the sum of two zeros is 0
        return [o.add(o.add(o.mul(x, y), o.mul(x, z)), zero), o.add(o.mul(x, o.add(y, z)), zero)]
      }),
    ),
    claim('odd', '(−x) · y = −(x · y)', floats, (o, x, y) => [o.neg(o.mul(x, y)), o.mul(o.neg(x), y)]),
    closely(
      'associative',
      '(x · y) · z = x · (y · z), within a rounding of each product',
      moderates,
      (o, x, y, z) => [o.mul(o.mul(x, y), z), o.mul(x, o.mul(y, z))],
      (x, y, z) => 2 * abs(x * y * z),
    ),
  ],
  div: [
    rightIdentity(1, floats),
    claim('undone', '(x · y) / y = x', divisors, (o, x, y) => [x, o.div(o.mul(x, y), y)]),
    claim('odd', '(−x) / y = −(x / y)', floats, (o, x, y) => [o.neg(o.div(x, y)), o.div(o.neg(x), y)]),
    closely(
      'undoes',
      '(x / y) · y = x',
      moderates,
      (o, x, y) => [x, o.mul(o.div(x, y), y)],
      (x) => abs(x),
    ),
  ],
  pow: [
    claim('zeroth', 'x⁰ = 1, of NaN too', floats, (o, x) => [o.constant(1, x), o.pow(x, o.constant(0, x))]),
    closely(
      'first',
      'x¹ = x',
      moderates,
      (o, x) => [x, o.pow(x, o.constant(1, x))],
      (x) => abs(x),
    ),
    closely(
      'second',
      'x² = x · x',
      moderates,
      (o, x) => [o.mul(x, x), o.pow(x, o.constant(2, x))],
      (x) => 2 * x * x,
    ),
    closely(
      'root',
      'x^½ = √x',
      positives,
      (o, x) => [o.sqrt(x), o.pow(x, o.constant(0.5, x))],
      (x) => 2 * Math.sqrt(x),
    ),
    closely(
      'exponents',
      'x^⌊y⌋ · x^⌊z⌋ = x^(⌊y⌋ + ⌊z⌋)',
      moderates,
      (o, x, y, z) => [o.pow(x, o.add(o.floor(y), o.floor(z))), o.mul(o.pow(x, o.floor(y)), o.pow(x, o.floor(z)))],
      (x, y, z) => 4 * abs(x) ** (Math.floor(y) + Math.floor(z)),
    ),
  ],
  maximum: [
    ...lattice(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    claim('absorption', 'max(x, min(x, y)) = x', ordered, (o, x, y) => [x, o.maximum(x, o.minimum(x, y))]),
    ...[int32, uint32].map((d) => claim('absorption', 'max(x, min(x, y)) = x', d, (o, x, y) => [x, o.maximum(x, o.minimum(x, y))])),
  ],
  minimum: [
    ...lattice(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    claim('dual', 'min(x, y) = −max(−x, −y)', floats, (o, x, y) => [o.neg(o.maximum(o.neg(x), o.neg(y))), o.minimum(x, y)]),
    claim('sum', 'min(x, y) + max(x, y) = x + y', int32, (o, x, y) => [o.add(x, y), o.add(o.minimum(x, y), o.maximum(x, y))]),
  ],
  less: [
    ...[floats, int32, uint32].map((d) => claim('irreflexive', 'not x < x', d, (o, x) => [o.constant(0, o.less(x, x)), o.less(x, x)])),
    ...[ordered, int32, uint32].map((d) => claim('total', 'x < y = not y ≤ x', d, (o, x, y) => [o.not(o.lessEqual(y, x)), o.less(x, y)])),
    ...[ordered, int32, uint32].map((d) =>
      claim('extreme', 'x < y = (min(x, y) = x) ∧ not x = y', d, (o, x, y) => [
        o.and(o.equal(o.minimum(x, y), x), o.not(o.equal(x, y))),
        o.less(x, y),
      ]),
    ),
  ],
  lessEqual: [
    ...[floats, int32, uint32].map((d) =>
      claim('either', 'x ≤ y = x < y ∨ x = y', d, (o, x, y) => [o.or(o.less(x, y), o.equal(x, y)), o.lessEqual(x, y)]),
    ),
    ...[ordered, int32, uint32].map((d) =>
      claim('antisymmetric', 'x ≤ y ∧ y ≤ x = (x = y)', d, (o, x, y) => [o.equal(x, y), o.and(o.lessEqual(x, y), o.lessEqual(y, x))]),
    ),
  ],
  equal: [
    ...[floats, int32, uint32, bool].map(commutative),
    ...[ordered, int32, uint32, bool].map((d) => claim('reflexive', 'x = x', d, (o, x) => [o.constant(1, o.equal(x, x)), o.equal(x, x)])),
  ],
  and: [...bitwise(all), ...bits.flatMap((d) => [idempotent(d), annihilator(0, d)])],
  or: [
    ...bitwise(() => 0),
    ...bits.flatMap((d) => [
      idempotent(d),
      annihilator(all(d), d),
      claim('distributive', 'x ∧ (y ∨ z) = (x ∧ y) ∨ (x ∧ z)', d, (o, x, y, z) => [o.or(o.and(x, y), o.and(x, z)), o.and(x, o.or(y, z))]),
    ]),
  ],
  xor: [
    ...bitwise(() => 0),
    ...bits.map((d) => claim('undone', '(x ⊕ y) ⊕ y = x', d, (o, x, y) => [x, o.xor(o.xor(x, y), y)])),
    ...bits.map((d) => claim('either', 'x ⊕ y = (x ∨ y) ∧ ¬(x ∧ y)', d, (o, x, y) => [o.and(o.or(x, y), o.not(o.and(x, y))), o.xor(x, y)])),
  ],
}

export const complement = {
  not: [
    ...bits.map(involution),
    ...bits.map((d) => claim('de-morgan', '¬(x ∧ y) = ¬x ∨ ¬y', d, (o, x, y) => [o.or(o.not(x), o.not(y)), o.not(o.and(x, y))])),
    claim('complement', '¬x = −x − 1', int32, (o, x) => [o.sub(o.neg(x), o.constant(1, x)), o.not(x)]),
  ],
}
