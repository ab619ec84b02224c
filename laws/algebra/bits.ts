/** The declared algebra of bits: a Boolean one, and shifts as products and quotients modulo 2³². */
import * as fc from 'fast-check'
import { bool, type Domain, int32, three, uint32 } from './domain.js'
import type { Float } from './evaluation.js'
import { annihilator, associative, claim, commutative, idempotent, identity, involution, type Property, same } from './properties.js'

const sorts = [int32, uint32, bool]
/** All bits set. */
const all = (domain: Domain): number => (domain === int32 ? -1 : domain === uint32 ? 2 ** 32 - 1 : 1)
const bitwise = (unit: (d: Domain) => number): readonly Property[] =>
  sorts.flatMap((d) => [commutative(d), associative(d), ...identity(unit(d), d)])

const turned = fc.integer({ min: 1, max: 31 })
const shifted = (domain: Domain) => (float: Float) => fc.tuple(three(domain, float), turned)

export const bits = {
  and: [...bitwise(all), ...sorts.flatMap((d) => [idempotent(d), annihilator(0, d)])],
  or: [
    ...bitwise(() => 0),
    ...sorts.flatMap((d) => [
      idempotent(d),
      annihilator(all(d), d),
      claim('distributive', 'x ∧ (y ∨ z) = (x ∧ y) ∨ (x ∧ z)', d, (o, x, y, z) => [o.or(o.and(x, y), o.and(x, z)), o.and(x, o.or(y, z))]),
    ]),
  ],
  xor: [
    ...bitwise(() => 0),
    ...sorts.map((d) => claim('undone', '(x ⊕ y) ⊕ y = x', d, (o, x, y) => [x, o.xor(o.xor(x, y), y)])),
    ...sorts.map((d) =>
      claim('either', 'x ⊕ y = (x ∨ y) ∧ ¬(x ∧ y)', d, (o, x, y) => [o.and(o.or(x, y), o.not(o.and(x, y))), o.xor(x, y)]),
    ),
  ],
  not: [
    ...sorts.map(involution),
    ...sorts.map((d) => claim('de-morgan', '¬(x ∧ y) = ¬x ∨ ¬y', d, (o, x, y) => [o.or(o.not(x), o.not(y)), o.not(o.and(x, y))])),
    claim('complement', '¬x = −x − 1', int32, (o, x) => [o.sub(o.neg(x), o.constant(1, x)), o.not(x)]),
  ],
  shiftLeft: [int32, uint32].flatMap((d) => [
    same(`doubles.${d.name}`, 'x ≪ b = x · 2^b modulo 2³²', shifted(d), (o, [[x], bits]) => [
      o.mul(x, o.constant((2 ** bits) | 0, x)),
      o.shiftLeft(x, { bits }),
    ]),
    same(`adds.${d.name}`, '(x ≪ 1) ≪ (b − 1) = x ≪ b', shifted(d), (o, [[x], bits]) => [
      o.shiftLeft(x, { bits }),
      o.shiftLeft(o.shiftLeft(x, { bits: 1 }), { bits: bits - 1 }),
    ]),
  ]),
  shiftRight: [
    same('undoes', '(x ≪ b) ≫ b = x without its b highest bits', shifted(uint32), (o, [[x], bits]) => [
      o.and(x, o.constant(2 ** (32 - bits) - 1, x)),
      o.shiftRight(o.shiftLeft(x, { bits }), { bits }),
    ]),
    ...[int32, uint32].map((d) =>
      same(`halves.${d.name}`, '(x ≫ b) ≪ b = x without its b lowest bits', shifted(d), (o, [[x], bits]) => [
        o.sub(x, o.and(x, o.constant(2 ** bits - 1, x))),
        o.shiftLeft(o.shiftRight(x, { bits }), { bits }),
      ]),
    ),
    same('signed', 'x ≫ 31 = −1 where x < 0, else 0', shifted(int32), (o, [[x]]) => [
      o.neg(o.cast(o.less(x, o.constant(0, x)), { to: 'int32' })),
      o.shiftRight(x, { bits: 31 }),
    ]),
  ],
  rotateLeft: [
    same('undone', 'turned by b and by 32 − b is x', shifted(uint32), (o, [[x], bits]) => [
      x,
      o.rotateLeft(o.rotateLeft(x, { bits }), { bits: 32 - bits }),
    ]),
    same('parts', 'x ⋘ b = (x ≪ b) ∨ (x ≫ (32 − b))', shifted(uint32), (o, [[x], bits]) => [
      o.or(o.shiftLeft(x, { bits }), o.shiftRight(x, { bits: 32 - bits })),
      o.rotateLeft(x, { bits }),
    ]),
  ],
}
