/** Broken rows that move numbers. */
import { table } from '../../../../src/ops/index.js'
import { sizeOf } from '../../../../src/shape/index.js'
import { broken, each, flipped, type RowMutants, value } from './breaking.js'

export const structure = {
  reshape: [broken('reshape')('the last number first', value, { loop: (out, [x]) => out.set(Array.from(x).reverse()) })],
  transpose: [
    broken('transpose')('a pullback that is not inverted', 'adjoint', { pullback: (o, _x, _y, a) => (dy) => [o.transpose(dy, a)] }),
    broken('transpose')('nothing moved', value, { loop: each((x) => x) }),
  ],
  slice: [
    broken('slice')('a cotangent padded on the wrong side', 'adjoint', {
      pullback:
        (o, _x, _y, { starts, sizes }, [{ shape }]) =>
        (dy) => {
          const trailing = shape.slice(shape.length - sizes.length)
          return [o.pad(dy, { low: trailing.map((d, a) => d - (starts[a] ?? 0) - (sizes[a] ?? 0)), high: starts, value: 0 })]
        },
    }),
    broken('slice')('one too early', value, {
      loop: (out, xs, types, result, { starts, sizes }) =>
        table.slice.loop(out, xs, types, result, { starts: starts.map((start) => Math.max(start - 1, 0)), sizes }),
    }),
  ],
  pad: [
    broken('pad')('zeros whatever the value', value, {
      loop: (out, xs, types, result, a) => table.pad.loop(out, xs, types, result, { ...a, value: 0 }),
    }),
    broken('pad')('a cotangent cut where the high side begins', 'adjoint', {
      pullback:
        (o, _x, _y, { high }, [{ shape }]) =>
        (dy) => [o.slice(dy, { starts: high, sizes: shape.slice(shape.length - high.length) })],
    }),
  ],
  concat: [
    flipped('concat'),
    broken('concat')('its operands in reverse', value, {
      loop: (out, xs, types, result, a) => table.concat.loop(out, [...xs].reverse(), [...types].reverse(), result, a),
    }),
  ],
  expand: [
    flipped('expand'),
    broken('expand')('only the first copy written', value, {
      loop: (out, [x]) => out.set(x.subarray(0, Math.min(x.length, out.length))),
    }),
    broken('expand')('a cotangent that is a mean', 'adjoint', {
      pullback:
        (o, [x], _, { axes, sizes }) =>
        (dy) => [o.div(o.sum(dy, { axes }), o.constant(sizeOf(sizes), x))],
    }),
  ],
  gather: [
    flipped('gather'),
    broken('gather')('the nearest row where there is none', value, {
      loop: (out, [x, at], types, result, a) => {
        const size = types[0].shape.at(a.axis) ?? 0
        table.gather.loop(out, [x, at.map((k) => Math.min(Math.max(k, 0), size - 1))], types, result, a)
      },
    }),
  ],
  scatterAdd: [
    flipped('scatterAdd'),
    broken('scatterAdd')('rows that overwrite each other', value, {
      loop: (out, [dy, at], types, result, a) => {
        const count = types[1].shape.at(-1) ?? 0
        const later = at.map((n, i) => (at.slice(i + 1, (Math.floor(i / count) + 1) * count).includes(n) ? -1 : n))
        table.scatterAdd.loop(out, [dy, later], types, result, a)
      },
    }),
  ],
  windows: [
    flipped('windows'),
    broken('windows')('stride and dilation swapped', value, {
      loop: (out, xs, types, result, a) => table.windows.loop(out, xs, types, result, { ...a, stride: a.dilation, dilation: a.stride }),
    }),
  ],
  overlapAdd: [
    flipped('overlapAdd'),
    broken('overlapAdd')('stride and dilation swapped', value, {
      loop: (out, xs, types, result, a) => table.overlapAdd.loop(out, xs, types, result, { ...a, stride: a.dilation, dilation: a.stride }),
    }),
  ],
} satisfies RowMutants
