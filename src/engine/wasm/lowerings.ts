/**
 * From ops to instructions: a total table, so that an op without a lowering does not compile. Views become places without an
 * instruction; float64, and what has no kernel, runs the row's own loop on the host.
 */

import { splitAt } from '../../ops/loop/reduce.js'
import type { RowOf, TensorType } from '../../ops/row.js'
import { table } from '../../ops/table.js'
import { contiguous, type ViewPrim, views } from '../../ops/view.js'
import {
  type Attributes,
  type AxisAttributes,
  type Count,
  fromFront,
  isFloat,
  type Operands,
  type Precision,
  type Prim,
  type Prims,
} from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import { rounded } from '../../tensor/buffer.js'
import { type Builder, metaOf, startOf } from './builder.js'
import { arenaView, numbersAt } from './door.js'
import type { Argument } from './instruction.js'
import type { ElementwiseKernel, KernelName } from './kernels.js'
import { collapse, isContiguous, type Place } from './place.js'

/** An op to be lowered: its name, its attributes, and the type of its result. */
interface Applied<A> extends TensorType {
  readonly prim: Prim
  readonly attributes: A
}
type LoweringOf<N extends Count, A> = (b: Builder, operands: Operands<N, Place>, node: Applied<A>) => Place
export type Lowering<K extends Prim> = LoweringOf<Prims[K]['operands'], Attributes<K>>

/** The row's loop, on copies of its operands. */
const onHost = (b: Builder, operands: readonly Place[], node: Applied<unknown>): Place => {
  const row = table[node.prim] as unknown as RowOf<'any', unknown>
  const sources = operands.map(b.materialise)
  const out = b.room(node.shape, node.precision)
  b.host(
    node.prim,
    sources.map((s) => s.buffer),
    out.buffer,
    ({ buffer, addressOf }) => {
      const numbers = sources.map((s) => numbersAt(buffer, s.precision, addressOf(s.buffer), sizeOf(s.shape)))
      const size = sizeOf(node.shape)
      const result = rounded(node.precision, new Float64Array(size))
      row.loop(result, numbers, operands, node, node.attributes)
      arenaView(buffer, node.precision, addressOf(out.buffer), size).set(
        node.precision === 'bool' ? result.map((x) => (x === 0 ? 0 : 255)) : result,
      )
    },
  )
  return out
}

/** Element-wise kernels walk two axes; operands that need more are copied, the most tangled first. */
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

const elementwise = (
  b: Builder,
  kernel: ElementwiseKernel,
  places: readonly Place[],
  { shape, precision }: TensorType,
  extra: readonly number[] = [],
): Place => {
  const { operands, outer, inner, strides } = twoAxes(b, shape, places)
  const out = b.room(shape, precision)
  b.call(kernel, out.buffer, [
    startOf(out),
    outer,
    inner,
    ...operands.flatMap((o, i): readonly Argument[] => [startOf(o), ...(strides[i] ?? [])]),
    ...extra,
  ])
  return out
}

type ByPrecision = { readonly [P in Precision]?: ElementwiseKernel }
/** Which kernel serves a row at the precision of its first operand; the host serves the rest. */
const floatOnly = (kernel: ElementwiseKernel): ByPrecision => ({ float32: kernel })
const threeWays = (float32: ElementwiseKernel, int32: ElementwiseKernel, uint32: ElementwiseKernel): ByPrecision => ({
  float32,
  int32,
  uint32,
})
const bitwise = (kernel: ElementwiseKernel): ByPrecision => ({ int32: kernel, uint32: kernel, bool: kernel })

type Pointwise = (b: Builder, operands: readonly Place[], node: Applied<null>) => Place
const pointwise =
  (kernels: ByPrecision): Pointwise =>
  (b, operands, node) => {
    const kernel = kernels[operands.at(-1)?.precision ?? 'float64']
    return kernel === undefined ? onHost(b, operands, node) : elementwise(b, kernel, operands, node)
  }
const shift =
  (kernels: ByPrecision): LoweringOf<1, { readonly bits: number }> =>
  (b, operands, node) => {
    const kernel = kernels[operands[0].precision]
    return kernel === undefined ? onHost(b, operands, node) : elementwise(b, kernel, operands, node, [node.attributes.bits])
  }

const view =
  <K extends ViewPrim>(prim: K) =>
  (_: Builder, [x]: readonly [Place], node: { readonly shape: Shape; readonly attributes: Prims[K]['attributes'] }): Place => {
    const rule = views[prim] as (shape: Shape, view: Place['view'], attributes: Prims[K]['attributes']) => Place['view']
    return { ...x, shape: node.shape, view: rule(x.shape, x.view, node.attributes) }
  }

const casts: { readonly [From in Precision]?: { readonly [To in Precision]?: ElementwiseKernel } } = {
  float32: { int32: 'f32ToI32', uint32: 'f32ToU32', bool: 'f32ToMask' },
  int32: { float32: 'i32ToF32', bool: 'i32ToMask' },
  uint32: { float32: 'u32ToF32', bool: 'i32ToMask' },
  bool: { float32: 'maskToF32', int32: 'maskToI32', uint32: 'maskToI32' },
}
const cast: Lowering<'cast'> = (b, [x], node) => {
  const kernel = casts[x.precision]?.[node.precision]
  const reinterpreted = (x.precision === 'int32' || x.precision === 'uint32') && (node.precision === 'int32' || node.precision === 'uint32')
  if (reinterpreted || x.precision === node.precision) return { ...x, precision: node.precision }
  return kernel === undefined ? onHost(b, [x], node) : elementwise(b, kernel, [x], node)
}

/** Sums want the summed axes side by side; if they are not, they are brought to the end. */
const sum: Lowering<'sum'> = (b, [x], node) => {
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

const along =
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

const matmul =
  (scratchFor: (m: number, n: number, k: number) => number): Lowering<'matmul'> =>
  (b, [x, w], node) => {
    if (x.precision !== 'float32') return onHost(b, [x, w], node)
    const lead = x.shape.slice(0, -2)
    const [m, k, n] = [x.shape.at(-2) ?? 0, x.shape.at(-1) ?? 0, w.shape.at(-1) ?? 0]
    const out = b.room(node.shape, 'float32')
    const scratch = b.needScratch(scratchFor(m, n, k))
    const matrices = (place: Place): Place => (lead.length === 0 || isContiguous(place) ? place : b.materialise(place))
    const [a, c] = [matrices(x), matrices(w)]
    const at = (place: Place, i: number, size: number): Argument => ({ buffer: place.buffer, bytes: 4 * (place.view.offset + i * size) })
    const steps = (place: Place): readonly [number, number] => [place.view.strides.at(-2) ?? 0, place.view.strides.at(-1) ?? 0]
    Array.from({ length: sizeOf(lead) }, (_, i) =>
      b.call('matmul', out.buffer, [at(out, i, m * n), m, n, k, at(a, i, m * k), ...steps(a), at(c, i, k * n), ...steps(c), scratch]),
    )
    return out
  }

const reshape: Lowering<'reshape'> = (b, [x], node) => {
  const everywhere = x.view.strides.every((step, i) => step === 0 || x.shape[i] === 1)
  if (everywhere) return { ...x, shape: node.shape, view: { offset: x.view.offset, strides: node.shape.map(() => 0) } }
  return { ...b.materialise(x), shape: node.shape, view: contiguous(node.shape) }
}

const floatBits = (value: number, precision: Precision): number =>
  precision === 'float32'
    ? (new Int32Array(Float32Array.of(value).buffer)[0] as number)
    : precision === 'bool'
      ? value === 0
        ? 0
        : -1
      : value | 0

/** Stores a tensor into a part of a larger one. */
const storeInto = (b: Builder, out: Place, x: Place, starts: Shape): void => {
  const source = b.materialise(x)
  const region = views.slice(out.shape, out.view, { starts, sizes: x.shape })
  const meta = b.constant(metaOf(x.shape, region))
  b.call('scatterView', out.buffer, [{ buffer: out.buffer, bytes: 4 * region.offset }, { buffer: meta, bytes: 0 }, startOf(source)])
}
const pad: Lowering<'pad'> = (b, [x], node) => {
  if (x.precision === 'float64') return onHost(b, [x], node)
  const { low, value } = node.attributes
  const out = b.room(node.shape, node.precision)
  b.call('fill', out.buffer, [startOf(out), sizeOf(node.shape), floatBits(value, node.precision)])
  storeInto(
    b,
    out,
    x,
    x.shape.map((_, i) => low[i - x.shape.length + low.length] ?? 0),
  )
  return out
}
const concat: Lowering<'concat'> = (b, xs, node) => {
  if (node.precision === 'float64') return onHost(b, xs, node)
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

const rowsArguments = (shape: Shape, indices: Shape, axis: number): readonly number[] => [
  sizeOf(indices.slice(0, -1)),
  indices.at(-1) ?? 0,
  shape.at(axis) ?? 0,
  axis === -1 ? 1 : sizeOf(shape.slice(axis + 1)),
]
const gather: Lowering<'gather'> = (b, [x, indices], node) => {
  if (x.precision === 'float64') return onHost(b, [x, indices], node)
  const [source, at] = [b.materialise(x), b.materialise(indices)]
  const out = b.room(node.shape, node.precision)
  b.call('gatherRows', out.buffer, [
    startOf(out),
    startOf(source),
    startOf(at),
    ...rowsArguments(x.shape, indices.shape, node.attributes.axis),
  ])
  return out
}
const scatterAdd: Lowering<'scatterAdd'> = (b, [dy, indices], node) => {
  if (dy.precision !== 'float32') return onHost(b, [dy, indices], node)
  const [source, at] = [b.materialise(dy), b.materialise(indices)]
  const out = b.room(node.shape, node.precision)
  b.call('scatterAddRows', out.buffer, [
    startOf(out),
    startOf(source),
    startOf(at),
    ...rowsArguments(node.shape, indices.shape, node.attributes.axis),
  ])
  return out
}
const overlapAdd: Lowering<'overlapAdd'> = (b, [x], node) => {
  if (x.precision === 'float64') return onHost(b, [x], node)
  const source = b.materialise(x)
  const out = b.room(node.shape, node.precision)
  const region = views.windows(node.shape, contiguous(node.shape), node.attributes)
  const meta = b.constant(metaOf(x.shape, region))
  b.call('fill', out.buffer, [startOf(out), sizeOf(node.shape), 0])
  b.call(x.precision === 'float32' ? 'scatterAddView' : 'scatterAddViewInt', out.buffer, [
    startOf(out),
    { buffer: meta, bytes: 0 },
    startOf(source),
  ])
  return out
}

export const lowerings = (scratchFor: (m: number, n: number, k: number) => number): { readonly [K in Prim]: Lowering<K> } => ({
  neg: pointwise(threeWays('neg', 'negInt', 'negInt')),
  abs: pointwise({ float32: 'abs', int32: 'absInt' }),
  sign: pointwise({ float32: 'sign', int32: 'signInt' }),
  exp: pointwise(floatOnly('exp')),
  expm1: pointwise(floatOnly('expm1')),
  log: pointwise(floatOnly('log')),
  log1p: pointwise(floatOnly('log1p')),
  sqrt: pointwise(floatOnly('sqrt')),
  sin: pointwise(floatOnly('sin')),
  cos: pointwise(floatOnly('cos')),
  tanh: pointwise(floatOnly('tanh')),
  sigmoid: pointwise(floatOnly('sigmoid')),
  softplus: pointwise(floatOnly('softplus')),
  floor: pointwise(floatOnly('floor')),
  stopGradient: (_, [x]) => x,
  add: pointwise(threeWays('add', 'addInt', 'addInt')),
  sub: pointwise(threeWays('sub', 'subInt', 'subInt')),
  mul: pointwise(threeWays('mul', 'mulInt', 'mulInt')),
  div: pointwise(floatOnly('div')),
  pow: pointwise(floatOnly('pow')),
  maximum: pointwise(threeWays('maximum', 'maximumSigned', 'maximumUnsigned')),
  minimum: pointwise(threeWays('minimum', 'minimumSigned', 'minimumUnsigned')),
  less: pointwise(threeWays('less', 'lessSigned', 'lessUnsigned')),
  lessEqual: pointwise(threeWays('lessEqual', 'lessEqualSigned', 'lessEqualUnsigned')),
  equal: pointwise({ float32: 'equal', int32: 'equalInt', uint32: 'equalInt', bool: 'equalInt' }),
  and: pointwise(bitwise('and')),
  or: pointwise(bitwise('or')),
  xor: pointwise(bitwise('xor')),
  not: pointwise(bitwise('not')),
  shiftLeft: shift({ int32: 'shiftLeft', uint32: 'shiftLeft' }),
  shiftRight: shift({ int32: 'shiftRightSigned', uint32: 'shiftRight' }),
  rotateLeft: shift({ uint32: 'rotateLeft', int32: 'rotateLeft' }),
  cast,
  select: pointwise({ float32: 'select', int32: 'select', uint32: 'select', bool: 'select' }),
  sum,
  max: along({ float32: 'max', int32: 'maxSigned', uint32: 'maxUnsigned' }),
  argMax: along({ float32: 'argMax', int32: 'argMaxSigned', uint32: 'argMaxUnsigned' }),
  matmul: matmul(scratchFor),
  reshape,
  transpose: view('transpose'),
  slice: view('slice'),
  expand: view('expand'),
  windows: view('windows'),
  pad,
  concat,
  gather,
  scatterAdd,
  overlapAdd,
})
