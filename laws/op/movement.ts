/** The ops that move numbers: each is undone by another, and the linear ones have their adjoint. */
import * as fc from 'fast-check'
import { sizeAt } from '../../src/prim/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { adjoints, inversePermutation } from '../algebra/adjoints.js'
import { floats, three } from '../algebra/domain.js'
import { at, size, vectors, whole } from '../algebra/examples.js'
import { same } from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { exact } from '../budget.js'
import { cells, cut, indicesOf, moved, only, shifted, without } from '../oracle/moved.js'
import type { DeclaredOps } from './declared.js'

const last = { axis: -1 }

export const movement = {
  reshape: {
    oracle: {
      examples: examples.reshape,
      statement: 'the same numbers in the same order',
      source: 'by definition',
      ulps: 0,
      engine: exact,
      on: 'any',
      numbers: ([x]) => x.numbers,
    },
    properties: [
      adjoints.reshape,
      same(
        'undone',
        'reshaped, and back, is x',
        (f) => whole('reshape', examples.reshape, f),
        (o, { operands, attributes }) => {
          const x = at(operands, 0)
          return [x, o.reshape(o.reshape(x, attributes), { shape: x.shape })]
        },
      ),
    ],
  },
  transpose: {
    oracle: moved(
      examples.transpose,
      'trailing axis j of the result is axis axes[j] of the operand',
      ([x], { axes }) =>
        cells(x).map(({ index, number }) => ({
          to: [...index.slice(0, index.length - axes.length), ...axes.map((axis) => index.at(axis) ?? 0)],
          number,
        })),
      only,
    ),
    properties: [
      adjoints.transpose,
      same(
        'undone',
        'transposed, and back, is x',
        (f) => whole('transpose', examples.transpose, f),
        (o, { operands, attributes }) => {
          const x = at(operands, 0)
          return [x, o.transpose(o.transpose(x, attributes), inversePermutation(attributes))]
        },
      ),
    ],
  },
  slice: {
    oracle: moved(
      examples.slice,
      'x(start + i) goes to i, if i is inside',
      ([x], { starts }) => cells(x).map(({ index, number }) => ({ to: shifted(index, starts, -1), number })),
      only,
    ),
    properties: [
      adjoints.slice,
      same(
        'undoes-pad',
        'slice ∘ pad = x',
        (f) => whole('pad', examples.pad, f),
        (o, { operands, attributes: { low, ...around } }) => {
          const x = at(operands, 0)
          return [x, o.slice(o.pad(x, { low, ...around }), { starts: low, sizes: x.shape.slice(x.shape.length - low.length) })]
        },
      ),
    ],
  },
  pad: {
    oracle: moved(
      examples.pad,
      'x(i) goes to low + i, and where nothing goes is the value',
      ([x], { low }) => cells(x).map(({ index, number }) => ({ to: shifted(index, low, 1), number })),
      (numbers, { value }) => (numbers.length === 0 ? value : only(numbers)),
    ),
    properties: [
      same(
        'is-concat',
        'v, x, v one behind the other',
        (f) => fc.tuple(vectors(f), size, size),
        (o, [xs, low, high]) => {
          const x = at(xs, 0)
          const block = (n: number): Tensor => o.expand(o.constant(-1.5, o.sum(x, { axes: [-1] })), { axes: [-1], sizes: [n] })
          return [o.concat([block(low), x, block(high)], last), o.pad(x, { low: [low], high: [high], value: -1.5 })]
        },
      ),
      same(
        'twice',
        'padded by a and by b = padded by a + b',
        (f) => fc.tuple(vectors(f), size, size),
        (o, [xs, a, b]) => [
          o.pad(at(xs, 0), { low: [a + b], high: [2 * b], value: 1 }),
          o.pad(o.pad(at(xs, 0), { low: [a], high: [b], value: 1 }), { low: [b], high: [b], value: 1 }),
        ],
      ),
    ],
  },
  concat: {
    oracle: moved(
      examples.concat,
      'each operand goes behind those before it',
      (xs, { axis }) =>
        xs.flatMap((x, which) => {
          const before = xs.slice(0, which).reduce((sum, { shape }) => sum + (shape.at(axis) ?? 0), 0)
          return cells(x).map(({ index, number }) => {
            const { lead, at, rest } = cut(index, axis)
            return { to: [...lead, before + at, ...rest], number }
          })
        }),
      only,
    ),
    properties: [
      adjoints.concat,
      same('associative', '(x ⧺ y) ⧺ z = x ⧺ (y ⧺ z)', vectors, (o, xs) => [
        o.concat([o.concat([at(xs, 0), at(xs, 1)], last), at(xs, 2)], last),
        o.concat([at(xs, 0), o.concat([at(xs, 1), at(xs, 2)], last)], last),
      ]),
      same(
        'of-slices',
        'the parts of x, one behind the other, are x',
        (f) => fc.tuple(vectors(f), size),
        (o, [xs, where]) => {
          const x = o.concat([at(xs, 0), at(xs, 1)], last)
          const n = sizeAt(x.shape, -1)
          const cut = Math.min(where, n)
          return [x, o.concat([o.slice(x, { starts: [0], sizes: [cut] }), o.slice(x, { starts: [cut], sizes: [n - cut] })], last)]
        },
      ),
    ],
  },
  expand: {
    oracle: moved(
      examples.expand,
      'x(i) goes to every index that is i without the new axes',
      ([x], { axes }, { shape }) =>
        cells(x).flatMap(({ index, number }) =>
          indicesOf(shape)
            .filter((to) => without(to, axes).join() === index.join())
            .map((to) => ({ to, number })),
        ),
      only,
    ),
    properties: [
      adjoints.expand,
      same(
        'commutes',
        'expanded along two axes, in either order',
        (f) => fc.tuple(three(floats, f), size, size),
        (o, [[x], a, b]) => [
          o.expand(o.expand(x, { axes: [-1], sizes: [a] }), { axes: [-1], sizes: [b] }),
          o.expand(x, { axes: [-2, -1], sizes: [a, b] }),
        ],
      ),
    ],
  },
} satisfies Partial<DeclaredOps>
