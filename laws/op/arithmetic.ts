/**
 * Ops of arithmetic: by integers of any size, rounded once; of integers, modulo 2³².
 *
 * Sums and products of floats do not associate: they do on whole numbers, where they are exact, and on others within the
 * rounding of each step. −0 is the identity of a sum of floats: −0 + 0 = 0.
 */
import { divisors, floats, int32, moderates, positives, uint32, wholes } from '../algebra/domain.js'
import { annihilator, associative, claim, closely, commutative, identity, involution, rightIdentity } from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { moderate, positive } from '../arbitrary/tensors.js'
import { ulps } from '../budget.js'
import { byKind, opposite, plus, power, product, quotient } from '../oracle/arithmetic.js'
import { binary, unary } from '../oracle/oracle.js'
import type { DeclaredOps } from './declared.js'

const { abs } = Math
const integers = [int32, uint32]
const unrounded = 'integers of any size, rounded once; of integers, modulo 2³²'

export const arithmetic = {
  neg: {
    oracle: unary('the sign bit, turned; of integers, modulo 2³²', (x, p) => byKind(opposite, (n) => -n)(p, x)),
    properties: [
      involution(floats),
      involution(int32),
      claim('opposite', 'x + (−x) = 0', wholes, (o, x) => [o.constant(0, x), o.add(x, o.neg(x))]),
      claim('opposite', 'x + (−x) = 0 modulo 2³²', int32, (o, x) => [o.constant(0, x), o.add(x, o.neg(x))]),
    ],
  },
  add: {
    oracle: binary(`x + y: ${unrounded}`, (x, y, p) => byKind(plus, (a, b) => a + b)(p, x, y)),
    properties: [
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
  },
  sub: {
    oracle: binary(`x − y: ${unrounded}`, (x, y, p) =>
      byKind(
        (a: number, b: number) => plus(a, opposite(b)),
        (a, b) => a - b,
      )(p, x, y),
    ),
    properties: [
      claim('opposite', 'x − y = x + (−y)', floats, (o, x, y) => [o.add(x, o.neg(y)), o.sub(x, y)]),
      claim('undone', '(x + y) − y = x', wholes, (o, x, y) => [x, o.sub(o.add(x, y), y)]),
      ...integers.map((d) => claim('undone', '(x + y) − y = x', d, (o, x, y) => [x, o.sub(o.add(x, y), y)])),
      rightIdentity(0, floats),
      claim('antisymmetric', 'x − y = −(y − x)', divisors, (o, x, y) => [o.add(o.neg(o.sub(y, x)), o.constant(0, x)), o.sub(x, y)]),
    ],
  },
  mul: {
    oracle: binary(`x · y: ${unrounded}`, (x, y, p) => byKind(product, (a, b) => a * b)(p, x, y)),
    properties: [
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
  },
  div: {
    oracle: binary('x / y: the quotient of integers of any size, rounded once', quotient, {
      examples: examples.binary(moderate(), examples.denominator),
    }),
    properties: [
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
  },
  pow: {
    oracle: binary('±exp(y log |x|), and IEEE’s values where there is no logarithm', power, {
      source: 'IEEE 754-2019 §9.2.1',
      ulps: 1,
      engine: ulps(1),
      examples: examples.binary(positive, moderate()),
    }),
    properties: [
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
  },
} satisfies Partial<DeclaredOps>
