/** The second operand of a binary op: a tensor of the same shape, a scalar, or a JavaScript number. */
import { holds } from '../prim/index.js'
import type { Shape } from '../shape/index.js'
import { uniform } from '../tensor/buffer.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'
import type { TensorType } from './row.js'

/** A number is weak: it takes the precision of the tensor it meets, if that can hold it. Of an integer it cannot be a fraction. */
export type Operand<S extends Shape> = Tensor<S> | number

/** What the data may be, given the operand: any shape beside a scalar or a number, else the operand's own. */
export type Beside<S extends Shape> = S['length'] extends 0 ? Shape : S

/**
 * An operand in the shape of the data. A number that an integer precision does not hold stays a float, which the op refuses in
 * its own words, as it refuses two tensors. A scalar is expanded, explicitly, before any batching sees it.
 */
export const inShapeOf = (who: string, { shape, precision }: TensorType, y: Operand<Shape>): Tensor => {
  if (typeof y === 'number') return uniform(shape, holds(precision, y) ? precision : 'float32', y)
  return wantsTensor(who, y).shape.length === 0 ? tensors.expand(y, { axes: shape.map((_, i) => i - shape.length), sizes: shape }) : y
}
