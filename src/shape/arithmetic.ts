/**
 * Sizes computed in types and in values, side by side: what windows leave of an axis, and what flattening makes of a shape.
 *
 *     windows(n, k, stride, padding) = ⌊(n + 2·padding − k) / stride⌋ + 1
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Add, Divide, Multiply, Subtract } from 'ts-arithmetic'
import { ShapeError } from '../error/index.js'
import type { Dim, Shape } from './shape.js'
import { sizeOf } from './shape.js'

type Num<X> = X extends number ? X : never
/** `Divide<13, 2>` is 6.5: keep what stands before the point. */
type Floor<X> = `${X & number}` extends `${infer W extends number}.${string}` ? W : X extends number ? X : never
/** `Then` for literal sizes; `number` for sizes known only at run time. */
type Known<D, Then> = D extends Dim<string> ? number : D extends number ? (number extends D ? number : Then) : never

/** N + M */
export type Plus<N extends number, M extends number> = Known<N, Known<M, Num<Add<N, M>>>>

/** The size at axis `I`, of a shape whose rank a rule has already checked. */
export type At<A extends Shape, I extends 0 | 1 | 2> = A[I] extends number ? A[I] : never

export type Windows<N extends number, K extends number, Stride extends number, Pad extends number> = Known<
  N,
  Num<Add<Floor<Divide<Num<Subtract<Num<Add<N, Multiply<2, Pad>>>, K>>, Stride>>, 1>>
>
export const windows = (n: number, k: number, stride: number, padding: number): number => Math.floor((n + 2 * padding - k) / stride) + 1

/** What one window leaves of an axis: negative if it does not fit, whatever the stride. */
type Room<N extends number, K extends number, Pad extends number> = Known<N, Num<Subtract<Num<Add<N, Multiply<2, Pad>>>, K>>>

/** `conv2d: a 5x5 window does not fit` */
export type Fits<Who extends string, K extends number, Pad extends number, A extends Shape> = [
  Extract<`${Room<At<A, 0>, K, Pad> | Room<At<A, 1>, K, Pad>}`, `-${string}`>,
] extends [never]
  ? unknown
  : ShapeError<`${Who}: a ${K}x${K} window does not fit`>
export const fits = (who: string, k: number, ...left_: readonly number[]): Either<ShapeError, void> =>
  left_.every((size) => size >= 1) ? right(undefined) : left(new ShapeError(`${who}: a ${k}x${k} window does not fit`))

/** The size of an image laid out as a vector. */
export type Flat<A extends Shape> = Known<At<A, 0>, Known<At<A, 1>, Num<Multiply<Num<Multiply<At<A, 0>, At<A, 1>>>, At<A, 2>>>>>
export const flat = (a: Shape): number => sizeOf(a)
