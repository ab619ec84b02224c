/** Casts, and choices between two. */
import type { CastAttributes } from '../../src/prim/index.js'
import type { Precision } from '../../src/tensor/index.js'
import { bool, type Domain, floats, int32, three, uint32, wholes } from '../algebra/domain.js'
import type { Float } from '../algebra/evaluation.js'
import { claim, type Property, same } from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { tensorOf } from '../arbitrary/tensors.js'
import { exact } from '../budget.js'
import { converted } from '../oracle/converted.js'
import { unaryWith } from '../oracle/oracle.js'
import type { DeclaredOps } from './declared.js'

const source = 'by definition'
const roundTrip = (domain: Domain, ...through: readonly Precision[]): readonly Property[] =>
  through.map((to) =>
    claim(`through-${to}`, `${domain.name} → ${to} → ${domain.name} loses nothing`, domain, (o, x) => [
      x,
      o.cast(o.cast(x, { to }), { to: x.precision }),
    ]),
  )
const choices = (domain: Domain) => (float: Float) =>
  three(domain, float).chain((xs) => tensorOf(xs[0].shape, bool.numbers, 'bool').map((c) => ({ c, x: xs[0], y: xs[1] })))
export const choice = {
  cast: {
    oracle: unaryWith<CastAttributes>(
      'the nearest float; the whole number next to x towards 0, or the nearest there is; of integers, the same modulo 2³²',
      (x, from, { to }) => converted(x, from, to),
      { source, examples: examples.cast },
    ),
    properties: [
      ...roundTrip(int32, 'float64', 'uint32'),
      ...roundTrip(uint32, 'float64', 'int32'),
      ...roundTrip(bool, 'float32', 'float64', 'int32', 'uint32'),
      ...roundTrip(wholes, 'int32', 'float64'),
      same(
        'narrows',
        'float64 → float32 → float64 → float32 = float64 → float32',
        () => three(floats, 'float64'),
        (o, [x]) => {
          const narrow = o.cast(x, { to: 'float32' })
          return [narrow, o.cast(o.cast(narrow, { to: 'float64' }), { to: 'float32' })]
        },
      ),
      claim('truth', 'x → bool = not x = 0', floats, (o, x) => [o.not(o.equal(x, o.constant(0, x))), o.cast(x, { to: 'bool' })]),
    ],
  },
  select: {
    oracle: {
      examples: examples.select,
      statement: 'the first branch where the condition is 1, the second where it is 0',
      source,
      ulps: 0,
      engine: exact,
      on: 'any',
      numbers: ([c, x, y]) => c.numbers.map((condition, i) => [y, x][condition]?.numbers[i] ?? Number.NaN),
    },
    properties: [
      same('same', 'c ? x : x = x', choices(floats), (o, { c, x }) => [x, o.select(c, x, x)]),
      same('swapped', 'c ? x : y = ¬c ? y : x', choices(floats), (o, { c, x, y }) => [o.select(o.not(c), y, x), o.select(c, x, y)]),
      same(
        'chooses',
        '(x < y) ? y : x = max(x, y)',
        () => three(int32, 'float64'),
        (o, [x, y]) => [o.maximum(x, y), o.select(o.less(x, y), y, x)],
      ),
    ],
  },
} satisfies Partial<DeclaredOps>
