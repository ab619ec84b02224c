/**
 * The declared algebra of the ops of two numbers.
 *
 * Sums and products of floats do not associate: they do on whole numbers, where they are exact, and on others within the
 * rounding of each step. −0 is the identity of a sum of floats: −0 + 0 = 0.
 */
import { divisors, edges, floats, int32, moderates, ordered, positives, uint32, wholes } from './domain.js'
import { annihilator, associative, claim, closely, commutative, idempotent, identity, type Property, rightIdentity } from './properties.js'

const { abs } = Math
const integers = [int32, uint32]
/** A lattice's meet or join. */
const lattice = (least: number, greatest: number): readonly Property[] => [
  ...[floats, edges, int32, uint32].flatMap((d) => [commutative(d), associative(d), idempotent(d)]),
  ...identity(least, floats),
  annihilator(greatest, ordered),
]

export const arithmetic = {
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
}
