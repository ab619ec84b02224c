/**
 * Locally connected layers, or unshared convolution: every place has a kernel of its own, where a convolution has one for all.
 *
 *     y(i, j, c) = b(i, j, c) + Σ over u, v, d of x(i·s + u·r, j·s + v·r, d) · w(i, j, u, v, d, c)
 *
 * with stride s and dilation r: for features that belong to a place, such as the chin in the lower half of a face.
 *
 * @source Goodfellow, Bengio, Courville (2016) §9.5, equation 9.9; LeCun (1986, 1989)
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { tensors } from '../ops/apply.js'
import { add, reshape, stack } from '../ops/index.js'
import { foldIn, type Key } from '../random/index.js'
import {
  type AxisWindows,
  type Fits1d,
  type Fits2d,
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
import type { Tensor } from '../tensor/tensor.js'
import {
  type ConvolutionOptions,
  convolutionDefaults,
  describedConvolution,
  type Filters,
  type First,
  type Kernel,
  type Option,
  type Second,
  type WindowsOf,
  wantsBias,
} from './convolution.js'
import { padded, patches, product } from './windows.js'

/** The options of a convolution, but for groups. */
export type LocallyConnectedOptions<Size = Pair> = Omit<ConvolutionOptions<Size>, 'groups'>

/** At every place a kernel [h, w, D, C] of an image, or [k, D, C] of a sequence, and a bias [C]. */
export interface LocallyConnectedParams<Places extends Shape, S extends Shape, C extends number> {
  readonly kernel: Tensor<readonly [...Places, ...S, C]>
  readonly bias: Tensor<readonly [...Places, C]>
}
type ParamsOf<O, Places extends Shape, S extends Shape> =
  Option<O, 'bias', true> extends false
    ? Pick<LocallyConnectedParams<Places, S, Filters<O>>, 'kernel'>
    : LocallyConnectedParams<Places, S, Filters<O>>
type Places1d<A extends Shape, O> = readonly [WindowCount<A[0], WindowsOf<O>, 0>]
type Places2d<A extends Shape, O> = readonly [WindowCount<A[0], WindowsOf<O>, 0>, WindowCount<A[1], WindowsOf<O>, 1>]

export type LocallyConnected2d<O> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsImage<'locallyConnected2d', A> & Fits2d<'locallyConnected2d', A, WindowsOf<O>>,
) => Network<
  readonly [...Ps, ParamsOf<O, Places2d<A, O>, readonly [First<Kernel<O>>, Second<Kernel<O>>, A[2] & number]>],
  I,
  readonly [...Places2d<A, O>, Filters<O>]
>
export type LocallyConnected1d<O> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsSequence<'locallyConnected1d', A> & Fits1d<'locallyConnected1d', A, WindowsOf<O>>,
) => Network<
  readonly [...Ps, ParamsOf<O, Places1d<A, O>, readonly [First<Kernel<O>>, A[1] & number]>],
  I,
  readonly [...Places1d<A, O>, Filters<O>]
>

interface Params {
  readonly kernel: Tensor
  readonly bias?: Tensor
}

/** Every window times the kernel of its place. */
const applied =
  (axes: readonly AxisWindows[], depth: number, output: Shape) =>
  ({ kernel, bias }: Params) =>
  (image: Tensor): Tensor => {
    const [places, seen] = [product(axes.map(({ count }) => count)), product(axes.map(({ size }) => size)) * depth]
    const rows = pipe(image, padded(axes, 0), patches(axes, depth), reshape([places, 1, seen])) as Tensor
    const weights = reshape([places, seen, output.at(-1) ?? 1])(kernel) as Tensor
    const y = reshape(output)(tensors.matmul(rows, weights)) as Tensor
    return bias === undefined ? y : add(bias)(y)
  }

/** A locally connected layer over the first axes of [N₁, …, D]; its types are its maker's promise. */
const locallyConnected = (who: 'locallyConnected1d' | 'locallyConnected2d', options: LocallyConnectedOptions<Pair>) => {
  const { groups: _, ...defaults } = convolutionDefaults
  const all = optionsOf(who, defaults, options, ['filters', 'kernel'])
  const { filters, weights, bias } = all
  orThrow(wantsSizes(who, [filters], 1))
  orThrow(wantsWindows(who, who === 'locallyConnected1d' ? 1 : 2, all))
  wantsBias(who, bias)
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>): unknown => {
    const depth = before.output.at(-1) ?? 0
    const axes = orThrow(windowsOf(who, before.output.slice(0, -1), all))
    const places = axes.map(({ count }) => count)
    const shape = [...axes.map(({ size }) => size), depth, filters]
    const output = [...places, filters]
    return grow<Params, Shape>({
      description: describedConvolution(who, all),
      output,
      // Each place draws a kernel of its own: its fans are those of one place.
      init: (key: Key) => ({
        kernel: reshape([...places, ...shape])(
          stack(Array.from({ length: product(places) }, (_unused, place) => weights(shape)(pipe(key, foldIn(0), foldIn(place))))),
        ),
        ...(bias === false ? {} : { bias: bias(output)(foldIn(1)(key)) }),
      }),
      apply: applied(axes, depth, output),
    })(before)
  }
}

/**
 * A locally connected layer on images.
 *
 * @shape  kernel [H′, W′, h, w, D, C], bias [H′, W′, C]: [H, W, D] → [H′, W′, C], H′ and W′ as for `conv2d`
 * @error  does not compile on a vector, or if the window is larger than the image; `ShapeError` at run time
 * @example
 * pipe(input(28, 28, 1), conv2d({ filters: 6, kernel: 5, stride: 2 }), relu, locallyConnected2d({ filters: 4, kernel: 3 }))
 */
export const locallyConnected2d = <const O extends LocallyConnectedOptions>(options: O): LocallyConnected2d<O> => {
  const build = locallyConnected('locallyConnected2d', options)
  return (before) => {
    orThrow(wantsImage('locallyConnected2d', outputOf('locallyConnected2d', before)))
    return build(before) as never
  }
}

/**
 * A locally connected layer on sequences.
 *
 * @shape  kernel [L′, k, D, C], bias [L′, C]: [L, D] → [L′, C]
 * @error  as `locallyConnected2d`
 * @example
 * pipe(input(100, 3), locallyConnected1d({ filters: 8, kernel: 9, stride: 4 }), relu)
 */
export const locallyConnected1d = <const O extends LocallyConnectedOptions<number>>(options: O): LocallyConnected1d<O> => {
  const build = locallyConnected('locallyConnected1d', options)
  return (before) => {
    orThrow(wantsSequence('locallyConnected1d', outputOf('locallyConnected1d', before)))
    return build(before) as never
  }
}
