/** Sums, maxima and matrix products. */
import { splitAt } from '../../../ops/loop/reduce.js'
import { type AxisAttributes, fromFront, isFloat, type Precision } from '../../../prim/index.js'
import { sizeOf } from '../../../shape/index.js'
import { startOf } from '../builder.js'
import type { Argument } from '../instruction.js'
import type { KernelName, MatmulScratch } from '../kernels.js'
import { isContiguous, type Place } from '../place.js'
import { type Lowering, type LoweringOf, onHost } from './lowering.js'

/** Sums want the summed axes side by side; if they are not, they are brought to the end. */
export const sum: Lowering<'sum'> = (b, [x], node) => {
  const kernel: KernelName | undefined = x.precision === 'float32' ? 'sum' : isFloat(x.precision) ? undefined : 'sumInt'
  if (kernel === undefined) return onHost(b, [x], node)
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
  b.call(kernel, out.buffer, [startOf(out), outer, mid, inner, startOf(source)])
  return out
}

export const along =
  (kernels: { readonly [P in Precision]?: KernelName }): LoweringOf<1, AxisAttributes> =>
  (b, [x], node) => {
    const kernel = kernels[x.precision]
    if (kernel === undefined) return onHost(b, [x], node)
    const source = b.materialise(x)
    const out = b.room(node.shape, node.precision)
    const { outer, mid, inner } = splitAt(x.shape, node.attributes.axis)
    b.call(kernel, out.buffer, [startOf(out), outer, mid, inner, startOf(source)])
    return out
  }

export const matmul =
  (scratchFor: MatmulScratch): Lowering<'matmul'> =>
  (b, [x, w], node) => {
    if (x.precision !== 'float32') return onHost(b, [x, w], node)
    const lead = x.shape.slice(0, -2)
    const [m, k, n] = [x.shape.at(-2) ?? 0, x.shape.at(-1) ?? 0, w.shape.at(-1) ?? 0]
    const out = b.room(node.shape, 'float32')
    const scratch = b.needScratch(scratchFor(m, n, k))
    const matrices = (place: Place): Place => (lead.length === 0 || isContiguous(place) ? place : b.materialise(place))
    const [a, c] = [matrices(x), matrices(w)]
    const at = (place: Place, i: number, size: number): Argument => ({
      buffer: place.buffer,
      bytes: 4 * (place.view.offset + i * size),
      steps: place.steps,
    })
    const steps = (place: Place): readonly [number, number] => [place.view.strides.at(-2) ?? 0, place.view.strides.at(-1) ?? 0]
    Array.from({ length: sizeOf(lead) }, (_, i) =>
      b.call('matmul', out.buffer, [at(out, i, m * n), m, n, k, at(a, i, m * k), ...steps(a), at(c, i, k * n), ...steps(c), scratch]),
    )
    return out
  }
