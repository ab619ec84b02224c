/** Comparisons, and the larger and the smaller of two: by the order of the reals. A total order, but for NaN. */
import { bool, edges, floats, int32, ordered, uint32 } from '../algebra/domain.js'
import { annihilator, associative, claim, commutative, idempotent, identity, type Property } from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { binary } from '../oracle/oracle.js'
import { isBelow, isLess, isNone } from '../oracle/order.js'
import type { DeclaredOps } from './declared.js'

const source = 'by definition'
/** A lattice's meet or join. */
const lattice = (least: number, greatest: number): readonly Property[] => [
  ...[floats, edges, int32, uint32].flatMap((d) => [commutative(d), associative(d), idempotent(d)]),
  ...identity(least, floats),
  annihilator(greatest, ordered),
]

export const order = {
  maximum: {
    oracle: binary('the one that is not below the other, −0 below 0; NaN if either is', (x, y) =>
      isNone(x, y) ? Number.NaN : isBelow(x, y) ? y : x,
    ),
    properties: [
      ...lattice(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
      claim('absorption', 'max(x, min(x, y)) = x', ordered, (o, x, y) => [x, o.maximum(x, o.minimum(x, y))]),
      ...[int32, uint32].map((d) => claim('absorption', 'max(x, min(x, y)) = x', d, (o, x, y) => [x, o.maximum(x, o.minimum(x, y))])),
    ],
  },
  minimum: {
    oracle: binary('the one that is not above the other, −0 below 0; NaN if either is', (x, y) =>
      isNone(x, y) ? Number.NaN : isBelow(x, y) ? x : y,
    ),
    properties: [
      ...lattice(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      claim('dual', 'min(x, y) = −max(−x, −y)', floats, (o, x, y) => [o.neg(o.maximum(o.neg(x), o.neg(y))), o.minimum(x, y)]),
      claim('sum', 'min(x, y) + max(x, y) = x + y', int32, (o, x, y) => [o.add(x, y), o.add(o.minimum(x, y), o.maximum(x, y))]),
    ],
  },
  less: {
    oracle: binary('x stands before y among the reals', (x, y) => Number(isLess(x, y)), { source }),
    properties: [
      ...[floats, int32, uint32].map((d) => claim('irreflexive', 'not x < x', d, (o, x) => [o.constant(0, o.less(x, x)), o.less(x, x)])),
      ...[ordered, int32, uint32].map((d) => claim('total', 'x < y = not y ≤ x', d, (o, x, y) => [o.not(o.lessEqual(y, x)), o.less(x, y)])),
      ...[ordered, int32, uint32].map((d) =>
        claim('extreme', 'x < y = (min(x, y) = x) ∧ not x = y', d, (o, x, y) => [
          o.and(o.equal(o.minimum(x, y), x), o.not(o.equal(x, y))),
          o.less(x, y),
        ]),
      ),
    ],
  },
  lessEqual: {
    oracle: binary('y does not stand before x among the reals', (x, y) => Number(!isNone(x, y) && !isLess(y, x)), { source }),
    properties: [
      ...[floats, int32, uint32].map((d) =>
        claim('either', 'x ≤ y = x < y ∨ x = y', d, (o, x, y) => [o.or(o.less(x, y), o.equal(x, y)), o.lessEqual(x, y)]),
      ),
      ...[ordered, int32, uint32].map((d) =>
        claim('antisymmetric', 'x ≤ y ∧ y ≤ x = (x = y)', d, (o, x, y) => [o.equal(x, y), o.and(o.lessEqual(x, y), o.lessEqual(y, x))]),
      ),
    ],
  },
  equal: {
    oracle: binary('neither stands before the other', (x, y) => Number(!isNone(x, y) && !isLess(x, y) && !isLess(y, x)), {
      source,
      examples: examples.binary(examples.truth, examples.truth),
    }),
    properties: [
      ...[floats, int32, uint32, bool].map(commutative),
      ...[ordered, int32, uint32, bool].map((d) => claim('reflexive', 'x = x', d, (o, x) => [o.constant(1, o.equal(x, x)), o.equal(x, x)])),
    ],
  },
} satisfies Partial<DeclaredOps>
