/** Reductions. Axes are counted from the end: −1 is the last. */
import { pipe } from 'fp-ts/lib/function.js'
import { shown, ValueError } from '../error/index.js'
import { type Shape, show, sizeOf } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'
import { div, sqrt } from './arithmetic.js'
import { equal, select } from './comparison.js'
import type { Without } from './shape-types.js'

const allAxes = (who: string, x: Tensor): { readonly axes: readonly number[] } => {
  const { shape } = wantsTensor(who, x)
  return { axes: shape.map((_, i) => i - shape.length) }
}

/** Axes may also be given from the front; ops keep them from the end, where batching leaves them alone. */
const fromEnd = (who: string, x: Tensor, axis: number): number => {
  const { shape } = wantsTensor(who, x)
  const end = axis < 0 ? axis : axis - shape.length
  if (Number.isInteger(end) && end < 0 && end >= -shape.length) return end
  throw new ValueError({ who, expected: `an axis of ${show(shape)}`, received: shown(axis) })
}

/**
 * The sum along an axis, which goes away.
 *
 * @shape  [..., N, ...] → [..., ...]
 * @example
 * pipe(tensor([2, 2], [1, 2, 3, 4]), sum(-1), toArray) // => Float32Array [3, 7]
 */
export const sum =
  <const A extends number>(axis: A) =>
  <S extends Shape>(x: Tensor<S>): Tensor<Without<S, A>> =>
    tensors.sum(x, { axes: [fromEnd('sum', x, axis)] }) as Tensor<Without<S, A>>
/** The sum of all numbers. */
export const sumAll = (x: Tensor): Scalar => tensors.sum(x, allAxes('sumAll', x)) as Scalar
/**
 * √Σx² along an axis, which goes away. Its gradient is x / ‖x‖, and 0 where x is 0; that of `sqrt(sum(…))` is NaN there.
 *
 * @shape  [..., N, ...] → [..., ...]
 * @source the subgradient of least size
 */
export const norm =
  <const A extends number>(axis: A) =>
  <S extends Shape>(x: Tensor<S>): Tensor<Without<S, A>> => {
    const squares = tensors.sum(tensors.mul(x, x), { axes: [fromEnd('norm', x, axis)] })
    const isZero = equal(0)(squares)
    return pipe(isZero, select(0, sqrt(pipe(isZero, select(1, squares))))) as Tensor<Without<S, A>>
  }
/** The mean along an axis, which goes away; NaN if the axis is empty. */
export const mean =
  <const A extends number>(axis: A) =>
  <S extends Shape>(x: Tensor<S>): Tensor<Without<S, A>> => {
    const along = fromEnd('mean', x, axis)
    return div(x.shape.at(along) ?? 0)(tensors.sum(x, { axes: [along] })) as Tensor<Without<S, A>>
  }
/** The mean of all numbers; NaN if there are none. */
export const meanAll = (x: Tensor): Scalar => div(sizeOf(wantsTensor('meanAll', x).shape))(sumAll(x))
/** The largest number along an axis, which goes away; of several equal ones the first has the gradient. */
export const max =
  <const A extends number>(axis: A) =>
  <S extends Shape>(x: Tensor<S>): Tensor<Without<S, A>> =>
    tensors.max(x, { axis: fromEnd('max', x, axis) }) as Tensor<Without<S, A>>
/** The smallest number along an axis, which goes away. */
export const min =
  <const A extends number>(axis: A) =>
  <S extends Shape>(x: Tensor<S>): Tensor<Without<S, A>> =>
    tensors.neg(tensors.max(tensors.neg(x), { axis: fromEnd('min', x, axis) })) as Tensor<Without<S, A>>
/** Where along an axis the largest number is, as int32; the first of several. */
export const argMax =
  <const A extends number>(axis: A) =>
  <S extends Shape>(x: Tensor<S>): Tensor<Without<S, A>> =>
    tensors.argMax(x, { axis: fromEnd('argMax', x, axis) }) as Tensor<Without<S, A>>
