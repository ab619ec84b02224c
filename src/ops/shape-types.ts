/**
 * What the structural ops do to shapes, as types. Axes are counted from the end, or from the front where the rank is known; of
 * what is not known until run time, axes or sizes, the result is not known either.
 */
import type { Plus, Shape } from '../shape/index.js'

type Minus = { readonly [-1]: 0; readonly [-2]: 1; readonly [-3]: 2; readonly [-4]: 3; readonly [-5]: 4; readonly [-6]: 5 }

/** A shape cut before its last axes, as many as `Count`. */
type CutFromEnd<S extends Shape, Count extends number, Tail extends Shape = readonly []> = Tail['length'] extends Count
  ? readonly [S, Tail]
  : S extends readonly [...infer L extends Shape, infer D extends number]
    ? CutFromEnd<L, Count, readonly [D, ...Tail]>
    : never
/** A shape cut behind its first axes, as many as `Count`. */
type CutFromFront<S extends Shape, Count extends number, Head extends Shape = readonly []> = Head['length'] extends Count
  ? readonly [Head, S]
  : S extends readonly [infer D extends number, ...infer R extends Shape]
    ? CutFromFront<R, Count, readonly [...Head, D]>
    : never

/** A shape cut at an axis: what is before it, its size, what is behind it. */
type CutAt<S extends Shape, Axis extends number> = Axis extends keyof Minus
  ? CutFromEnd<S, Minus[Axis]> extends readonly [readonly [...infer L extends Shape, infer D extends number], infer R extends Shape]
    ? readonly [L, D, R]
    : never
  : number extends Axis
    ? never
    : CutFromFront<S, Axis> extends readonly [infer L extends Shape, readonly [infer D extends number, ...infer R extends Shape]]
      ? readonly [L, D, R]
      : never

/** The shape without one axis. */
export type Without<S extends Shape, Axis extends number> = [CutAt<S, Axis>] extends [never]
  ? Shape
  : readonly [...CutAt<S, Axis>[0], ...CutAt<S, Axis>[2]]

/** The shape with another size at one axis. */
export type Resized<S extends Shape, Axis extends number, Size extends number> = [CutAt<S, Axis>] extends [never]
  ? Shape
  : readonly [...CutAt<S, Axis>[0], Size, ...CutAt<S, Axis>[2]]

/** The size of an axis. */
export type SizeAt<S extends Shape, Axis extends number> = [CutAt<S, Axis>] extends [never] ? number : CutAt<S, Axis>[1]

/** Are the axes that are spoken of known one by one? */
type IsTuple<T extends Shape> = number extends T['length'] ? false : true

/** The shape with other sizes of its last axes. */
export type WithLast<S extends Shape, Sizes extends Shape> =
  IsTuple<Sizes> extends true
    ? [CutFromEnd<S, Sizes['length']>] extends [never]
      ? Shape
      : readonly [...CutFromEnd<S, Sizes['length']>[0], ...Sizes]
    : Shape

/** The shape with its last axes in another order. */
export type Permuted<S extends Shape, Axes extends Shape> = WithLast<S, { readonly [I in keyof Axes]: SizeAt<S, Axes[I]> }>

type Padding<Sizes extends Shape, Low extends Shape, High extends Shape> = {
  readonly [I in keyof Sizes]: I extends keyof Low & keyof High ? Plus<Sizes[I], Plus<Low[I] & number, High[I] & number>> : number
}
/** The shape with so many more before and behind along its last axes. */
export type Padded<S extends Shape, Low extends Shape, High extends Shape> =
  IsTuple<Low> extends true
    ? [CutFromEnd<S, Low['length']>] extends [never]
      ? Shape
      : readonly [...CutFromEnd<S, Low['length']>[0], ...Padding<CutFromEnd<S, Low['length']>[1], Low, High>]
    : Shape

type Total<Shapes extends readonly Shape[], Axis extends number, Sum extends number = 0> = Shapes extends readonly [
  infer S extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? Total<Rest, Axis, Plus<Sum, SizeAt<S, Axis>>>
  : Shapes['length'] extends 0
    ? Sum
    : number
/** One shape behind the other along an axis. */
export type Joined<Shapes extends readonly Shape[], Axis extends number> = [CutAt<Shapes[0], Axis>] extends [never]
  ? Shape
  : readonly [...CutAt<Shapes[0], Axis>[0], Total<Shapes, Axis>, ...CutAt<Shapes[0], Axis>[2]]
