/**
 * Dims and shapes. A shape is a readonly tuple of sizes; a dim is a size known only at run time, tagged by name so that
 * it equals itself and nothing else.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { ShapeError, shown } from '../error/index.js'

export type Shape = readonly number[]
/** A shape in which some sizes have only a name: `['batch', 784]`. */
export type NamedShape = readonly (number | string)[]

declare const dimTag: unique symbol
/** A size known only at run time, but equal wherever the tag is equal. */
export type Dim<Tag extends string> = number & { readonly [dimTag]: Tag }

export type ShowDim<D> = D extends { readonly [dimTag]: infer T extends string } ? T : D extends number ? `${D}` : '?'
/** A shape as it is printed: `[28, 28, 1]`. */
export type Show<S, Acc extends string = ''> = S extends readonly [infer H, ...infer T]
  ? Show<T, Acc extends '' ? ShowDim<H> : `${Acc}, ${ShowDim<H>}`>
  : `[${Acc}]`

/** Of a shape of more axes, the middle is left out. */
const mostAxes = 12
/** A shape as it is printed: `[28, 28, 1]`. */
export const show = (shape: NamedShape): string => {
  const sizes = (from: number, to?: number): string =>
    Array.from(shape.slice(from, to), (size) => (typeof size === 'string' ? size : shown(size))).join(', ')
  return shape.length <= mostAxes ? `[${sizes(0)}]` : `[${sizes(0, 3)}, …, ${sizes(-1)}] of ${shape.length} axes`
}

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
    isSize(size) ? right(size as Dim<Tag>) : left(new ShapeError(`dim expects a whole number of ${tag}, receives ${shown(size)}`))

/** The sizes of a layer or a tensor: whole numbers, at least `least`. */
export const wantsSizes = <S extends Shape>(who: string, shape: S, least = 0): Either<ShapeError, S> =>
  !Array.isArray(shape)
    ? left(new ShapeError(`${who} expects a list of sizes, receives ${shown(shape)}`))
    : shape.every((size) => isSize(size) && size >= least)
      ? right(shape)
      : left(new ShapeError(`${who} expects whole sizes of at least ${least}, receives ${shown(shape)}`))
