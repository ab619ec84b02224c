/** The second operand of a binary op: a tensor of the same shape, a scalar, or a JavaScript number. */
import { holds } from '../prim/index.js'
import type { Shape } from '../shape/index.js'
import { uniform } from '../tensor/buffer.js'
import type { Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'

/** A number is weak: it takes the precision of the tensor it meets, if that can hold it. Of an integer it cannot be a fraction. */
export type Operand<S extends Shape> = Tensor<S> | number

/** What the data may be, given the operand: any shape beside a scalar or a number, else the operand's own. */
export type Beside<S extends Shape> = S['length'] extends 0 ? Shape : S

/**
 * An operand in the shape of the data. A number that an integer precision does not hold stays a float, which the op refuses in
 * its own words, as it refuses two tensors. A scalar is expanded, explicitly, before any batching sees it.
 */
export const inShapeOf = (x: Tensor, y: Operand<Shape>): Tensor =>
  typeof y === 'number'
    ? uniform(x.shape, holds(x.precision, y) ? x.precision : 'float32', y)
    : y.shape.length === 0 && x.shape.length > 0
      ? tensors.expand(y, { axes: x.shape.map((_, i) => i - x.shape.length), sizes: x.shape })
      : y
