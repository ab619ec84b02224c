/**
 * Windows along the axes of images and sequences: sizes computed in types and in values, side by side.
 *
 *     reach = (k − 1)·dilation + 1,   count(n) = ⌊(n + low + high − reach) / stride⌋ + 1
 *
 * With padding `same` there are ⌈n / stride⌉ windows, whatever their size; `valid` is no padding.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Add, Divide, Multiply, Subtract } from 'ts-arithmetic'
import { ShapeError, shown } from '../error/index.js'
import type { Floor, Num } from './arithmetic.js'
import { type Dim, isSize, type Shape, type ShowDim } from './shape.js'

/** One number for both axes of an image, or one for each. */
export type Pair = number | readonly [number, number]
/** Zeros put before and behind an axis. */
export type LowHigh = readonly [low: number, high: number]
/** None, enough for ⌈n / stride⌉ windows, the same number on every side, or low and high of every axis. */
export type Padding = 'valid' | 'same' | number | readonly LowHigh[]

/** What windows look like: sizes, strides, padding and dilation, as the options of a layer have them. */
export interface WindowTypes {
  readonly kernel: unknown
  readonly stride: unknown
  readonly padding: unknown
  readonly dilation: unknown
}
type AxisOf<X, I extends 0 | 1> = X extends readonly [infer P, infer Q] ? (I extends 0 ? P : Q) : X extends readonly [infer P] ? P : X
/** The padding of a side: low (0) or high (1) of axis `I`. */
type Side<P, I extends 0 | 1, E extends 0 | 1> = P extends 'valid' | 'same'
  ? 0
  : P extends number
    ? P
    : AxisOf<P, I> extends readonly [infer Low, infer High]
      ? E extends 0
        ? Low
        : High
      : number
/** `Then` if all of these are literal sizes; `number` for any that is known only at run time. */
type AllKnown<T extends readonly unknown[], Then> = [Extract<T[number], Dim<string>>] extends [never]
  ? number extends T[number]
    ? number
    : Then
  : number
type Reach<K, D> = Num<Add<Num<Multiply<Num<Subtract<Num<K>, 1>>, Num<D>>>, 1>>
/** What one window leaves of an axis: negative if it does not fit, whatever the stride. */
type Left<N, W extends WindowTypes, I extends 0 | 1> = Num<
  Subtract<
    Num<Add<Num<Add<Num<N>, Num<Side<W['padding'], I, 0>>>>, Num<Side<W['padding'], I, 1>>>>,
    Reach<AxisOf<W['kernel'], I>, AxisOf<W['dilation'], I>>
  >
>
type Facts<N, W extends WindowTypes, I extends 0 | 1> = readonly [
  N,
  AxisOf<W['kernel'], I>,
  AxisOf<W['stride'], I>,
  AxisOf<W['dilation'], I>,
  Side<W['padding'], I, 0>,
  Side<W['padding'], I, 1>,
]

/** How many windows there are along axis `I`. */
export type WindowCount<N, W extends WindowTypes, I extends 0 | 1> = W['padding'] extends 'same'
  ? AllKnown<
      readonly [N, AxisOf<W['stride'], I>],
      Floor<Divide<Num<Subtract<Num<Add<Num<N>, Num<AxisOf<W['stride'], I>>>>, 1>>, Num<AxisOf<W['stride'], I>>>>
    >
  : AllKnown<Facts<N, W, I>, Num<Add<Floor<Divide<Left<N, W, I>, Num<AxisOf<W['stride'], I>>>>, 1>>>

type ShowKernel<K> = K extends readonly [infer P, infer Q] ? `${ShowDim<P>}x${ShowDim<Q>}` : `${ShowDim<K>}x${ShowDim<K>}`
/** 0 for a window that does not fit; what is not known is left to run time. */
type FitsAxis<N, W extends WindowTypes, I extends 0 | 1> = W['padding'] extends 'same'
  ? 1
  : AllKnown<Facts<N, W, I>, `${Left<N, W, I>}` extends `-${string}` ? 0 : 1> extends 0
    ? 0
    : 1
/** `conv2d: a 5x5 window does not fit` */
export type Fits2d<Who extends string, A extends Shape, W extends WindowTypes> = 0 extends FitsAxis<A[0], W, 0> | FitsAxis<A[1], W, 1>
  ? ShapeError<`${Who}: a ${ShowKernel<W['kernel']>} window does not fit`>
  : unknown
/** `conv1d: a window of 5 does not fit` */
export type Fits1d<Who extends string, A extends Shape, W extends WindowTypes> =
  0 extends FitsAxis<A[0], W, 0> ? ShapeError<`${Who}: a window of ${ShowDim<W['kernel']>} does not fit`> : unknown

/** The windows along one axis. */
export interface AxisWindows {
  readonly size: number
  readonly stride: number
  readonly dilation: number
  readonly low: number
  readonly high: number
  /** How many there are. */
  readonly count: number
}
/** Options of windows, each for one axis or for all of them. */
export interface WindowOptions {
  readonly kernel: number | readonly number[]
  readonly stride: number | readonly number[]
  readonly padding: Padding
  readonly dilation: number | readonly number[]
}

const isLowHigh = (x: unknown): x is LowHigh => Array.isArray(x) && x.length === 2 && x.every((side) => isSize(side))
const isPadding = (x: unknown, axes: number): x is Padding =>
  x === 'valid' || x === 'same' || (typeof x === 'number' && isSize(x)) || (Array.isArray(x) && x.length === axes && x.every(isLowHigh))
/** What is said of an axis, or of all of them; NaN, which no rule lets pass, where nothing is. */
const each = (x: number | readonly number[], axis: number): number =>
  typeof x === 'number' ? x : Array.isArray(x) ? (x[axis] ?? Number.NaN) : Number.NaN

const reachOf = (size: number, dilation: number): number => (size - 1) * dilation + 1
/** What is put before and behind an axis; of an odd number the larger part behind, as in Keras and PyTorch. */
const sidesOf = (padding: Padding, axis: number, n: number, reach: number, stride: number): LowHigh => {
  if (padding === 'valid') return [0, 0]
  if (typeof padding === 'number') return [padding, padding]
  if (padding !== 'same') return padding[axis] ?? [0, 0]
  const total = Math.max(0, (Math.ceil(n / stride) - 1) * stride + reach - n)
  return [Math.floor(total / 2), total - Math.floor(total / 2)]
}

/**
 * Options of windows, checked when they are given.
 *
 * @error `Left<ShapeError>` for sizes that are not whole or less than 1, and for padding of another form
 */
export const wantsWindows = (who: string, axes: number, options: WindowOptions): Either<ShapeError, WindowOptions> => {
  const { kernel, stride, padding, dilation } = options
  const numbers = Array.from({ length: axes }, (_, axis) => [kernel, stride, dilation].map((x) => each(x, axis))).flat()
  if (!numbers.every((x) => isSize(x) && x >= 1))
    return left(
      new ShapeError(
        `${who} expects windows, strides and dilations of whole sizes of at least 1, receives ${[kernel, stride, dilation].map(shown).join(', ')}`,
      ),
    )
  return isPadding(padding, axes)
    ? right(options)
    : left(new ShapeError(`${who} expects padding valid, same, a whole number, or [low, high] of every axis, receives ${shown(padding)}`))
}

/**
 * The windows along the first axes of a shape.
 *
 * @error `Left<ShapeError>` for a window that does not fit
 */
export const windowsOf = (
  who: string,
  sizes: Shape,
  { kernel, stride, padding, dilation }: WindowOptions,
): Either<ShapeError, readonly AxisWindows[]> => {
  const windows = sizes.map((n, i): AxisWindows => {
    const axis = { size: each(kernel, i), stride: each(stride, i), dilation: each(dilation, i) }
    const reach = reachOf(axis.size, axis.dilation)
    const [low, high] = sidesOf(padding, i, n, reach, axis.stride)
    return { ...axis, low, high, count: Math.floor((n + low + high - reach) / axis.stride) + 1 }
  })
  const named = sizes.length === 1 ? `a window of ${windows[0]?.size}` : `a ${windows.map(({ size }) => size).join('x')} window`
  return windows.every(({ count }) => count >= 1) ? right(windows) : left(new ShapeError(`${who}: ${named} does not fit`))
}
