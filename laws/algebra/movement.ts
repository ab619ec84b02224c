/** The declared algebra of the ops that move numbers: each is undone by another, and each has its adjoint. */
import * as fc from 'fast-check'
import { sizeAt } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import { range, type Tensor } from '../../src/tensor/index.js'
import { tensorOf } from '../arbitrary/tensors.js'
import { adjoints, inversePermutation } from './adjoints.js'
import { floats, inDomain, three, wholes } from './domain.js'
import { at, size, some, unsigned, vectors, whole } from './examples.js'
import { same } from './properties.js'

const last = { axis: -1 }
const indicesOf = (count: number, below: number): fc.Arbitrary<Tensor> => tensorOf([count], fc.integer({ min: 0, max: below - 1 }), 'int32')
const sizes = (x: Tensor): Shape => x.shape

export const movement = {
  reshape: [
    adjoints.reshape,
    same(
      'undone',
      'reshaped, and back, is x',
      (f) => whole('reshape', f),
      (o, { operands: [x], attributes }) => [x as Tensor, o.reshape(o.reshape(x as Tensor, attributes), { shape: sizes(x as Tensor) })],
    ),
  ],
  transpose: [
    adjoints.transpose,
    same(
      'undone',
      'transposed, and back, is x',
      (f) => whole('transpose', f),
      (o, { operands: [x], attributes }) => [
        x as Tensor,
        o.transpose(o.transpose(x as Tensor, attributes), inversePermutation(attributes)),
      ],
    ),
  ],
  slice: [
    adjoints.slice,
    same(
      'undoes-pad',
      'slice ∘ pad = x',
      (f) => whole('pad', f),
      (o, { operands: [x], attributes }) => [
        x as Tensor,
        o.slice(o.pad(x as Tensor, attributes), {
          starts: attributes.low,
          sizes: sizes(x as Tensor).slice(sizes(x as Tensor).length - attributes.low.length),
        }),
      ],
    ),
  ],
  pad: [
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
  concat: [
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
  expand: [
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
  gather: [
    adjoints.gather,
    same(
      'all',
      'x at 0, 1, … is x',
      (f) => fc.tuple(some, size).chain((s) => inDomain(floats, f, s)),
      (o, x) => [x, o.gather(x, range(sizeAt(x.shape, 0)), { axis: -2 })],
    ),
    same(
      'composes',
      '(x at i) at j = x at (i at j)',
      (f) => fc.tuple(some, some, size).chain(([n, i, j]) => fc.tuple(inDomain(wholes, f, [n, 2]), indicesOf(i, n), indicesOf(j, i))),
      (o, [x, i, j]) => [o.gather(x, o.gather(i, j, last), { axis: -2 }), o.gather(o.gather(x, i, { axis: -2 }), j, { axis: -2 })],
    ),
  ],
  scatterAdd: [
    adjoints.scatterAdd,
    same(
      'all',
      'added at 0, 1, … into zeros is x',
      (f) => fc.tuple(some, size).chain((s) => inDomain(wholes, f, s)),
      (o, x) => [unsigned(x), unsigned(o.scatterAdd(x, range(sizeAt(x.shape, 0)), { axis: -2, size: sizeAt(x.shape, 0) }))],
    ),
  ],
  windows: [
    adjoints.windows,
    same(
      'of-one',
      'windows of one number are x',
      (f) => some.chain((n) => inDomain(floats, f, [n])),
      (o, x) => [x, o.reshape(o.windows(x, { axis: -1, size: 1, stride: 1, dilation: 1 }), { shape: sizes(x) })],
    ),
  ],
  overlapAdd: [
    adjoints.overlapAdd,
    same(
      'apart',
      'windows that do not overlap are put back as they were',
      (f) => fc.tuple(some, some).chain(([count, n]) => inDomain(wholes, f, [count * n]).map((x) => ({ x, n }))),
      (o, { x, n }) => {
        const cut = { axis: -1, size: n, stride: n, dilation: 1 }
        return [unsigned(x), unsigned(o.overlapAdd(o.windows(x, cut), { ...cut, length: sizeAt(x.shape, -1) }))]
      },
    ),
  ],
}
