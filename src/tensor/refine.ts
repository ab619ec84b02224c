/**
 * From a shape that is only known at run time to a typed one: checked once, at the boundary, and trusted from there on.
 *
 *     refine(E)(x) = right(x)  if x has an axis for every entry of E, and every axis is its entry
 *
 * A number is its own size; a name stands for any size, the same wherever it is repeated, and becomes a `Dim` of that name.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { ShapeError } from '../error/index.js'
import { type Dim, fixed, type NamedShape, type Shape, show } from '../shape/index.js'
import { wantsTensor } from './node.js'
import type { Tensor } from './tensor.js'

/** `readonly [Dim<'batch'>, 784]` of `['batch', 784]`. */
export type Refined<E extends NamedShape> = {
  readonly [I in keyof E]: E[I] extends string ? Dim<E[I]> : E[I] extends number ? E[I] : never
}

/** Every axis is the number expected, or as long as the first axis of its name. */
const agrees = (expected: NamedShape, shape: Shape): boolean =>
  expected.length === shape.length &&
  expected.every((entry, i) => shape[i] === (typeof entry === 'string' ? shape[expected.indexOf(entry)] : entry))

/**
 * The same tensor, with a shape that the compiler knows.
 *
 * A name equals itself within one `refine`. For two tensors of one size, give the second the dim that the first has:
 * `refine([x.shape[0], 10])(y)`.
 *
 * @shape  x of any shape → [...E], names as dims
 * @error  `Left<ShapeError>`: `refine expects [batch, 784], receives [32, 100]`
 * @example
 * refine(['batch', 784])(x) // Either<ShapeError, Tensor<readonly [Dim<'batch'>, 784]>>
 */
export const refine = <const E extends NamedShape>(expected: E) => {
  const own = fixed(expected)
  return (x: Tensor): Either<ShapeError, Tensor<Refined<E>>> =>
    agrees(own, wantsTensor('refine', x).shape)
      ? right(x as unknown as Tensor<Refined<E>>)
      : left(new ShapeError(`refine expects ${show(own)}, receives ${show(x.shape)}`))
}
