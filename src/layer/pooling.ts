/** Pooling of images: a number for every window of each channel. */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, wantsBoolean } from '../error/index.js'
import { type Description, grow, type Network, type None, noParameters, outputOf } from '../network/index.js'
import { div, max, mean, sum } from '../ops/index.js'
import {
  type AxisWindows,
  type Fits2d,
  fixed,
  type Padding,
  type Pair,
  type Shape,
  type WantsImage,
  type WindowCount,
  wantsImage,
  wantsWindows,
  windowsOf,
} from '../shape/index.js'
import { ones } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import { channelWindows, padded } from './windows.js'

export interface PoolingOptions {
  readonly size: Pair
  /** How far a window is from the next: its size unless given, so that windows do not overlap. */
  readonly stride?: Pair
  readonly padding?: Padding
}
export interface AvgPoolingOptions extends PoolingOptions {
  /** Whether zeros of the padding count in the mean: `true` unless given, as in PyTorch; TensorFlow leaves them out. */
  readonly countPadding?: boolean
}
const poolingDefaults = fixed({ padding: 'valid' as Padding })

type SizeOf<O> = O extends { readonly size: infer K } ? K : O
/** The windows of a pooling. */
export interface PooledWindows<O> {
  readonly kernel: SizeOf<O>
  readonly stride: O extends { readonly stride: infer S } ? S : SizeOf<O>
  readonly padding: O extends { readonly padding: infer P } ? P : 'valid'
  readonly dilation: 1
}
export type Pooling<Who extends string, O> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsImage<Who, A> & Fits2d<Who, A, PooledWindows<O>>,
) => Network<
  readonly [...Ps, None],
  I,
  readonly [WindowCount<A[0], PooledWindows<O>, 0>, WindowCount<A[1], PooledWindows<O>, 1>, A[2] & number]
>

/** What a window becomes; made once for the windows of a layer. */
type Reduction<E> = (axes: readonly AxisWindows[], depth: number, extra: E) => (image: Tensor) => Tensor

const pooling =
  <Who extends string, E extends Readonly<Record<string, boolean>>>(who: Who, extra: E, reduce: Reduction<E>) =>
  <const O extends Pair | (PoolingOptions & Partial<E>)>(options: O): Pooling<Who, O> => {
    const asked: PoolingOptions =
      typeof options === 'number' || Array.isArray(options) ? { size: options as Pair } : (options as PoolingOptions)
    const all = optionsOf(who, { ...poolingDefaults, ...extra }, asked, ['size', 'stride'])
    for (const name of Object.keys(extra)) wantsBoolean(who, name, all[name] as boolean)
    const windows = orThrow(wantsWindows(who, 2, { kernel: all.size, stride: all.stride ?? all.size, padding: all.padding, dilation: 1 }))
    return (before) => {
      orThrow(wantsImage(who, outputOf(who, before)))
      const depth = before.output[2] ?? 0
      const axes = orThrow(windowsOf(who, before.output.slice(0, 2), windows))
      return grow<None, Shape>({
        description: { ...(asked as unknown as Omit<Description, 'kind'>), kind: who },
        output: [...axes.map(({ count }) => count), depth],
        init: () => noParameters,
        apply: () => reduce(axes, depth, all),
      })(before) as never
    }
  }

/** The sum of every window by how many of its numbers are the image's. */
const meanOfImage = (axes: readonly AxisWindows[], depth: number): ((image: Tensor) => Tensor) => {
  const sums = (x: Tensor): Tensor => pipe(x, padded(axes, 0), channelWindows(axes, depth), sum(-1))
  return (x) => div(sums(ones(x.shape, x.precision)))(sums(x))
}

/**
 * The mean of every window.
 *
 * @shape  [H, W, D] → [H′, W′, D], H′ as for `conv2d`
 * @source LeCun, Bottou, Bengio, Haffner (1998)
 * @example
 * pipe(input(28, 28, 1), avgPool2d(2))
 * pipe(input(28, 28, 1), avgPool2d({ size: 3, stride: 2, padding: 'same', countPadding: false }))
 */
export const avgPool2d = pooling('avgPool2d', { countPadding: true as boolean }, (axes, depth, { countPadding }) =>
  countPadding ? (x) => pipe(x, padded(axes, 0), channelWindows(axes, depth), mean(-1)) : meanOfImage(axes, depth),
)
/** The largest number of every window, padding never among them; of several equal ones the first has the gradient. */
export const maxPool2d = pooling(
  'maxPool2d',
  {},
  (axes, depth) => (x) => pipe(x, padded(axes, Number.NEGATIVE_INFINITY), channelWindows(axes, depth), max(-1)),
)

export type GlobalPooling<Who extends string> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsImage<Who, A>,
) => Network<readonly [...Ps, None], I, readonly [A[2] & number]>
const globalPooling =
  <Who extends string>(who: Who, reduce: (x: Tensor) => Tensor): GlobalPooling<Who> =>
  (before) => {
    orThrow(wantsImage(who, outputOf(who, before)))
    return grow<None, Shape>({
      description: { kind: who },
      output: [before.output[2] ?? 0],
      init: () => noParameters,
      apply: () => reduce,
    })(before) as never
  }
/** The mean of every channel: an image [H, W, D] as a vector [D]. @source Lin, Chen, Yan (2014), Network in network */
export const globalAvgPool2d = globalPooling('globalAvgPool2d', (x) => mean(-2)(mean(-2)(x)))
/** The largest number of every channel: [H, W, D] → [D]. */
export const globalMaxPool2d = globalPooling('globalMaxPool2d', (x) => max(-2)(max(-2)(x)))
