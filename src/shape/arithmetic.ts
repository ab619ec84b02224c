/**
 * Sizes computed in types and in values, side by side: what flattening makes of a shape.
 */
import type { Add, Divide, Multiply, Subtract } from 'ts-arithmetic'
import type { Dim, Shape } from './shape.js'
import { sizeOf } from './shape.js'

export type Num<X> = X extends number ? X : never
/** `Divide<13, 2>` is 6.5: keep what stands before the point. */
export type Floor<X> = `${X & number}` extends `${infer W extends number}.${string}` ? W : X extends number ? X : never
/** `Then` for literal sizes; `number` for sizes known only at run time. */
type Known<D, Then> = D extends Dim<string> ? number : D extends number ? (number extends D ? number : Then) : never

/** N + M */
export type Plus<N extends number, M extends number> = Known<N, Known<M, Num<Add<N, M>>>>

/** N / 2, and never where that is no whole number. */
export type Half<N extends number> = Known<N, `${Num<Divide<N, 2>>}` extends `${string}.${string}` ? never : Num<Divide<N, 2>>>
/** N − M */
export type Less<N extends number, M extends number> = Known<N, Known<M, Num<Subtract<N, M>>>>

/** The size at axis `I`, of a shape whose rank a rule has already checked. */
export type At<A extends Shape, I extends 0 | 1 | 2> = A[I] extends number ? A[I] : never

/** The size of an image laid out as a vector. */
export type Flat<A extends Shape> = A['length'] extends 3
  ? Known<At<A, 0>, Known<At<A, 1>, Num<Multiply<Num<Multiply<At<A, 0>, At<A, 1>>>, At<A, 2>>>>>
  : A['length'] extends 2
    ? Known<At<A, 0>, Num<Multiply<At<A, 0>, At<A, 1>>>>
    : number
export const flat = (a: Shape): number => sizeOf(a)
