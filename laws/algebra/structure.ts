/** The declared algebra of the ops that reduce, multiply, move, convert and choose. */
import * as fc from 'fast-check'
import { sizeAt } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Precision, range, type Tensor, tensor } from '../../src/tensor/index.js'
import { tensorOf } from '../arbitrary/tensors.js'
import { identical } from '../compare.js'
import { law } from '../law.js'
import { adjoints, inversePermutation } from './adjoints.js'
import { bool, type Domain, edges, floats, inDomain, int32, ordered, three, uint32, wholes } from './domain.js'
import type { Evaluation, Float } from './evaluation.js'
import { unsigned, whole, wholeTensors } from './examples.js'
import { claim, type Property } from './properties.js'

/** Two sides, equal bit for bit, on examples of their own. */
const same =
  <E>(
    name: string,
    statement: string,
    examples: (float: Float) => fc.Arbitrary<E>,
    sides: (o: Evaluation['o'], example: E) => readonly [expected: Tensor, got: Tensor],
  ): Property =>
  (prim, by) =>
    law({ name: `algebra.${prim}.${name}`, statement }, examples(by.float), (example) => identical(prim, ...sides(by.o, example)))

const size = fc.integer({ min: 0, max: 3 })
const some = fc.integer({ min: 1, max: 3 })
const turned = fc.integer({ min: 1, max: 31 })
const swap = { axes: [-1, -2] }
const shifted = (domain: Domain) => (float: Float) => fc.tuple(three(domain, float), turned)
/** Matrices that can be multiplied in a row. */
const matrices = (float: Float): fc.Arbitrary<readonly Tensor[]> =>
  fc.tuple(some, size, size, some).chain(([m, k, n, p]) => wholeTensors(float, [m, k], [k, n], [n, p], [k, n]))
const identityMatrix = (n: number, precision: Precision): Tensor =>
  tensor(
    [n, n],
    Array.from({ length: n * n }, (_, i) => (Math.floor(i / n) === i % n ? 1 : 0)),
    precision,
  )
const at = (xs: readonly Tensor[], i: number): Tensor => xs[i] as Tensor
const vectors = (float: Float): fc.Arbitrary<readonly Tensor[]> =>
  fc.tuple(some, some, some, some).chain(([rows, a, b, c]) => wholeTensors(float, [rows, a], [rows, b], [rows, c]))
const last = { axis: -1 }
const roundTrip = (domain: Domain, ...through: readonly Precision[]): readonly Property[] =>
  through.map((to) =>
    claim(`through-${to}`, `${domain.name} → ${to} → ${domain.name} loses nothing`, domain, (o, x) => [
      x,
      o.cast(o.cast(x, { to }), { to: x.precision }),
    ]),
  )
const indicesOf = (count: number, below: number): fc.Arbitrary<Tensor> => tensorOf([count], fc.integer({ min: 0, max: below - 1 }), 'int32')
const sizes = (x: Tensor): Shape => x.shape

export const shifts = {
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

const choices = (domain: Domain) => (float: Float) =>
  three(domain, float).chain((xs) => tensorOf(xs[0].shape, bool.numbers, 'bool').map((c) => ({ c, x: xs[0], y: xs[1] })))
export const choice = {
  cast: [
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
  select: [
    same('same', 'c ? x : x = x', choices(floats), (o, { c, x }) => [x, o.select(c, x, x)]),
    same('swapped', 'c ? x : y = ¬c ? y : x', choices(floats), (o, { c, x, y }) => [o.select(o.not(c), y, x), o.select(c, x, y)]),
    same(
      'chooses',
      '(x < y) ? y : x = max(x, y)',
      () => three(int32, 'float64'),
      (o, [x, y]) => [o.maximum(x, y), o.select(o.less(x, y), y, x)],
    ),
  ],
}

export const reduction = {
  sum: [
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
  max: [
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
        () => three(d, 'float64'),
        (o, [x, y]) => {
          const column = (t: Tensor): Tensor => o.expand(t, { axes: [-1], sizes: [1] })
          return [o.maximum(x, y), o.max(o.concat([column(x), column(y)], last), last)]
        },
      ),
    ),
  ],
  argMax: [
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
  matmul: [
    adjoints.matmul,
    same('associative', '(X Y) Z = X (Y Z)', matrices, (o, [x, y, z]) => [
      unsigned(o.matmul(o.matmul(x as Tensor, y as Tensor), z as Tensor)),
      unsigned(o.matmul(x as Tensor, o.matmul(y as Tensor, z as Tensor))),
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
}

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
