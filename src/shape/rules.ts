/**
 * The rules that layers ask of shapes: each as a type, whose failure is a legible compile error, and beside it as a
 * function with the same sentence, for shapes met at run time.
 *
 * A trap, kept out by construction: `A extends readonly [number] ? …` is deferred for a generic hidden size `[H]` and
 * then refuses it; `A['length']` and `A[0]` resolve.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { ShapeError } from '../error/index.js'
import type { Half } from './arithmetic.js'
import { type Shape, type Show, sameShape, show } from './shape.js'

const rule = (holds: boolean, message: string): Either<ShapeError, void> => (holds ? right(undefined) : left(new ShapeError(message)))

/** `dense expects a vector, receives [28, 28, 1]; flatten first` */
export type WantsVector<Who extends string, A extends Shape> = A['length'] extends 1
  ? unknown
  : ShapeError<`${Who} expects a vector, receives ${Show<A>}; flatten first`>
export const wantsVector = (who: string, a: Shape): Either<ShapeError, void> =>
  rule(a.length === 1, `${who} expects a vector, receives ${show(a)}; flatten first`)

/** `bernoulli expects [1], receives [10]` */
export type WantsOne<Who extends string, A extends Shape> = A extends readonly [1]
  ? unknown
  : ShapeError<`${Who} expects [1], receives ${Show<A>}`>
export const wantsOne = (who: string, a: Shape): Either<ShapeError, void> =>
  rule(a.length === 1 && a[0] === 1, `${who} expects [1], receives ${show(a)}`)

/** `gaussianLogVariance expects a vector of an even size, receives [3]` */
export type WantsEven<Who extends string, A extends Shape> = A['length'] extends 1
  ? Half<A[0]> extends never
    ? ShapeError<`${Who} expects a vector of an even size, receives ${Show<A>}`>
    : unknown
  : ShapeError<`${Who} expects a vector of an even size, receives ${Show<A>}`>
export const wantsEven = (who: string, a: Shape): Either<ShapeError, void> =>
  rule(a.length === 1 && (a[0] ?? 1) % 2 === 0, `${who} expects a vector of an even size, receives ${show(a)}`)

/** `conv2d expects [height, width, channels], receives [784]` */
export type WantsImage<Who extends string, A extends Shape> = A['length'] extends 3
  ? unknown
  : ShapeError<`${Who} expects [height, width, channels], receives ${Show<A>}`>
export const wantsImage = (who: string, a: Shape): Either<ShapeError, void> =>
  rule(a.length === 3, `${who} expects [height, width, channels], receives ${show(a)}`)

/** `flatten expects two axes or more, receives [784]` */
export type WantsAxes<Who extends string, A extends Shape> = A['length'] extends 0 | 1
  ? ShapeError<`${Who} expects two axes or more, receives ${Show<A>}`>
  : unknown
export const wantsAxes = (who: string, a: Shape): Either<ShapeError, void> =>
  rule(a.length > 1, `${who} expects two axes or more, receives ${show(a)}`)

/** `conv1d expects [length, channels], receives [784]` */
export type WantsSequence<Who extends string, A extends Shape> = A['length'] extends 2
  ? unknown
  : ShapeError<`${Who} expects [length, channels], receives ${Show<A>}`>
export const wantsSequence = (who: string, a: Shape): Either<ShapeError, void> =>
  rule(a.length === 2, `${who} expects [length, channels], receives ${show(a)}`)

/** `andThen: [128] does not join [120]` */
export type Joins<A extends Shape, B extends Shape> = [A] extends [B] ? unknown : ShapeError<`andThen: ${Show<A>} does not join ${Show<B>}`>
export const joins = (a: Shape, b: Shape): Either<ShapeError, void> => rule(sameShape(a, b), `andThen: ${show(a)} does not join ${show(b)}`)

/** `residual: block maps [64] to [256], but must keep its shape` */
export type KeepsShape<Who extends string, A extends Shape, B extends Shape> = [A] extends [B]
  ? unknown
  : ShapeError<`${Who}: block maps ${Show<A>} to ${Show<B>}, but must keep its shape`>
export const keepsShape = (who: string, a: Shape, b: Shape): Either<ShapeError, void> =>
  rule(sameShape(a, b), `${who}: block maps ${show(a)} to ${show(b)}, but must keep its shape`)

/** `network expects [784], receives [100]` */
export const receives = (who: string, expected: Shape, received: Shape): Either<ShapeError, void> =>
  rule(sameShape(expected, received), `${who} expects ${show(expected)}, receives ${show(received)}`)
