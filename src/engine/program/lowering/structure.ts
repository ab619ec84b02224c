/** Ops that move numbers: views cost nothing, the others store their operands into a larger tensor, or gather rows. */

import type { TensorType } from '../../../ops/row.js'
import { contiguous, views } from '../../../ops/view.js'
import { fromFront, type Precision, type Prims, type ViewPrim } from '../../../prim/index.js'
import { type Shape, sizeOf } from '../../../shape/index.js'
import type { Builder } from '../builder.js'
import type { Fill, GatherRows } from '../instruction.js'
import { type Place, startOf, stridedOf, stridesAs, wordsPer } from '../place.js'
import { elementwise } from './elementwise.js'
import { type Lowering, onHost } from './lowering.js'

export const view =
  <K extends ViewPrim>(prim: K) =>
  (_: Builder, [x]: readonly [Place], node: { readonly shape: Shape; readonly attributes: Prims[K]['attributes'] }): Place => {
    const rule = views[prim] as (shape: Shape, view: Place['view'], attributes: Prims[K]['attributes']) => Place['view']
    return { ...x, shape: node.shape, view: rule(x.shape, x.view, node.attributes) }
  }

export const reshape: Lowering<'reshape'> = (b, [x], node) => {
  const strides = stridesAs({ shape: x.shape, strides: x.view.strides }, node.shape)
  if (strides !== undefined) return { ...x, shape: node.shape, view: { offset: x.view.offset, strides } }
  return { ...b.materialise(x), shape: node.shape, view: contiguous(node.shape) }
}

/** The bits of a number: the same word twice, or the two words of a float64. */
const bitsOf = (value: number, precision: Precision): Fill['bits'] => {
  if (precision === 'float64') {
    const [low = 0, high = 0] = new Int32Array(Float64Array.of(value).buffer)
    return [low, high]
  }
  const [float = 0] = new Int32Array(Float32Array.of(value).buffer)
  const bits = precision === 'float32' ? float : precision === 'bool' ? (value === 0 ? 0 : -1) : value | 0
  return [bits, bits]
}

/** Stores a tensor into a part of a larger one. */
const storeInto = (b: Builder, out: Place, x: Place, starts: Shape): void => {
  const source = b.materialise(x)
  const region = { ...out, shape: x.shape, view: views.slice(out.shape, out.view, { starts, sizes: x.shape }) }
  b.write({ kind: 'scatter', how: 'store', view: stridedOf(region), x: startOf(source) })
}
export const pad: Lowering<'pad'> = (b, [x], node) => {
  const { low, value } = node.attributes
  const out = b.room(node.shape, node.precision)
  b.write({ kind: 'fill', out: startOf(out), count: sizeOf(node.shape) * wordsPer(node.precision), bits: bitsOf(value, node.precision) })
  storeInto(
    b,
    out,
    x,
    x.shape.map((_, i) => low[i - x.shape.length + low.length] ?? 0),
  )
  return out
}
export const concat: Lowering<'concat'> = (b, xs, node) => {
  const out = b.room(node.shape, node.precision)
  const at = fromFront(node.shape.length, node.attributes.axis)
  xs.reduce((start, x) => {
    storeInto(
      b,
      out,
      x,
      node.shape.map((_, i) => (i === at ? start : 0)),
    )
    return start + (x.shape[at] ?? 0)
  }, 0)
  return out
}

/** The rows along an axis of a tensor of this shape. */
const rowsOf = (shape: Shape, indices: Shape, axis: number): Pick<GatherRows, 'batch' | 'count' | 'size' | 'row'> => ({
  batch: sizeOf(indices.slice(0, -1)),
  count: indices.at(-1) ?? 0,
  size: shape.at(axis) ?? 0,
  row: axis === -1 ? 1 : sizeOf(shape.slice(axis + 1)),
})
export const gather: Lowering<'gather'> = (b, [x, indices], node) => {
  const [source, at] = [b.materialise(x), b.materialise(indices)]
  const out = b.room(node.shape, node.precision)
  const rows = rowsOf(x.shape, indices.shape, node.attributes.axis)
  const row = rows.row * wordsPer(x.precision)
  b.write({ kind: 'gatherRows', out: startOf(out), x: startOf(source), indices: startOf(at), ...rows, row })
  return out
}
export const scatterAdd: Lowering<'scatterAdd'> = (b, [dy, indices], node) => {
  const { precision } = dy
  if (precision !== 'float32' && precision !== 'float64') return onHost(b, [dy, indices], node)
  const [source, at] = [b.materialise(dy), b.materialise(indices)]
  const out = b.room(node.shape, node.precision)
  const rows = rowsOf(node.shape, indices.shape, node.attributes.axis)
  b.write({ kind: 'scatterAddRows', precision, out: startOf(out), x: startOf(source), indices: startOf(at), ...rows })
  return out
}
/** A 0 wherever it is looked for. */
const zeros = (b: Builder, { shape, precision }: TensorType): Place => {
  const one = b.room([], precision)
  b.write({ kind: 'fill', out: startOf(one), count: wordsPer(precision), bits: [0, 0] })
  return { ...one, shape, view: { offset: 0, strides: shape.map(() => 0) } }
}
/** Windows that lie side by side, and are all there is: every sum has one term, beside the 0 that it begins with. */
const besideEachOther = (b: Builder, x: Place): Place => {
  if (x.precision !== 'float32' && x.precision !== 'float64') return x
  return elementwise(b, x.precision === 'float64' ? 'addDouble' : 'add', [zeros(b, x), x], x)
}
export const overlapAdd: Lowering<'overlapAdd'> = (b, [x], node) => {
  const { stride, size, dilation } = node.attributes
  const isCovered = stride === size && dilation === 1 && sizeOf(x.shape) === sizeOf(node.shape)
  if (isCovered) return reshape(b, [besideEachOther(b, x)], { ...node, prim: 'reshape', attributes: { shape: node.shape } })
  const source = b.materialise(x)
  const out = b.room(node.shape, node.precision)
  const { strides } = views.windows(node.shape, contiguous(node.shape), node.attributes)
  b.write({ kind: 'fill', out: startOf(out), count: sizeOf(node.shape) * wordsPer(x.precision), bits: [0, 0] })
  const how = x.precision === 'float32' ? 'add' : x.precision === 'float64' ? 'addDouble' : 'addInt'
  b.write({ kind: 'scatter', how, view: { start: startOf(out), shape: x.shape, strides }, x: startOf(source) })
  return out
}
