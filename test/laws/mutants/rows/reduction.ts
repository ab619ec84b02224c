/** Broken reductions, and a broken matrix product. */
import { table } from '../../../../src/ops/index.js'
import { sizeOf } from '../../../../src/shape/index.js'
import { broken, flipped, type RowMutants, value } from './breaking.js'

export const reduction = {
  sum: [
    flipped('sum'),
    broken('sum')('a mean', value, {
      loop: (out, xs, types, result, a) => {
        table.sum.loop(out, xs, types, result, a)
        out.set(Array.from(out, (total) => (total * out.length) / xs[0].length))
      },
    }),
    broken('sum')('a cotangent shared among the summands', 'adjoint', {
      pullback:
        (o, [x], _, { axes }, [{ shape }]) =>
        (dy) => {
          const sizes = axes.map((axis) => shape.at(axis) ?? 0)
          return [o.div(o.expand(dy, { axes, sizes }), o.constant(sizeOf(sizes), x))]
        },
    }),
  ],
  max: [
    flipped('max'),
    broken('max')('every number along the axis has the cotangent', 'adjoint', {
      pullback:
        (o, _x, _y, { axis }, [{ shape }]) =>
        (dy) => [o.expand(dy, { axes: [axis], sizes: [shape.at(axis) ?? 0] })],
    }),
  ],
  argMax: [
    broken('argMax')('one place too far', value, {
      loop: (out, xs, types, result, a) => {
        table.argMax.loop(out, xs, types, result, a)
        out.set(Array.from(out, (k) => k + 1))
      },
    }),
    broken('argMax')('the last of equal maxima', value, {
      loop: (out, [x], [type], result, { axis }) => {
        const size = type.shape.at(axis) ?? 0
        const backwards = Array.from(x, (_, i) => {
          const inner = sizeOf(type.shape.slice(type.shape.length + axis + 1))
          const [outside, k, inside] = [Math.floor(i / (size * inner)), Math.floor(i / inner) % size, i % inner]
          return x[outside * size * inner + (size - 1 - k) * inner + inside] ?? 0
        })
        table.argMax.loop(out, [Float64Array.from(backwards)], [type], result, { axis })
        out.set(Array.from(out, (k) => size - 1 - k))
      },
    }),
  ],
  matmul: [
    flipped('matmul', 0),
    flipped('matmul', 1),
    broken('matmul')('its right side read column by column', value, {
      loop: (out, [x, w], types, result, a) => {
        const [k, n] = [types[1].shape.at(-2) ?? 0, types[1].shape.at(-1) ?? 0]
        const turned = w.map((_, i) => {
          const [lead, at] = [Math.floor(i / Math.max(k * n, 1)), i % Math.max(k * n, 1)]
          return w[lead * k * n + (at % n) * k + Math.floor(at / n)] ?? 0
        })
        table.matmul.loop(out, [x, turned], types, result, a)
      },
    }),
  ],
} satisfies RowMutants
