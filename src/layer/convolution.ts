/**
 * Convolution of images [height, width, channels] by composites of `windows` and one matrix product:
 *
 *     y(i, j, c) = b(c) + Σ over u, v, d of x(i·s + u, j·s + v, d) · w(u, v, d, c)
 *
 * (a cross-correlation, as in every library of the field: the kernel is not flipped).
 *
 * @source Goodfellow, Bengio, Courville (2016) §9.1, equation 9.6
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { add, windows as cut, expand, matmul, pad, permute, reshape } from '../ops/index.js'
import { foldIn } from '../random/index.js'
import { type At, type Fits, fits, type Shape, type WantsImage, type Windows, wantsImage, wantsSizes, windows } from '../shape/index.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { constant, he } from './initialiser.js'

export interface ConvolutionParams<K extends number, D extends number, C extends number> {
  readonly kernel: Tensor<readonly [K, K, D, C]>
  readonly bias: Vector<C>
}
export interface ConvolutionOptions<C extends number, K extends number, Pad extends number, Stride extends number> {
  /** How many channels the result has. */
  readonly filters: C
  /** The side of the square kernel. */
  readonly kernel: K
  /** Zeros put on every side first. */
  readonly padding?: Pad
  readonly stride?: Stride
}
export type Convolution<C extends number, K extends number, Pad extends number, Stride extends number> = <
  Ps extends readonly unknown[],
  I extends Shape,
  A extends Shape,
>(
  before: Network<Ps, I, A> & WantsImage<'conv2d', A> & Fits<'conv2d', K, Pad, A>,
) => Network<
  readonly [...Ps, ConvolutionParams<K, At<A, 2>, C>],
  I,
  readonly [Windows<At<A, 0>, K, Stride, Pad>, Windows<At<A, 1>, K, Stride, Pad>, C]
>

/** Every k × k patch of an image [H, W, D] as a row: [H′·W′, k·k·D]. */
export const patches =
  (k: number, stride: number) =>
  (image: Tensor): Tensor => {
    const cutRows = cut({ axis: -3, size: k, stride, dilation: 1 })(image) // [H′, k, W, D]
    const cutBoth = cut({ axis: -2, size: k, stride, dilation: 1 })(cutRows) // [H′, k, W′, k, D]
    const [rows = 0, , columns = 0, , depth = 0] = cutBoth.shape
    return pipe(cutBoth, permute([-5, -3, -4, -2, -1]), reshape([rows * columns, k * k * depth]))
  }

/**
 * A convolution with square kernels.
 *
 * @shape  kernel [k, k, D, C], bias [C]: [H, W, D] → [H′, W′, C], H′ = ⌊(H + 2·padding − k) / stride⌋ + 1
 * @error  does not compile on a vector, or if the window is larger than the image; `ShapeError` at run time
 */
export const conv2d = <C extends number, K extends number, Pad extends number = 0, Stride extends number = 1>(
  options: ConvolutionOptions<C, K, Pad, Stride>,
): Convolution<C, K, Pad, Stride> => {
  const all = optionsOf('conv2d', { padding: 0 as Pad, stride: 1 as Stride }, options, ['filters', 'kernel'])
  const { filters, kernel: k, padding, stride } = all
  orThrow(wantsSizes('conv2d', [filters, k, stride], 1))
  orThrow(wantsSizes('conv2d', [padding]))
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsImage('conv2d', outputOf('conv2d', before)))
    const [height = 0, width = 0, depth = 0] = before.output
    const size = [windows(height, k, stride, padding), windows(width, k, stride, padding), filters] as const
    orThrow(fits('conv2d', k, size[0], size[1]))
    type Output = readonly [Windows<At<A, 0>, K, Stride, Pad>, Windows<At<A, 1>, K, Stride, Pad>, C]
    return grow<ConvolutionParams<K, At<A, 2>, C>, Output>({
      description: { kind: 'conv2d', filters, kernel: k, padding, stride },
      output: size as unknown as Output,
      init: (key) => ({
        kernel: he([k, k, depth as At<A, 2>, filters] as const)(foldIn(0)(key)),
        bias: constant(0)([filters] as const)(foldIn(1)(key)),
      }),
      apply:
        ({ kernel, bias }) =>
        (x) =>
          pipe(
            x,
            pad({ low: [padding, padding, 0], high: [padding, padding, 0], value: 0 }),
            patches(k, stride),
            (rows) => matmul(reshape([k * k * depth, filters])(kernel) as Matrix<number, number>)(rows as Matrix<number, number>) as Tensor,
            (product) => add(expand({ axes: [-2], sizes: [size[0] * size[1]] })(bias))(product),
            reshape(size),
          ),
    })(before)
  }
}
