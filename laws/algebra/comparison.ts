/** The declared algebra of comparisons: a total order, but for NaN. */
import { bool, floats, int32, ordered, uint32 } from './domain.js'
import { claim, commutative } from './properties.js'

export const comparison = {
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
}
