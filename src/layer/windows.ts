/** Windows of images [H, W, D] and sequences [L, D], cut out for convolution and pooling. */
import { pipe } from 'fp-ts/lib/function.js'
import { windows as cut, pad, permute, reshape } from '../ops/index.js'
import type { AxisWindows } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'

/** The product of sizes. */
export const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1)

/** Zeros, or what else stands for nothing, before and behind every axis but the last. */
export const padded =
  (axes: readonly AxisWindows[], value: number) =>
  (x: Tensor): Tensor =>
    axes.every(({ low, high }) => low === 0 && high === 0)
      ? x
      : pad({ low: [...axes.map(({ low }) => low), 0], high: [...axes.map(({ high }) => high), 0], value })(x)

/** [N₁, …, D] → [count₁, size₁, …, D] */
const cutAlong =
  (axes: readonly AxisWindows[]) =>
  (x: Tensor): Tensor =>
    axes.reduce((h, { size, stride, dilation }, i) => cut({ axis: i - axes.length - 1, size, stride, dilation })(h), x)

/** The axes of counts and of sizes, from the end, of what `cutAlong` gives. */
const placesOf = (axes: readonly AxisWindows[]) => ({
  counts: axes.map((_, i) => 2 * i - 2 * axes.length - 1),
  sizes: axes.map((_, i) => 2 * i - 2 * axes.length),
})

/** Every window as a row: [N₁, …, D] → [count₁·…, size₁·…·D]. */
export const patches =
  (axes: readonly AxisWindows[], depth: number) =>
  (x: Tensor): Tensor => {
    const { counts, sizes } = placesOf(axes)
    const [rows, columns] = [product(axes.map(({ count }) => count)), product(axes.map(({ size }) => size))]
    return pipe(x, cutAlong(axes), permute([...counts, ...sizes, -1]), reshape([rows, columns * depth]))
  }

/** Every window of every channel: [N₁, …, D] → [count₁, …, D, size₁·…]. */
export const channelWindows =
  (axes: readonly AxisWindows[], depth: number) =>
  (x: Tensor): Tensor => {
    const { counts, sizes } = placesOf(axes)
    const shape = [...axes.map(({ count }) => count), depth, product(axes.map(({ size }) => size))]
    return pipe(x, cutAlong(axes), permute([...counts, -1, ...sizes]), reshape(shape))
  }
