/** Reductions, and the matrix product. Several equal maxima: the first has the whole cotangent. */
import { type AxesAttributes, withAxes } from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import type { Algebra } from '../algebra.js'
import { multiply } from '../loop/matmul.js'
import { argMaxAlong, maxAlong, splitAt, sumInto } from '../loop/reduce.js'
import type { Read, Row } from '../row.js'
import { contiguous, views } from '../view.js'

const sigma = (n: number, f: (k: number) => number): number => {
  const add = (sum: number, k: number): number => (k === n ? sum : add(sum + f(k), k + 1))
  return add(0, 0)
}
/** The index with `k` put at an axis of the longer index, counted from its end. */
const put = (index: readonly number[], axis: number, k: number): readonly number[] => {
  const at = index.length + 1 + axis
  return [...index.slice(0, at), k, ...index.slice(at)]
}
const along = (x: Read, shape: Shape, axis: number, index: readonly number[]): readonly number[] =>
  Array.from({ length: shape.at(axis) ?? 0 }, (_, k) => x(...put(index, axis, k)))
const bestAt = (x: Read, shape: Shape, axis: number, index: readonly number[]): number => {
  const values = along(x, shape, axis, index)
  return values.reduce((best, value, k) => (values[best] !== values[best] || value <= (values[best] as number) ? best : k), 0)
}

const sum: Row<'sum'> = {
  formula: 'y(i) = Σ over axes of x(i)',
  /** Over no axes it is x itself, −0 too; every other sum begins with 0. */
  meaning: ([x], [{ shape }], { axes }) => {
    if (axes.length === 0) return x
    const sizes = axes.map((axis) => shape.at(axis) ?? 0)
    return (...i) =>
      sigma(sizeOf(sizes), (k) => {
        const parts = sizes.map((size, a) => Math.floor(k / sizeOf(sizes.slice(a + 1))) % size)
        return x(...withAxes(i, axes, parts))
      })
  },
  loop: (out, [x], [{ shape }], result, { axes }) => {
    const back = { axes, sizes: axes.map((axis) => shape.at(axis) ?? 0) }
    if (axes.length === 0) out.set(x)
    else sumInto(out, x, shape, views.expand(result.shape, contiguous(result.shape), back))
  },
  pullback:
    (o, _x, _y, { axes }, [{ shape }]) =>
    (dy) => [o.expand(dy, { axes, sizes: axes.map((axis) => shape.at(axis) ?? 0) })],
}

const max: Row<'max'> = {
  formula: 'y(i) = max over axis of x(i)',
  meaning:
    ([x], [{ shape }], { axis }) =>
    (...i) =>
      along(x, shape, axis, i).reduce((best, value) => Math.max(best, value)),
  loop: (out, [x], [{ shape }], _, { axis }) => maxAlong(out, x, splitAt(shape, axis)),
  pullback:
    (o, [x], _, { axis }, [{ shape }]) =>
    (dy) => {
      const size = shape.at(axis) ?? 0
      const alongAxis = { axes: [axis], sizes: [size] }
      const others = shape.map((_, i) => i - shape.length).filter((a) => a !== axis)
      const positions = o.expand(o.range(size, 'int32'), { axes: others, sizes: others.map((a) => shape.at(a) ?? 0) })
      const first = o.equal(positions, o.expand(o.argMax(x, { axis }), alongAxis))
      const spread = o.expand(dy, alongAxis)
      return [o.select(first, spread, o.constant(0, spread))]
    },
}

const argMax: Row<'argMax'> = {
  formula: 'y(i) = the first k where x(i, k) is largest',
  meaning:
    ([x], [{ shape }], { axis }) =>
    (...i) =>
      bestAt(x, shape, axis, i),
  loop: (out, [x], [{ shape }], _, { axis }) => argMaxAlong(out, x, splitAt(shape, axis)),
  pullback: () => () => [null],
}

const swap = { axes: [-1, -2] }
/** The axis in front of `lead` others and of a matrix, brought next to the matrix' rows; and back. */
const amongRows = (lead: number): AxesAttributes => ({ axes: [...Array.from({ length: lead }, (_, i) => i - lead - 2), -lead - 3, -2, -1] })
const inFront = (lead: number): AxesAttributes => ({ axes: [-3, ...Array.from({ length: lead }, (_, i) => i - lead - 3), -2, -1] })
const matmul: Row<'matmul'> = {
  formula: 'y(…,m,n) = Σₖ x(…,m,k) · w(…,k,n)',
  meaning:
    ([x, w], [{ shape }]) =>
    (...i) => {
      const [lead, m, n] = [i.slice(0, -2), i.at(-2) ?? 0, i.at(-1) ?? 0]
      return sigma(shape.at(-1) ?? 0, (k) => x(...lead, m, k) * w(...lead, k, n))
    },
  loop: (out, [x, w], [{ shape }], result) =>
    multiply(out, x, w, sizeOf(shape.slice(0, -2)), shape.at(-2) ?? 0, shape.at(-1) ?? 0, result.shape.at(-1) ?? 0),
  pullback:
    (o, [x, w]) =>
    (dy) => [o.matmul(dy, o.transpose(w, swap)), o.matmul(o.transpose(x, swap), dy)],
  /** One matrix for all examples: they are its rows, so that a batch is one product; of several matrices, one product for each. */
  batch: (o, [x, w], size, _, [{ shape }, weights]) => {
    const [lead, m, k, n] = [shape.slice(0, -2), shape.at(-2) ?? 0, shape.at(-1) ?? 0, weights.shape.at(-1) ?? 0]
    if (x.batched && !w.batched) {
      const moved = <R>(algebra: Algebra<R>, y: R, axes: AxesAttributes): R => (lead.length === 0 ? y : algebra.transpose(y, axes))
      const rows = o.reshape(moved(o, x.value, amongRows(lead.length)), { shape: [...lead, size * m, k] })
      return moved(o, o.reshape(o.matmul(rows, w.value), { shape: [...lead, size, m, n] }), inFront(lead.length))
    }
    const all = { axes: [-(shape.length + 1)], sizes: [size] }
    return o.matmul(x.batched ? x.value : o.expand(x.value, all), w.batched ? w.value : o.expand(w.value, all))
  },
}

export const reduction = { sum, max, argMax, matmul }
