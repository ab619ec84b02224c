/** Rows that move numbers without changing them. */
import { type AxesAttributes, sizeAt, withoutAxes } from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import { splitAt } from '../loop/reduce.js'
import { concatRows, gatherRows, type Rows, scatterAddRows } from '../loop/rows.js'
import { addView, copyView, storeView } from '../loop/strided.js'
import type { Row } from '../row.js'
import { contiguous, rowMajor, views } from '../view.js'

/** The index at a flat position, and back. */
const indexAt = (shape: Shape, position: number): readonly number[] => {
  const strides = rowMajor(shape)
  return shape.map((size, i) => Math.floor(position / (strides[i] ?? 1)) % size)
}
const positionOf = (shape: Shape, index: readonly number[]): number => shape.reduce((at, size, i) => at * size + (index[i] ?? 0), 0)
/** An index whose trailing entries, as many as `shifts` is long, are moved by it. */
const moved = (index: readonly number[], shifts: readonly number[], sign: 1 | -1): readonly number[] =>
  index.map((at, i) => at + sign * (shifts[i - index.length + shifts.length] ?? 0))

const reshape: Row<'reshape'> = {
  formula: 'y(i) = x(j), where i and j are at the same place, row by row',
  meaning:
    ([x], [{ shape }], attributes) =>
    (...i) =>
      x(...indexAt(shape, positionOf(attributes.shape, i))),
  loop: (out, [x]) => out.set(x),
  uniform: ([x]) => x,
  pullback:
    (o, _x, _y, _a, [{ shape }]) =>
    (dy) => [o.reshape(dy, { shape })],
  batch: (o, [x], size, { shape }) => o.reshape(x.value, { shape: [size, ...shape] }),
}

/** The permutation that undoes one, both counted from the end. */
const inverse = ({ axes }: AxesAttributes): AxesAttributes => ({ axes: axes.map((_, i) => axes.indexOf(i - axes.length) - axes.length) })
const transpose: Row<'transpose'> = {
  formula: 'y(…, i, j) = x(…, j, i)',
  meaning:
    ([x], _, a) =>
    (...i) =>
      x(...i.slice(0, i.length - a.axes.length), ...inverse(a).axes.map((axis) => i.at(axis) ?? 0)),
  loop: (out, [x], [{ shape }], result, a) => copyView(out, x, result.shape, views.transpose(shape, contiguous(shape), a)),
  uniform: ([x]) => x,
  pullback: (o, _x, _y, a) => (dy) => [o.transpose(dy, inverse(a))],
}

const slice: Row<'slice'> = {
  formula: 'y(i) = x(start + i)',
  meaning:
    ([x], _, { starts }) =>
    (...i) =>
      x(...moved(i, starts, 1)),
  loop: (out, [x], [{ shape }], result, a) => copyView(out, x, result.shape, views.slice(shape, contiguous(shape), a)),
  uniform: ([x]) => x,
  pullback:
    (o, _x, _y, { starts, sizes }, [{ shape }]) =>
    (dy) => {
      const trailing = shape.slice(shape.length - sizes.length)
      return [o.pad(dy, { low: starts, high: trailing.map((d, i) => d - (starts[i] ?? 0) - (sizes[i] ?? 0)), value: 0 })]
    },
}

const pad: Row<'pad'> = {
  formula: 'y(low + i) = x(i), and the value elsewhere',
  meaning:
    ([x], [{ shape }], { low, value }) =>
    (...i) => {
      const j = moved(i, low, -1)
      return j.every((at, axis) => at >= 0 && at < (shape[axis] ?? 0)) ? x(...j) : value
    },
  loop: (out, [x], [{ shape }], result, { low, value }) => {
    out.fill(value)
    storeView(out, x, shape, views.slice(result.shape, contiguous(result.shape), { starts: low, sizes: shape }))
  },
  pullback:
    (o, _x, _y, { low }, [{ shape }]) =>
    (dy) => [o.slice(dy, { starts: low, sizes: shape.slice(shape.length - low.length) })],
}

const concat: Row<'concat'> = {
  formula: 'y(…, k, …) = the operand in whose range k falls, at k less what stands before it',
  meaning:
    (xs, types, { axis }) =>
    (...i) => {
      const widths = types.map(({ shape }) => sizeAt(shape, axis))
      const find = (which: number, k: number): readonly [number, number] =>
        k < (widths[which] ?? Number.POSITIVE_INFINITY) ? [which, k] : find(which + 1, k - (widths[which] ?? 0))
      const [which, k] = find(0, i.at(axis) ?? 0)
      return xs[which]?.(...i.map((at, a) => (a === i.length + axis ? k : at))) ?? Number.NaN
    },
  loop: (out, xs, types, { shape }, { axis }) => {
    const { outer, inner } = splitAt(shape, axis)
    concatRows(
      out,
      xs,
      outer,
      types.map((type) => sizeAt(type.shape, axis) * inner),
    )
  },
  pullback:
    (o, _x, _y, { axis }, types) =>
    (dy) =>
      types.map(({ shape }, which) => {
        const before = types.slice(0, which).reduce((sum, type) => sum + sizeAt(type.shape, axis), 0)
        const sizes = shape.slice(axis)
        return o.slice(dy, { starts: sizes.map((_, i) => (i === 0 ? before : 0)), sizes })
      }),
}

const expand: Row<'expand'> = {
  formula: 'y(i, k) = x(i), for every k along the new axes',
  meaning:
    ([x], _, { axes }) =>
    (...i) =>
      x(...withoutAxes(i, axes)),
  loop: (out, [x], [{ shape }], result, a) => copyView(out, x, result.shape, views.expand(shape, contiguous(shape), a)),
  uniform: ([x]) => x,
  pullback:
    (o, _x, _y, { axes }) =>
    (dy) => [o.sum(dy, { axes })],
}

const rowsOf = (shape: Shape, indices: Shape, axis: number): Rows => ({
  batch: sizeOf(indices.slice(0, -1)),
  count: indices.at(-1) ?? 0,
  size: sizeAt(shape, axis),
  row: axis === -1 ? 1 : sizeOf(shape.slice(axis + 1)),
})
const gather: Row<'gather'> = {
  formula: 'y(…, k, r) = x(…, i(…, k), r), and 0 where there is no such row',
  meaning:
    ([x, at], [{ shape }, { shape: indices }], { axis }) =>
    (...i) => {
      const [lead, rest] = [i.slice(0, indices.length), i.slice(indices.length)]
      const k = at(...lead)
      return k >= 0 && k < sizeAt(shape, axis) ? x(...lead.slice(0, -1), k, ...rest) : 0
    },
  loop: (out, [x, at], [{ shape }, { shape: indices }], _, { axis }) => gatherRows(out, x, at, rowsOf(shape, indices, axis)),
  pullback:
    (o, [, at], _, { axis }, [{ shape }]) =>
    (dy) => [o.scatterAdd(dy, at, { axis, size: sizeAt(shape, axis) }), null],
}
const scatterAdd: Row<'scatterAdd'> = {
  formula: 'y(…, n, r) = Σ of dy(…, k, r) over k with i(…, k) = n',
  meaning:
    ([dy, at], [, { shape: indices }], { axis }) =>
    (...i) => {
      const [lead, n, rest] = [i.slice(0, indices.length - 1), i.at(axis) ?? 0, axis === -1 ? [] : i.slice(axis + 1)]
      return Array.from({ length: indices.at(-1) ?? 0 }, (_, k) => (at(...lead, k) === n ? dy(...lead, k, ...rest) : 0)).reduce(
        (sum, d) => sum + d,
        0,
      )
    },
  loop: (out, [dy, at], [, { shape: indices }], { shape }, { axis }) => scatterAddRows(out, dy, at, rowsOf(shape, indices, axis)),
  pullback:
    (o, [, at], _, { axis }) =>
    (ddy) => [o.gather(ddy, at, { axis }), null],
}

const windows: Row<'windows'> = {
  formula: 'y(…, w, k, …) = x(…, w · stride + k · dilation, …)',
  meaning:
    ([x], _, { axis, stride, dilation }) =>
    (...i) => {
      const at = i.length + axis
      return x(...i.slice(0, at - 1), (i[at - 1] ?? 0) * stride + (i[at] ?? 0) * dilation, ...i.slice(at + 1))
    },
  loop: (out, [x], [{ shape }], result, a) => copyView(out, x, result.shape, views.windows(shape, contiguous(shape), a)),
  uniform: ([x]) => x,
  pullback:
    (o, _x, _y, a, [{ shape }]) =>
    (dy) => [o.overlapAdd(dy, { ...a, length: sizeAt(shape, a.axis) })],
}
const overlapAdd: Row<'overlapAdd'> = {
  formula: 'y(…, n, …) = Σ of x(…, w, k, …) over w · stride + k · dilation = n',
  meaning:
    ([x], [{ shape }], { axis, stride, dilation, size }) =>
    (...i) => {
      const at = i.length + axis
      return Array.from({ length: size }, (_, k) => {
        const w = ((i[at] ?? 0) - k * dilation) / stride
        return Number.isInteger(w) && w >= 0 && w < (shape[at] ?? 0) ? x(...i.slice(0, at), w, k, ...i.slice(at + 1)) : 0
      }).reduce((sum, d) => sum + d, 0)
    },
  loop: (out, [x], [{ shape }], result, a) => addView(out, x, shape, views.windows(result.shape, contiguous(result.shape), a)),
  pullback:
    (o, _x, _y, { length: _, ...a }) =>
    (ddy) => [o.windows(ddy, a)],
}

export const structure = { reshape, transpose, slice, pad, concat, expand, gather, scatterAdd, windows, overlapAdd }
