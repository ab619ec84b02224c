/**
 * Dims and shapes. A shape is a readonly tuple of sizes; a dim is a size known only at run time, tagged by name so that
 * it equals itself and nothing else.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { ShapeError } from '../error/index.js'

export type Shape = readonly number[]

declare const dimTag: unique symbol
/** A size known only at run time, but equal wherever the tag is equal. */
export type Dim<Tag extends string> = number & { readonly [dimTag]: Tag }

export type ShowDim<D> = D extends { readonly [dimTag]: infer T extends string } ? T : D extends number ? `${D}` : '?'
/** A shape as it is printed: `[28, 28, 1]`. */
export type Show<S, Acc extends string = ''> = S extends readonly [infer H, ...infer T]
  ? Show<T, Acc extends '' ? ShowDim<H> : `${Acc}, ${ShowDim<H>}`>
  : `[${Acc}]`

/** A shape as it is printed: `[28, 28, 1]`. */
export const show = (shape: Shape): string => `[${shape.join(', ')}]`

/** How many numbers a tensor of this shape holds. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

export const sameShape = (a: Shape, b: Shape): boolean => a === b || (a.length === b.length && a.every((size, i) => size === b[i]))

/** A size is a whole number that is not negative; a layer's size is at least 1. */
export const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0

/**
 * A size checked once at the boundary, then trusted by its tag.
 *
 * @example
 * dim('batch')(32) // Either<ShapeError, Dim<'batch'>>
 */
export const dim =
  <const Tag extends string>(tag: Tag) =>
  (size: number): Either<ShapeError, Dim<Tag>> =>
    isSize(size) ? right(size as Dim<Tag>) : left(new ShapeError(`dim expects a whole number of ${tag}, receives ${size}`))

/** The sizes of a layer or a tensor: whole numbers, at least `least`. */
export const wantsSizes = <S extends Shape>(who: string, shape: S, least = 0): Either<ShapeError, S> => {
  // String: a size that is missing is said to be undefined, where join would print nothing
  return shape.every((size) => isSize(size) && size >= least)
    ? right(shape)
    : left(new ShapeError(`${who} expects whole sizes of at least ${least}, receives [${shape.map(String).join(', ')}]`))
}
