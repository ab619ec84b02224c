/** Sums, maxima and matrix products. */
import { splitAt } from '../../../ops/loop/reduce.js'
import { type AxisAttributes, fromFront, type Precision } from '../../../prim/index.js'
import { sizeOf } from '../../../shape/index.js'
import type { Address } from '../address.js'
import type { Matrix } from '../instruction.js'
import type { Reduction } from '../operation.js'
import { bytesPer, isContiguous, type Place, startOf } from '../place.js'
import { type Lowering, type LoweringOf, onHost } from './lowering.js'

/** Sums want the summed axes side by side; if they are not, they are brought to the end. */
export const sum: Lowering<'sum'> = (b, [x], node) => {
  const reduction: Reduction = x.precision === 'float32' ? 'sum' : x.precision === 'float64' ? 'sumDouble' : 'sumInt'
  const summed = node.attributes.axes.map((axis) => fromFront(x.shape.length, axis)).sort((i, j) => i - j)
  const first = summed[0] ?? 0
  const adjacent = summed.every((axis, i) => axis === first + i)
  const kept = x.shape.map((_, i) => i).filter((i) => !summed.includes(i))
  const order = [...kept, ...summed]
  const moved: Place = adjacent
    ? x
    : { ...x, shape: order.map((i) => x.shape[i] ?? 1), view: { ...x.view, strides: order.map((i) => x.view.strides[i] ?? 0) } }
  const at = adjacent ? first : kept.length
  const source = b.materialise(moved)
  const out = b.room(node.shape, node.precision)
  const [outer, mid, inner] = [
    sizeOf(source.shape.slice(0, at)),
    sizeOf(source.shape.slice(at, at + summed.length)),
    sizeOf(source.shape.slice(at + summed.length)),
  ]
  b.write({ kind: 'reduce', reduction, out: startOf(out), x: startOf(source), outer, mid, inner })
  return out
}

export const along =
  (reductions: { readonly [P in Precision]?: Reduction }): LoweringOf<1, AxisAttributes> =>
  (b, [x], node) => {
    const reduction = reductions[x.precision]
    if (reduction === undefined) return onHost(b, [x], node)
    const source = b.materialise(x)
    const out = b.room(node.shape, node.precision)
    const { outer, mid, inner } = splitAt(x.shape, node.attributes.axis)
    b.write({ kind: 'reduce', reduction, out: startOf(out), x: startOf(source), outer, mid, inner })
    return out
  }

export const matmul: Lowering<'matmul'> = (b, [x, w], node) => {
  const { precision } = x
  if (precision !== 'float32' && precision !== 'float64') return onHost(b, [x, w], node)
  const lead = x.shape.slice(0, -2)
  const [m, k, n] = [x.shape.at(-2) ?? 0, x.shape.at(-1) ?? 0, w.shape.at(-1) ?? 0]
  const out = b.room(node.shape, precision)
  /** Of many products the matrices lie one after the other. */
  const matrices = (place: Place): Place => (lead.length === 0 || isContiguous(place) ? place : b.materialise(place))
  const [a, c] = [matrices(x), matrices(w)]
  const at = (place: Place, elements: number): Address => {
    const { bytes, ...start } = startOf(place)
    return { ...start, bytes: bytes + bytesPer(precision) * elements }
  }
  const matrix = (place: Place, elements: number): Matrix => ({
    address: at(place, elements),
    row: place.view.strides.at(-2) ?? 0,
    column: place.view.strides.at(-1) ?? 0,
  })
  for (const i of Array(sizeOf(lead)).keys())
    b.write({ kind: 'matmul', precision, out: at(out, i * m * n), outRow: n, a: matrix(a, i * m * k), b: matrix(c, i * k * n), m, n, k })
  return out
}
