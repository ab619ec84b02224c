/**
 * The closed list of ops: their names, how many operands each takes, and its attributes. Everything else is a composite.
 *
 * Axes are counted from the end (−1 is the last), so that an op means the same under any number of leading axes: this is
 * what makes batching a transformation. No op broadcasts by itself; `expand` is the only broadcast.
 */

import type { Shape } from '../shape/index.js'
import type { Precision } from './precision.js'

interface Signature<N extends Count, A> {
  readonly operands: N
  readonly attributes: A
}
type Unary<A = null> = Signature<1, A>
type Binary<A = null> = Signature<2, A>
type Ternary<A = null> = Signature<3, A>
type Variadic<A = null> = Signature<'any', A>

/** Axes from the end, ascending: `[-2, -1]`. */
export type Axes = readonly number[]

export interface AxisAttributes {
  readonly axis: number
}
export interface AxesAttributes {
  readonly axes: Axes
}
/** `expand` puts new axes at these positions of its result, of these sizes. */
export interface ExpandAttributes {
  readonly axes: Axes
  readonly sizes: Shape
}
/** For the trailing axes, as many as the arrays are long; leading axes are taken whole. */
export interface SliceAttributes {
  readonly starts: Shape
  readonly sizes: Shape
}
export interface PadAttributes {
  readonly low: Shape
  readonly high: Shape
  readonly value: number
}
export interface WindowsAttributes {
  /** The axis that is cut, from the end of the operand (`windows`) or of the result (`overlapAdd`). */
  readonly axis: number
  readonly size: number
  readonly stride: number
  readonly dilation: number
}
export interface OverlapAttributes extends WindowsAttributes {
  /** The length of the axis that is put together again. */
  readonly length: number
}

export interface Prims {
  readonly neg: Unary
  readonly abs: Unary
  readonly sign: Unary
  readonly exp: Unary
  readonly expm1: Unary
  readonly log: Unary
  readonly log1p: Unary
  readonly sqrt: Unary
  readonly sin: Unary
  readonly cos: Unary
  readonly tanh: Unary
  readonly sigmoid: Unary
  readonly softplus: Unary
  readonly floor: Unary
  readonly stopGradient: Unary
  readonly add: Binary
  readonly sub: Binary
  readonly mul: Binary
  readonly div: Binary
  readonly pow: Binary
  readonly maximum: Binary
  readonly minimum: Binary
  readonly less: Binary
  readonly lessEqual: Binary
  readonly equal: Binary
  readonly and: Binary
  readonly or: Binary
  readonly xor: Binary
  readonly not: Unary
  readonly shiftLeft: Unary<{ readonly bits: number }>
  readonly shiftRight: Unary<{ readonly bits: number }>
  readonly rotateLeft: Unary<{ readonly bits: number }>
  readonly cast: Unary<{ readonly to: Precision }>
  readonly select: Ternary
  readonly sum: Unary<AxesAttributes>
  readonly max: Unary<AxisAttributes>
  readonly argMax: Unary<AxisAttributes>
  readonly matmul: Binary
  readonly reshape: Unary<{ readonly shape: Shape }>
  /** Where each trailing axis of the result comes from: `[-1, -2]` swaps the last two. */
  readonly transpose: Unary<AxesAttributes>
  readonly slice: Unary<SliceAttributes>
  readonly pad: Unary<PadAttributes>
  readonly concat: Variadic<AxisAttributes>
  readonly expand: Unary<ExpandAttributes>
  readonly gather: Binary<AxisAttributes>
  readonly scatterAdd: Binary<AxisAttributes & { readonly size: number }>
  readonly windows: Unary<WindowsAttributes>
  readonly overlapAdd: Unary<OverlapAttributes>
}

export type Prim = keyof Prims
export type Attributes<K extends Prim> = Prims[K]['attributes']

/** How many operands an op takes. */
export type Count = 1 | 2 | 3 | 'any'
interface OperandsByCount<R> {
  readonly 1: readonly [x: R]
  readonly 2: readonly [x: R, y: R]
  readonly 3: readonly [x: R, y: R, z: R]
  readonly any: readonly R[]
}
/** That many operands, each an `R`: shapes, tensors, index functions, strings. */
export type Operands<N extends Count, R> = OperandsByCount<R>[N]
/** The operands of an op. */
export type OperandsOf<K extends Prim, R> = Operands<Prims[K]['operands'], R>
