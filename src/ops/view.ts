/**
 * Views: ops that only look at their operand's numbers from another side. Each is an affine map from the index of the
 * result to a place in the operand: `offset + Σ strides[i] · index[i]`. The reference loop and the fast engines share them.
 */
import { type Attributes, fromFront, type OperandsOf, type ViewPrim, withAxes } from '../prim/index.js'
import { type Shape, sizeOf } from '../shape/index.js'

export interface View {
  readonly offset: number
  readonly strides: readonly number[]
}

/** Row by row: the last axis is contiguous. */
export const rowMajor = (shape: Shape): readonly number[] => shape.map((_, i) => sizeOf(shape.slice(i + 1)))

export const contiguous = (shape: Shape): View => ({ offset: 0, strides: rowMajor(shape) })

type ViewRule<K extends ViewPrim> = (operand: Shape, view: View, attributes: Attributes<K>) => View

/** Each takes the view of its operand to the view of its result, so views compose. */
export const views: { readonly [K in ViewPrim]: ViewRule<K> } = {
  transpose: (shape, { offset, strides }, { axes }) => ({
    offset,
    strides: [...strides.slice(0, shape.length - axes.length), ...axes.map((axis) => strides.at(axis) ?? 0)],
  }),
  slice: (shape, { offset, strides }, { starts }) => ({
    offset: starts.reduce((at, start, i) => at + start * (strides[shape.length - starts.length + i] ?? 0), offset),
    strides,
  }),
  expand: (_, { offset, strides }, { axes }) => ({
    offset,
    strides: withAxes(
      strides,
      axes,
      axes.map(() => 0),
    ),
  }),
  windows: (shape, { offset, strides }, { axis, stride, dilation }) => {
    const at = fromFront(shape.length, axis)
    const step = strides[at] ?? 0
    return { offset, strides: [...strides.slice(0, at), step * stride, step * dilation, ...strides.slice(at + 1)] }
  },
}

/** The single operand of a view. */
export const viewed = <R>(operands: OperandsOf<ViewPrim, R>): R => operands[0]
