/** Ops of bits: by the binary digits of words. A Boolean algebra, and shifts as products and quotients modulo 2³². */
import * as fc from 'fast-check'
import type { BitsAttributes } from '../../src/prim/index.js'
import { bool, type Domain, int32, three, uint32 } from '../algebra/domain.js'
import type { Float } from '../algebra/evaluation.js'
import {
  annihilator,
  associative,
  claim,
  commutative,
  idempotent,
  identity,
  involution,
  type Property,
  same,
} from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { word } from '../oracle/arithmetic.js'
import { byDigits, digitsOf, fromDigits } from '../oracle/digits.js'
import { binary, unary, unaryWith } from '../oracle/oracle.js'
import type { DeclaredOps } from './declared.js'

const source = 'by definition'
const ofWords = { source, examples: examples.binary(examples.word, examples.word, 'uint32') }
const shifted = (statement: string, f: (n: bigint, by: bigint) => bigint) =>
  unaryWith<BitsAttributes>(statement, (x, precision, { bits }) => word(f(BigInt(x), 2n ** BigInt(bits)), precision), {
    source,
    examples: examples.shift,
  })
/** Rounded down, of negative numbers too. */
const floored = (n: bigint, by: bigint): bigint => (n - (((n % by) + by) % by)) / by

const sorts = [int32, uint32, bool]
/** All bits set. */
const all = (domain: Domain): number => (domain === int32 ? -1 : domain === uint32 ? 2 ** 32 - 1 : 1)
const bitwise = (unit: (d: Domain) => number): readonly Property[] =>
  sorts.flatMap((d) => [commutative(d), associative(d), ...identity(unit(d), d)])

const turned = fc.integer({ min: 1, max: 31 })
const withBits = (domain: Domain) => (float: Float) => fc.tuple(three(domain, float), turned)

export const bits = {
  and: {
    oracle: binary(
      'binary digits that both have',
      byDigits((a, b) => a + b === 2),
      ofWords,
    ),
    properties: [...bitwise(all), ...sorts.flatMap((d) => [idempotent(d), annihilator(0, d)])],
  },
  or: {
    oracle: binary(
      'binary digits that one has, or both',
      byDigits((a, b) => a + b > 0),
      ofWords,
    ),
    properties: [
      ...bitwise(() => 0),
      ...sorts.flatMap((d) => [
        idempotent(d),
        annihilator(all(d), d),
        claim('distributive', 'x ∧ (y ∨ z) = (x ∧ y) ∨ (x ∧ z)', d, (o, x, y, z) => [o.or(o.and(x, y), o.and(x, z)), o.and(x, o.or(y, z))]),
      ]),
    ],
  },
  xor: {
    oracle: binary(
      'binary digits that exactly one has',
      byDigits((a, b) => a + b === 1),
      ofWords,
    ),
    properties: [
      ...bitwise(() => 0),
      ...sorts.map((d) => claim('undone', '(x ⊕ y) ⊕ y = x', d, (o, x, y) => [x, o.xor(o.xor(x, y), y)])),
      ...sorts.map((d) =>
        claim('either', 'x ⊕ y = (x ∨ y) ∧ ¬(x ∧ y)', d, (o, x, y) => [o.and(o.or(x, y), o.not(o.and(x, y))), o.xor(x, y)]),
      ),
    ],
  },
  not: {
    oracle: unary('binary digits that it does not have', (x, precision) => byDigits((a) => a === 0)(x, x, precision), {
      source,
      examples: examples.unary(examples.word, 'uint32'),
    }),
    properties: [
      ...sorts.map(involution),
      ...sorts.map((d) => claim('de-morgan', '¬(x ∧ y) = ¬x ∨ ¬y', d, (o, x, y) => [o.or(o.not(x), o.not(y)), o.not(o.and(x, y))])),
      claim('complement', '¬x = −x − 1', int32, (o, x) => [o.sub(o.neg(x), o.constant(1, x)), o.not(x)]),
    ],
  },
  shiftLeft: {
    oracle: shifted('x · 2^bits modulo 2³²', (n, by) => n * by),
    properties: [int32, uint32].flatMap((d) => [
      same(`doubles.${d.name}`, 'x ≪ b = x · 2^b modulo 2³²', withBits(d), (o, [[x], bits]) => [
        o.mul(x, o.constant((2 ** bits) | 0, x)),
        o.shiftLeft(x, { bits }),
      ]),
      same(`adds.${d.name}`, '(x ≪ 1) ≪ (b − 1) = x ≪ b', withBits(d), (o, [[x], bits]) => [
        o.shiftLeft(x, { bits }),
        o.shiftLeft(o.shiftLeft(x, { bits: 1 }), { bits: bits - 1 }),
      ]),
    ]),
  },
  shiftRight: {
    oracle: shifted('⌊x / 2^bits⌋', floored),
    properties: [
      same('undoes', '(x ≪ b) ≫ b = x without its b highest bits', withBits(uint32), (o, [[x], bits]) => [
        o.and(x, o.constant(2 ** (32 - bits) - 1, x)),
        o.shiftRight(o.shiftLeft(x, { bits }), { bits }),
      ]),
      ...[int32, uint32].map((d) =>
        same(`halves.${d.name}`, '(x ≫ b) ≪ b = x without its b lowest bits', withBits(d), (o, [[x], bits]) => [
          o.sub(x, o.and(x, o.constant(2 ** bits - 1, x))),
          o.shiftLeft(o.shiftRight(x, { bits }), { bits }),
        ]),
      ),
      same('signed', 'x ≫ 31 = −1 where x < 0, else 0', withBits(int32), (o, [[x]]) => [
        o.neg(o.cast(o.less(x, o.constant(0, x)), { to: 'int32' })),
        o.shiftRight(x, { bits: 31 }),
      ]),
    ],
  },
  rotateLeft: {
    oracle: unaryWith<BitsAttributes>(
      'its binary digits, the first behind the last',
      (x, precision, { bits }) => {
        const digits = digitsOf(x, precision)
        return fromDigits([...digits.slice(bits), ...digits.slice(0, bits)], precision)
      },
      { source, examples: examples.shift },
    ),
    properties: [
      same('undone', 'turned by b and by 32 − b is x', withBits(uint32), (o, [[x], bits]) => [
        x,
        o.rotateLeft(o.rotateLeft(x, { bits }), { bits: 32 - bits }),
      ]),
      same('parts', 'x ⋘ b = (x ≪ b) ∨ (x ≫ (32 − b))', withBits(uint32), (o, [[x], bits]) => [
        o.or(o.shiftLeft(x, { bits }), o.shiftRight(x, { bits: 32 - bits })),
        o.rotateLeft(x, { bits }),
      ]),
    ],
  },
} satisfies Partial<DeclaredOps>
