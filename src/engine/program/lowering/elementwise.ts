/** Element-wise ops, which operation serves which precision, and casts. */
import type { TensorType } from '../../../ops/row.js'
import { contiguous } from '../../../ops/view.js'
import type { Precision } from '../../../prim/index.js'
import type { Shape } from '../../../shape/index.js'
import type { Builder } from '../builder.js'
import type { LaneOperation } from '../operation.js'
import { bytesPer, collapse, type Place, startOf } from '../place.js'
import { type Applied, type Lowering, type LoweringOf, onHost } from './lowering.js'

/** Element-wise loops walk two axes; operands that need more are copied, the most tangled first. */
const twoAxes = (
  b: Builder,
  shape: Shape,
  operands: readonly Place[],
): {
  readonly operands: readonly Place[]
  readonly outer: number
  readonly inner: number
  readonly strides: readonly (readonly number[])[]
} => {
  const all = [contiguous(shape).strides, ...operands.map((o) => o.view.strides)]
  const { shape: sizes, strides } = collapse(shape, all)
  if (sizes.length <= 2) {
    const [outer, inner] = sizes.length === 2 ? [sizes[0] ?? 1, sizes[1] ?? 1] : [1, sizes[0] ?? 1]
    return { operands, outer, inner, strides: strides.slice(1).map((s) => (s.length === 2 ? s : [0, s[0] ?? 0])) }
  }
  const tangle = operands.map((o) => collapse(shape, [contiguous(shape).strides, o.view.strides]).shape.length)
  const worst = tangle.indexOf(Math.max(...tangle))
  return twoAxes(
    b,
    shape,
    operands.map((o, i) => (i === worst ? b.materialise(o) : o)),
  )
}

/** One operation, in a loop of its own. */
export const elementwise = (
  b: Builder,
  operation: LaneOperation,
  places: readonly Place[],
  { shape, precision }: TensorType,
  bits = 0,
): Place => {
  const { operands, outer, inner, strides } = twoAxes(b, shape, places)
  const out = b.room(shape, precision)
  b.write({
    kind: 'pointwise',
    outer,
    inner,
    inputs: operands.map((operand, i) => ({
      address: startOf(operand),
      outer: strides[i]?.[0] ?? 0,
      inner: strides[i]?.[1] ?? 0,
      bytesPer: bytesPer(operand.precision),
    })),
    steps: [{ operation, args: operands.map((_, i) => i), bits }],
    outputs: [{ value: operands.length, to: startOf(out), bytesPer: bytesPer(precision) }],
  })
  return out
}

/** Which operation serves a row at the precision of its last operand; the host serves the rest. */
type ByPrecision = { readonly [P in Precision]?: LaneOperation }
export const floats = (float32: LaneOperation, float64: LaneOperation): ByPrecision => ({ float32, float64 })
export const bitwise = (operation: LaneOperation): ByPrecision => ({
  int32: operation,
  uint32: operation,
  bool: operation,
})

type Pointwise = (b: Builder, operands: readonly Place[], node: Applied<null>) => Place
export const pointwise =
  (operations: ByPrecision): Pointwise =>
  (b, operands, node) => {
    const operation = operations[operands.at(-1)?.precision ?? 'float64']
    return operation === undefined ? onHost(b, operands, node) : elementwise(b, operation, operands, node)
  }
export const shift =
  (operations: ByPrecision): LoweringOf<1, { readonly bits: number }> =>
  (b, operands, node) => {
    const operation = operations[operands[0].precision]
    return operation === undefined ? onHost(b, operands, node) : elementwise(b, operation, operands, node, node.attributes.bits)
  }

/** A cast that changes no bits is none. */
const casts: { readonly [From in Precision]: { readonly [To in Precision]: LaneOperation | 'same bits' } } = {
  float32: { float32: 'same bits', float64: 'f32ToF64', int32: 'f32ToI32', uint32: 'f32ToU32', bool: 'f32ToMask' },
  float64: { float32: 'f64ToF32', float64: 'same bits', int32: 'f64ToI32', uint32: 'f64ToU32', bool: 'f64ToMask' },
  int32: { float32: 'i32ToF32', float64: 'i32ToF64', int32: 'same bits', uint32: 'same bits', bool: 'i32ToMask' },
  uint32: { float32: 'u32ToF32', float64: 'u32ToF64', int32: 'same bits', uint32: 'same bits', bool: 'i32ToMask' },
  bool: { float32: 'maskToF32', float64: 'maskToF64', int32: 'maskToI32', uint32: 'maskToI32', bool: 'same bits' },
}
export const cast: Lowering<'cast'> = (b, [x], node) => {
  const operation = casts[x.precision][node.precision]
  return operation === 'same bits' ? { ...x, precision: node.precision } : elementwise(b, operation, [x], node)
}
