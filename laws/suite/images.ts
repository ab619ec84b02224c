/**
 * The meaning of convolution and pooling, index by index, in plain numbers: an oracle that shares nothing with `windows`,
 * reshapes and the matrix product they are composed of.
 *
 *     y(i, j, c) = b(c) + Σ over u, v, d of x(i·s + u − p, j·s + v − p, d) · w(u, v, d, c),  x = 0 outside
 *
 * @source Goodfellow, Bengio, Courville (2016) §9.1, equation 9.6, and §9.3
 */
import * as fc from 'fast-check'
import { avgPool2d, conv2d, maxPool2d } from '../../src/layer/index.js'
import { input, type SomeBuilder, type SomeNetwork } from '../../src/network/index.js'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import { type Tensor, tensor, toArray } from '../../src/tensor/index.js'
import { apart, moderate, tensorOf } from '../arbitrary/tensors.js'
import { nearTensors } from '../compare.js'
import { type Law, law } from '../law.js'

/** Sums of at most 37 float64 products, in another order. */
const bound = 1e-12

interface ConvolutionOptions {
  readonly filters: number
  readonly kernel: number
  readonly padding: number
  readonly stride: number
}
/** The layers under test: the library's own, unless mutants are planted. */
export interface ImageLayers {
  readonly conv2d: (options: ConvolutionOptions) => SomeBuilder
  readonly avgPool2d: (size: number) => SomeBuilder
  readonly maxPool2d: (size: number) => SomeBuilder
}
/** Shapes are known only at run time here. */
const own: ImageLayers = {
  conv2d: (options) => conv2d(options) as unknown as SomeBuilder,
  avgPool2d: (size) => avgPool2d(size) as unknown as SomeBuilder,
  maxPool2d: (size) => maxPool2d(size) as unknown as SomeBuilder,
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)
const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)
/** The number at an index, and 0 outside. */
const at = (x: Tensor): ((...index: readonly number[]) => number) => {
  const numbers = toArray(x)
  return (...index) =>
    index.every((i, axis) => i >= 0 && i < (x.shape[axis] ?? 0))
      ? (numbers[index.reduce((k, i, axis) => k * (x.shape[axis] ?? 0) + i, 0)] ?? 0)
      : 0
}
const tabulated = (shape: Shape, f: (i: number, j: number, c: number) => number): Tensor => {
  const [, width = 1, depth = 1] = shape
  return tensor(
    shape,
    upTo(sizeOf(shape)).map((k) => f(Math.floor(k / (width * depth)), Math.floor(k / depth) % width, k % depth)),
    'float64',
  )
}

const side = fc.integer({ min: 1, max: 5 })
const few = fc.integer({ min: 1, max: 3 })
const images = fc.tuple(side, side, few)
const convolutions = fc
  .tuple(images, fc.record({ filters: few, kernel: few, padding: fc.integer({ min: 0, max: 2 }), stride: few }))
  .filter(([[h, w], { kernel, padding }]) => kernel <= Math.min(h, w) + 2 * padding)
  .chain(([shape, options]) =>
    fc.record({
      options: fc.constant(options),
      x: tensorOf(shape, moderate()),
      kernel: tensorOf([options.kernel, options.kernel, shape[2], options.filters], moderate()),
      bias: tensorOf([options.filters], moderate()),
    }),
  )
const pools = images.chain(([h, w, d]) => fc.tuple(fc.integer({ min: 1, max: Math.min(h, w) }), apart([h, w, d])))

const built = (builder: SomeBuilder, shape: Shape): SomeNetwork => builder(input(...shape) as unknown as SomeNetwork)

const pooling = (
  name: 'avgPool2d' | 'maxPool2d',
  statement: string,
  layer: ImageLayers['avgPool2d'],
  reduce: (xs: readonly number[]) => number,
): Law =>
  law({ name: `image.${name}`, statement, source: 'Goodfellow et al. (2016) §9.3' }, pools, ([k, x]) => {
    const [h = 0, w = 0, d = 0] = x.shape
    const read = at(x)
    const expected = tabulated([Math.floor(h / k), Math.floor(w / k), d], (i, j, c) =>
      reduce(upTo(k).flatMap((u) => upTo(k).map((v) => read(i * k + u, j * k + v, c)))),
    )
    nearTensors(name, expected, built(layer(k), x.shape)([{}])(x), bound)
  })

/** The laws of layers on images. */
export const imageLaws = (layers: Partial<ImageLayers> = {}): readonly Law[] => {
  const under = { ...own, ...layers }
  return [
    law(
      {
        name: 'image.conv2d',
        statement: 'y(i, j, c) = b(c) + Σ x(i·s + u − p, j·s + v − p, d) · w(u, v, d, c)',
        source: 'Goodfellow et al. (2016) equation 9.6',
      },
      convolutions,
      ({ options, x, kernel, bias }) => {
        const { filters, kernel: k, padding, stride } = options
        const [h = 0, w = 0, depth = 0] = x.shape
        const size = (n: number): number => Math.floor((n + 2 * padding - k) / stride) + 1
        const [image, weight, offset] = [at(x), at(kernel), at(bias)]
        const expected = tabulated([size(h), size(w), filters], (i, j, c) =>
          total([
            offset(c),
            ...upTo(k).flatMap((u) =>
              upTo(k).flatMap((v) =>
                upTo(depth).map((d) => image(i * stride + u - padding, j * stride + v - padding, d) * weight(u, v, d, c)),
              ),
            ),
          ]),
        )
        nearTensors('conv2d', expected, built(under.conv2d(options), x.shape)([{ kernel, bias }])(x), bound)
      },
    ),
    pooling('avgPool2d', 'y(i, j, c) = the mean of x(i·k + u, j·k + v, c) over u, v < k', under.avgPool2d, (xs) => total(xs) / xs.length),
    pooling('maxPool2d', 'y(i, j, c) = the largest x(i·k + u, j·k + v, c) over u, v < k', under.maxPool2d, (xs) => Math.max(...xs)),
  ]
}
