/** What ops are told beside their operands. Axes are counted from the end (−1 is the last). */
import type { Shape } from '../shape/index.js'
import type { Precision } from './precision.js'

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
/** A shift or a turn, by so many bits. */
export interface BitsAttributes {
  readonly bits: number
}
export interface CastAttributes {
  readonly to: Precision
}
export interface ReshapeAttributes {
  readonly shape: Shape
}
export interface ScatterAttributes extends AxisAttributes {
  /** The length of the axis that rows are added into. */
  readonly size: number
}
