/**
 * Convolution of images [height, width, channels] and sequences [length, channels]:
 *
 *     y(i, j, c) = b(c) + Σ over u, v, d of x(i·s + u·r, j·s + v·r, d) · w(u, v, d, c)
 *
 * with stride s and dilation r (a cross-correlation, as in every library of the field: the kernel is not flipped). In g groups,
 * channel c sees the d of its own group alone.
 *
 * @source Goodfellow, Bengio, Courville (2016) §9.1, equation 9.6, and §9.5
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, shown, ValueError } from '../error/index.js'
import { type Description, grow, type Network, outputOf } from '../network/index.js'
import { add, concat, expand, matmul, reshape, slice } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import {
  type AxisWindows,
  type Fits1d,
  type Fits2d,
  fixed,
  type Padding,
  type Pair,
  type Shape,
  type WantsImage,
  type WantsSequence,
  type WindowCount,
  wantsImage,
  wantsSequence,
  wantsSizes,
  wantsWindows,
  windowsOf,
} from '../shape/index.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { constant, he, type Initialiser, initialisedBy } from './initialiser.js'
import { padded, patches, product } from './windows.js'

/** The options of a convolution; of a sequence, each has one number or one [low, high]. */
export interface ConvolutionOptions<Size = Pair> {
  /** How many channels the result has. */
  readonly filters: number
  /** The size of the kernel: of a square one, one number. */
  readonly kernel: Size
  readonly stride?: Size
  /** `valid` (none) unless given; `same` keeps ⌈n / stride⌉; a number on every side; or [low, high] of every axis. */
  readonly padding?: Padding
  /** How far apart the numbers are that a kernel sees: 1, next to each other, unless given. */
  readonly dilation?: Size
  /** Into how many groups the channels are cut; as many as channels is a depthwise convolution. */
  readonly groups?: number
  readonly weights?: Initialiser
  /** `false`: none. */
  readonly bias?: Initialiser | false
}
export const convolutionDefaults = fixed({
  stride: 1,
  padding: 'valid' as Padding,
  dilation: 1,
  groups: 1,
  weights: he as Initialiser,
  bias: constant(0) as Initialiser | false,
})

/** What options say of one of them. */
export type Option<O, K extends PropertyKey, Default> = O extends { readonly [N in K]: infer V } ? V : Default
/** The windows that options describe. */
export interface WindowsOf<O> {
  readonly kernel: Option<O, 'kernel', number>
  readonly stride: Option<O, 'stride', 1>
  readonly padding: Option<O, 'padding', 'valid'>
  readonly dilation: Option<O, 'dilation', 1>
}
export type First<K> = K extends readonly [infer A extends number, unknown] ? A : K extends number ? K : number
export type Second<K> = K extends readonly [unknown, infer B extends number] ? B : K extends number ? K : number
/** How many channels a kernel sees: those of one group. */
type Seen<D, O> = Option<O, 'groups', 1> extends 1 ? D : number
export type Filters<O> = Option<O, 'filters', number> & number
/** A kernel [h, w, D / groups, C] of an image, or [k, D / groups, C] of a sequence, and a bias [C]. */
export interface ConvolutionParams<S extends Shape, C extends number> {
  readonly kernel: Tensor<S>
  readonly bias: Vector<C>
}
/** The same without a bias. */
export interface KernelParams<S extends Shape> {
  readonly kernel: Tensor<S>
}
type ParamsOf<O, S extends Shape> = Option<O, 'bias', true> extends false ? KernelParams<S> : ConvolutionParams<S, Filters<O>>
export type Kernel<O> = Option<O, 'kernel', number>
export type Convolution2dParams<A extends Shape, O> = ParamsOf<
  O,
  readonly [First<Kernel<O>>, Second<Kernel<O>>, Seen<A[2], O> & number, Filters<O>]
>
export type Convolution1dParams<A extends Shape, O> = ParamsOf<O, readonly [First<Kernel<O>>, Seen<A[1], O> & number, Filters<O>]>

export type Convolution2d<O> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsImage<'conv2d', A> & Fits2d<'conv2d', A, WindowsOf<O>>,
) => Network<
  readonly [...Ps, Convolution2dParams<A, O>],
  I,
  readonly [WindowCount<A[0], WindowsOf<O>, 0>, WindowCount<A[1], WindowsOf<O>, 1>, Filters<O>]
>
export type Convolution1d<O> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsSequence<'conv1d', A> & Fits1d<'conv1d', A, WindowsOf<O>>,
) => Network<readonly [...Ps, Convolution1dParams<A, O>], I, readonly [WindowCount<A[0], WindowsOf<O>, 0>, Filters<O>]>

interface Params {
  readonly kernel: Tensor
  readonly bias?: Tensor
}

/** Part g of n of an axis, counted from the end. */
const part = (x: Tensor, axis: number, g: number, n: number): Tensor => {
  const sizes = x.shape.map((size, i) => (i === x.shape.length + axis ? size / n : size))
  return slice({ starts: sizes.map((size, i) => (i === x.shape.length + axis ? g * size : 0)), sizes })(x)
}

/** Every window times the kernel: [count·…, C]. */
const multiplied = (x: Tensor, kernel: Tensor, axes: readonly AxisWindows[]): Tensor => {
  const [depth = 1, filters = 1] = kernel.shape.slice(-2)
  const weights = reshape([product(axes.map(({ size }) => size)) * depth, filters])(kernel)
  return matmul(weights)(patches(axes, depth)(x) as Matrix<number, number>)
}

const applied =
  (axes: readonly AxisWindows[], filters: number, groups: number) =>
  ({ kernel, bias }: Params) =>
  (image: Tensor): Tensor => {
    const x = padded(axes, 0)(image)
    const rows =
      groups === 1
        ? multiplied(x, kernel, axes)
        : concat({ axis: -1 })(
            Array.from({ length: groups }, (_, g) => multiplied(part(x, -1, g, groups), part(kernel, -1, g, groups), axes)),
          )
    const counts = axes.map(({ count }) => count)
    const biased = bias === undefined ? rows : add(expand({ axes: [-2], sizes: [product(counts)] })(bias))(rows)
    return pipe(biased, reshape([...counts, filters]))
  }

const wantsGroups = (who: string, groups: number, depth: number, filters: number): void => {
  if (depth % groups === 0 && filters % groups === 0) return
  throw new ValueError({
    who,
    expected: 'groups that divide the channels and the filters',
    received: `${groups} groups of ${depth} channels and ${filters} filters`,
  })
}

/** @error `ValueError`: `conv2d expects an initialiser as bias, or false, receives true` */
export const wantsBias = (who: string, bias: unknown): void => {
  if (bias !== false && typeof bias !== 'function')
    throw new ValueError({ who, expected: 'an initialiser as bias, or false', received: shown(bias) })
}

/** What a convolution is made from, as plain data. */
export const describedConvolution = (
  kind: string,
  { groups = 1, ...all }: Required<Omit<ConvolutionOptions, 'groups'>> & { readonly groups?: number },
): Description => ({
  kind,
  filters: all.filters,
  kernel: all.kernel,
  padding: all.padding,
  stride: all.stride,
  ...(all.dilation === 1 ? {} : { dilation: all.dilation }),
  ...(groups === 1 ? {} : { groups }),
  ...initialisedBy('weights', all.weights, convolutionDefaults.weights),
  ...(all.bias === false ? { bias: false } : initialisedBy('bias', all.bias, convolutionDefaults.bias as Initialiser)),
})

/** A convolution over the first axes of [N₁, …, D]; its types are its maker's promise. */
const convolution = (who: 'conv1d' | 'conv2d', options: ConvolutionOptions<Pair>) => {
  const all = optionsOf(who, convolutionDefaults, options, ['filters', 'kernel'])
  const { filters, groups, weights, bias } = all
  orThrow(wantsSizes(who, [filters, groups], 1))
  orThrow(wantsWindows(who, who === 'conv1d' ? 1 : 2, all))
  wantsBias(who, bias)
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>): unknown => {
    const sizes = before.output.slice(0, -1)
    const depth = before.output.at(-1) ?? 0
    const axes = orThrow(windowsOf(who, sizes, all))
    wantsGroups(who, groups, depth, filters)
    const shape = [...axes.map(({ size }) => size), depth / groups, filters]
    return grow<Params, Shape>({
      description: describedConvolution(who, all),
      output: [...axes.map(({ count }) => count), filters],
      init: (key: Key) => ({
        kernel: weights(shape)(foldIn(0)(key)),
        ...(bias === false ? {} : { bias: bias([filters])(foldIn(1)(key)) }),
      }),
      apply: applied(axes, filters, groups),
    })(before)
  }
}

/**
 * A convolution of images.
 *
 * @shape  kernel [h, w, D / groups, C], bias [C]: [H, W, D] → [H′, W′, C], H′ = ⌊(H + low + high − (h − 1)·dilation − 1) / stride⌋ + 1
 * @error  does not compile on a vector, or if the window is larger than the image; `ShapeError` at run time, `ValueError` for groups
 *         that do not divide the channels
 * @example
 * pipe(input(28, 28, 1), conv2d({ filters: 6, kernel: 5, padding: 'same' }), relu, conv2d({ filters: 16, kernel: [3, 5], stride: 2 }))
 */
export const conv2d = <const O extends ConvolutionOptions>(options: O): Convolution2d<O> => {
  const build = convolution('conv2d', options)
  return (before) => {
    orThrow(wantsImage('conv2d', outputOf('conv2d', before)))
    return build(before) as never
  }
}

/**
 * A convolution of sequences.
 *
 * @shape  kernel [k, D / groups, C], bias [C]: [L, D] → [L′, C]
 * @error  as `conv2d`
 * @example
 * pipe(input(784, 1), conv1d({ filters: 8, kernel: 9, stride: 4 }), relu)
 */
export const conv1d = <const O extends ConvolutionOptions<number>>(options: O): Convolution1d<O> => {
  const build = convolution('conv1d', options)
  return (before) => {
    orThrow(wantsSequence('conv1d', outputOf('conv1d', before)))
    return build(before) as never
  }
}
