/** Sums, maxima and matrix products: exact on whole numbers. */
import * as fc from 'fast-check'
import { sizeAt } from '../../src/prim/index.js'
import { type Precision, type Tensor, tensor } from '../../src/tensor/index.js'
import { adjoints } from '../algebra/adjoints.js'
import { edges, floats, inDomain, int32, ordered, three, uint32, wholes } from '../algebra/domain.js'
import type { Float } from '../algebra/evaluation.js'
import { at, size, some, unsigned, vectors, wholeTensors } from '../algebra/examples.js'
import { same } from '../algebra/properties.js'
import * as examples from '../arbitrary/operands.js'
import { tensorOf } from '../arbitrary/tensors.js'
import { exactly, nearest, places } from '../oracle/exact.js'
import { cells, counted, largest, maximumOf, moved, sumOf, without } from '../oracle/moved.js'
import type { DeclaredOps } from './declared.js'

const swap = { axes: [-1, -2] }
const last = { axis: -1 }
/** Matrices that can be multiplied in a row. */
const matrices = (float: Float): fc.Arbitrary<readonly Tensor[]> =>
  fc.tuple(some, size, size, some).chain(([m, k, n, p]) => wholeTensors(float, [m, k], [k, n], [n, p], [k, n]))
const identityMatrix = (n: number, precision: Precision): Tensor =>
  tensor(
    [n, n],
    Array.from({ length: n * n }, (_, i) => (Math.floor(i / n) === i % n ? 1 : 0)),
    precision,
  )
export const reduction = {
  sum: {
    oracle: moved(
      examples.sum,
      'every number goes to its index without the axes, where they are added without rounding',
      ([x], { axes }) => cells(x).map(({ index, number }) => ({ to: without(index, axes), number })),
      sumOf,
      'moderate',
    ),
    properties: [
      adjoints.sum,
      same(
        'one-by-one',
        'Σ over two axes = Σ Σ',
        (f) => fc.tuple(size, size, size).chain((s) => inDomain(wholes, f, s)),
        (o, x) => [unsigned(o.sum(o.sum(x, { axes: [-1] }), { axes: [-1] })), unsigned(o.sum(x, { axes: [-2, -1] }))],
      ),
      same(
        'additive',
        'Σ (x + y) = Σ x + Σ y',
        (f) => fc.tuple(size, size).chain((s) => wholeTensors(f, s, s)),
        (o, xs) => [
          unsigned(o.add(o.sum(at(xs, 0), { axes: [-1] }), o.sum(at(xs, 1), { axes: [-1] }))),
          unsigned(o.sum(o.add(at(xs, 0), at(xs, 1)), { axes: [-1] })),
        ],
      ),
      same(
        'modular',
        'Σ of uint32 modulo 2³² = the sum one by one',
        () => tensorOf([4], uint32.numbers, 'uint32'),
        (o, x) => {
          const part = (i: number): Tensor => o.reshape(o.slice(x, { starts: [i], sizes: [1] }), { shape: [] })
          return [o.add(o.add(part(0), part(1)), o.add(part(2), part(3))), o.sum(x, { axes: [-1] })]
        },
      ),
    ],
  },
  max: {
    oracle: moved(
      examples.along,
      'every number goes to its index without the axis, where the largest stays; NaN if one is',
      ([x], { axis }) => cells(x).map(({ index, number }) => ({ to: without(index, [axis]), number })),
      maximumOf,
    ),
    properties: [
      same('parts', 'max(x ⧺ y) = max(max x, max y)', vectors, (o, xs) => [
        o.maximum(o.max(at(xs, 0), last), o.max(at(xs, 1), last)),
        o.max(o.concat([at(xs, 0), at(xs, 1)], last), last),
      ]),
      same(
        'expanded',
        'max(expand x) = x',
        (f) => fc.tuple(three(floats, f), some),
        (o, [[x], n]) => [x, o.max(o.expand(x, { axes: [-1], sizes: [n] }), last)],
      ),
      ...[edges, int32, uint32].map((d) =>
        same(
          `two.${d.name}`,
          'max over an axis of two = maximum',
          (f) => three(d, f),
          (o, [x, y]) => {
            const column = (t: Tensor): Tensor => o.expand(t, { axes: [-1], sizes: [1] })
            return [o.maximum(x, y), o.max(o.concat([column(x), column(y)], last), last)]
          },
        ),
      ),
    ],
  },
  argMax: {
    oracle: moved(
      examples.along,
      'every number goes to its index without the axis, where the first of the largest is counted out',
      ([x], { axis }) => cells(x).map(({ index, number }) => ({ to: without(index, [axis]), number })),
      largest,
    ),
    properties: [
      same(
        'is-there',
        'x at argMax x = max x',
        (f) => some.chain((n) => inDomain(ordered, f, [n])),
        (o, x) => [
          o.max(o.add(x, o.constant(0, x)), last),
          o.reshape(o.gather(o.add(x, o.constant(0, x)), o.reshape(o.argMax(x, last), { shape: [1] }), last), { shape: [] }),
        ],
      ),
      same(
        'first',
        'of x ⧺ x it is in the first',
        (f) => some.chain((n) => inDomain(floats, f, [n])),
        (o, x) => [o.argMax(x, last), o.argMax(o.concat([x, x], last), last)],
      ),
    ],
  },
  matmul: {
    oracle: moved(
      examples.matmul,
      'each x(…, m, k) meets each w(…, k, n), and their product goes to (…, m, n)',
      ([x, w], _, { shape }) => {
        const n = shape.at(-1) ?? 0
        const others = new Map(cells(w).map(({ index, number }) => [index.join(), number]))
        return cells(x).flatMap(({ index, number }) => {
          const [lead, m, k] = [index.slice(0, -2), index.at(-2) ?? 0, index.at(-1) ?? 0]
          return counted(n).map((column) => {
            const product = exactly(number) * exactly(others.get([...lead, k, column].join()) ?? Number.NaN)
            return { to: [...lead, m, column], number: nearest(product, 2 * places) }
          })
        })
      },
      sumOf,
      'moderate',
    ),
    properties: [
      adjoints.matmul,
      same('associative', '(X Y) Z = X (Y Z)', matrices, (o, xs) => [
        unsigned(o.matmul(o.matmul(at(xs, 0), at(xs, 1)), at(xs, 2))),
        unsigned(o.matmul(at(xs, 0), o.matmul(at(xs, 1), at(xs, 2)))),
      ]),
      same('transposed', '(X Y)ᵀ = Yᵀ Xᵀ', matrices, (o, xs) => [
        unsigned(o.matmul(o.transpose(at(xs, 1), swap), o.transpose(at(xs, 0), swap))),
        unsigned(o.transpose(o.matmul(at(xs, 0), at(xs, 1)), swap)),
      ]),
      same('distributive', 'X (Y + W) = X Y + X W', matrices, (o, xs) => [
        unsigned(o.add(o.matmul(at(xs, 0), at(xs, 1)), o.matmul(at(xs, 0), at(xs, 3)))),
        unsigned(o.matmul(at(xs, 0), o.add(at(xs, 1), at(xs, 3)))),
      ]),
      same('identity', 'X I = X', matrices, (o, xs) => [
        unsigned(at(xs, 0)),
        unsigned(o.matmul(at(xs, 0), identityMatrix(sizeAt(at(xs, 0).shape, -1), at(xs, 0).precision))),
      ]),
      same(
        'rows',
        'x wᵀ summed = Σ x · w',
        (f) => size.chain((n) => wholeTensors(f, [1, n], [n, 1])),
        (o, xs) => [
          unsigned(o.sum(o.mul(at(xs, 0), o.transpose(at(xs, 1), swap)), { axes: [-1] })),
          unsigned(o.reshape(o.matmul(at(xs, 0), at(xs, 1)), { shape: [1] })),
        ],
      ),
    ],
  },
} satisfies Partial<DeclaredOps>
