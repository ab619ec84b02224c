/**
 * The laws of an engine at the sizes where kernels change their ways: past a vector, a tile, a block of terms or a band of
 * columns, with what is left over at each edge, and over operands whose numbers do not lie together.
 */
import * as fc from 'fast-check'
import { tensors } from '../../src/ops/apply.js'
import { key, uniformIn } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { full, type Tensor, tensor, toArray } from '../../src/tensor/index.js'
import type { Asking } from '../asking.js'
import { Broken, identical } from '../compare.js'

const o = tensors
/** At the precisions that engines have kernels for. */
type Float = 'float32' | 'float64'
const float = fc.constantFrom<Float>('float32', 'float64')
/** Of float64 every bit is used: a third has no end. */
const drawn = (shape: Shape, seed: number, precision: Float): Tensor => {
  const x: Tensor = uniformIn(shape, -1, 1)(key(seed))
  return precision === 'float32' ? x : o.div(o.cast(x, { to: 'float64' }), full(shape, 3, 'float64'))
}
/** Half the distance between 1 and the next float; what float64 is compared with is float64, too, and rounded as often. */
const units = { float32: 2 ** -24, float64: 2 * 2 ** -53 }

/** |got − expected| ≤ bound, number by number. */
const within = (what: string, expected: Tensor, got: Tensor, bound: Tensor): void => {
  const [want, have, allowed] = [toArray(expected), toArray(got), toArray(bound)]
  want.forEach((x, i) => {
    if (!(Math.abs(x - (have[i] ?? Number.NaN)) <= (allowed[i] ?? 0))) throw new Broken(`${what}, number ${i}`, x, have[i])
  })
}

/** Operands as they lie, or with their last axes exchanged, so that rows or columns lie together. */
const layouts = ['XY', 'XᵀY', 'XYᵀ', 'XᵀYᵀ'] as const
const size = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 21, max: 80 }))
const depth = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(255, 256, 257, 300, 520))

const products = <L>({ name, compile, law }: Asking<L>): L =>
  law(
    {
      name: `engine.${name}.sizes.matmul`,
      statement: '|fl(XY) − XY| ≤ (k + 1)·u·|X||Y|, however the operands lie; u = 2⁻²⁴, of float64 2⁻⁵²',
      source: 'Higham (2002), Accuracy and Stability of Numerical Algorithms §3.5',
    },
    fc.record({ m: size, k: depth, n: size, layout: fc.constantFrom(...layouts), seed: fc.nat(1000), precision: float }),
    function* ({ m, k, n, layout, seed, precision }) {
      const flip = (x: Tensor): Tensor => o.transpose(x, { axes: [-1, -2] })
      const [flipX, flipY] = [layout.startsWith('Xᵀ'), layout.endsWith('Yᵀ')]
      const [x, y] = [drawn(flipX ? [k, m] : [m, k], seed, precision), drawn(flipY ? [n, k] : [k, n], seed + 1, precision)]
      const product = (a: Tensor, b: Tensor): Tensor => o.matmul(flipX ? flip(a) : a, flipY ? flip(b) : b)
      const wide = (z: Tensor): Tensor => o.cast(z, { to: 'float64' })
      const exact = product(wide(x), wide(y))
      const magnitude = product(o.abs(wide(x)), o.abs(wide(y)))
      within('product', exact, yield* compile(product)(x, y), o.mul(full(exact.shape, (k + 1) * units[precision], 'float64'), magnitude))
    },
  )

const middles = fc.record({
  outer: fc.integer({ min: 1, max: 9 }),
  mid: fc.integer({ min: 1, max: 40 }),
  inner: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 19 })),
  seed: fc.nat(1000),
  precision: float,
})
const reductions = <L>({ name, compile, law }: Asking<L>): L =>
  law(
    {
      name: `engine.${name}.sizes.reduction`,
      statement: '|fl(Σx) − Σx| ≤ (n + 1)·u·Σ|x|; max and argMax are exact, the first of equals',
    },
    middles,
    function* ({ outer, mid, inner, seed, precision }) {
      const shape = [outer, mid, inner]
      const x = drawn(shape, seed, precision)
      const sum = (z: Tensor): Tensor => o.sum(z, { axes: [-2] })
      const wide = o.cast(x, { to: 'float64' })
      const exact = sum(wide)
      within('sum', exact, yield* compile(sum)(x), o.mul(full(exact.shape, (mid + 1) * units[precision], 'float64'), sum(o.abs(wide))))
      const coarse = o.floor(o.mul(full(shape, 3, precision), x))
      const found = (z: Tensor): readonly Tensor[] => [
        o.max(z, { axis: -2 }),
        o.argMax(z, { axis: -2 }),
        o.max(o.cast(z, { to: 'int32' }), { axis: -2 }),
        o.argMax(o.cast(z, { to: 'int32' }), { axis: -2 }),
        o.sum(o.cast(z, { to: 'int32' }), { axes: [-2] }),
        o.max(o.cast(o.abs(z), { to: 'uint32' }), { axis: -2 }),
      ]
      identical('of equals', found(coarse), yield* compile(found)(coarse))
    },
  )

const planes = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  columns: fc.integer({ min: 1, max: 150 }),
  seed: fc.nat(1000),
  precision: float,
})
/** The windows of rows, as something is made of them, added where they lay. */
const overlapped =
  (columns: number, dilation: number, made: (windows: Tensor) => Tensor) =>
  (x: Tensor): Tensor => {
    const view = { axis: -1, size: Math.min(3, Math.ceil(columns / dilation)), stride: 1, dilation }
    return o.overlapAdd(made(o.windows(x, view)), { ...view, length: columns })
  }
/** Ops that move numbers about, each on a matrix and its transpose. */
const moves = (rows: number, columns: number): readonly ((x: Tensor) => Tensor)[] => [
  (x) => o.reshape(o.transpose(x, { axes: [-1, -2] }), { shape: [rows * columns] }),
  (x) => o.concat([x, o.neg(x), x], { axis: -1 }),
  (x) => o.concat([o.transpose(x, { axes: [-1, -2] }), o.transpose(o.neg(x), { axes: [-1, -2] })], { axis: -2 }),
  (x) => o.pad(x, { low: [1, 3], high: [2, 5], value: 1.5 }),
  overlapped(columns, 1, (windows) => windows),
  overlapped(columns, 2, (windows) => windows),
  overlapped(columns, 1, (windows) => o.neg(windows)),
  (x) =>
    o.reshape(o.windows(x, { axis: -2, size: Math.min(3, rows), stride: 2, dilation: 1 }), {
      shape: [(Math.floor((rows - Math.min(3, rows)) / 2) + 1) * Math.min(3, rows) * columns],
    }),
  (x) => o.reshape(o.expand(x, { axes: [-2], sizes: [3] }), { shape: [rows * 3 * columns] }),
  (x) =>
    o.add(
      o.slice(x, { starts: [Math.floor(columns / 3)], sizes: [columns - Math.floor(columns / 3)] }),
      o.constant(1, o.slice(x, { starts: [0], sizes: [columns - Math.floor(columns / 3)] })),
    ),
]
const structure = <L>({ name, compile, law }: Asking<L>): L =>
  law(
    { name: `engine.${name}.sizes.structure`, statement: 'what only moves numbers, or adds a few, moves them exactly' },
    planes,
    function* ({ rows, columns, seed, precision }) {
      // quarters, whose sums are exact
      const x = o.floor(o.mul(full([rows, columns], 64, precision), drawn([rows, columns], seed, precision)))
      const all = (z: Tensor): readonly Tensor[] => moves(rows, columns).map((move) => move(z))
      identical('moved', all(x), yield* compile(all)(x))
      const turned = (z: Tensor): readonly Tensor[] => all(o.reshape(z, { shape: [rows, columns] }))
      identical(
        'turned',
        turned(o.reshape(x, { shape: [columns, rows] })),
        yield* compile(turned)(o.reshape(x, { shape: [columns, rows] })),
      )
    },
  )

const picks = fc.record({
  size: fc.integer({ min: 1, max: 9 }),
  count: fc.integer({ min: 1, max: 9 }),
  row: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(63, 64, 65, 70)),
  seed: fc.nat(1000),
  precision: float,
})
const rows = <L>({ name, compile, law }: Asking<L>): L =>
  law(
    {
      name: `engine.${name}.sizes.rows`,
      statement: 'gather and scatterAdd, rows of any length from two tables; indices outside read zeros and drop',
    },
    picks,
    function* ({ size: n, count, row, seed, precision }) {
      const at = tensor(
        [2, count],
        Array.from(toArray(drawn([2, count], seed, 'float32')), (u) => Math.floor(((u + 1) / 2) * (n + 2)) - 1),
        'int32',
      )
      const x = o.floor(o.mul(full([2, n, row], 64, precision), drawn([2, n, row], seed + 1, precision)))
      const both = (z: Tensor, i: Tensor): readonly Tensor[] => {
        const taken = o.gather(z, i, { axis: -2 })
        // what is dropped must not be zeros, which nobody would miss
        return [taken, o.scatterAdd(o.add(taken, o.constant(1, taken)), i, { axis: -2, size: n })]
      }
      identical('rows', both(x, at), yield* compile(both)(x, at))
    },
  )

const lengths = fc.record({
  outer: fc.integer({ min: 1, max: 5 }),
  inner: fc.integer({ min: 1, max: 67 }),
  seed: fc.nat(1000),
  precision: float,
})
/** Exact ops, so that the same bits can be asked for: of whole rows, a row for all, a column for all, one number, and columns for rows. */
const elementwise = <L>({ name, compile, law }: Asking<L>): L =>
  law(
    {
      name: `engine.${name}.sizes.elementwise`,
      statement: 'element-wise ops at every length, with operands that repeat along an axis, or lie across',
    },
    lengths,
    function* ({ outer, inner, seed, precision }) {
      const shape = [outer, inner]
      const all = (x: Tensor, row: Tensor, column: Tensor, one: Tensor, turned: Tensor): readonly Tensor[] => {
        const spread = [
          o.expand(row, { axes: [-2], sizes: [outer] }),
          o.expand(column, { axes: [-1], sizes: [inner] }),
          o.expand(one, { axes: [-2, -1], sizes: shape }),
          o.transpose(turned, { axes: [-1, -2] }),
        ]
        return spread.flatMap((y) => [
          o.add(x, y),
          o.mul(y, x),
          o.maximum(x, y),
          o.select(o.less(x, y), o.neg(x), y),
          o.cast(o.abs(o.sub(y, x)), { to: 'int32' }),
          o.cast(o.lessEqual(y, x), { to: 'float32' }),
          o.cast(o.equal(y, x), { to: 'float64' }),
          o.select(o.less(y, x), o.cast(x, { to: 'float64' }), o.cast(o.floor(y), { to: 'float64' })),
          o.cast(o.sign(y), { to: 'float32' }),
          o.xor(o.cast(o.floor(o.abs(x)), { to: 'uint32' }), o.cast(o.floor(o.abs(y)), { to: 'uint32' })),
        ])
      }
      const given = [
        drawn(shape, seed, precision),
        drawn([inner], seed + 1, precision),
        drawn([outer], seed + 2, precision),
        drawn([], seed + 3, precision),
        drawn([inner, outer], seed + 4, precision),
      ] as const
      identical('element-wise', all(...given), yield* compile(all)(...given))
    },
  )

/** Every law of an engine about sizes. */
export const sizeLaws = <L>(by: Asking<L>): readonly L[] => [products(by), reductions(by), structure(by), rows(by), elementwise(by)]
