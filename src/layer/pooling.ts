/** Pooling of images: a number for every window of each channel. */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow } from '../error/index.js'
import { grow, type Network, type None, noParameters, outputOf } from '../network/index.js'
import { windows as cut, max, mean, permute, reshape } from '../ops/index.js'
import { type At, type Fits, fits, type Shape, type WantsImage, type Windows, wantsImage, wantsSizes, windows } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'

/** A window of k × k, moved by k. */
export type Pooling<Who extends string, K extends number> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsImage<Who, A> & Fits<Who, K, 0, A>,
) => Network<readonly [...Ps, None], I, readonly [Windows<At<A, 0>, K, K, 0>, Windows<At<A, 1>, K, K, 0>, At<A, 2>]>

const pooling =
  <Who extends string>(who: Who, reduce: (x: Tensor) => Tensor) =>
  <K extends number>(k: K): Pooling<Who, K> => {
    orThrow(wantsSizes(who, [k], 1))
    return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
      orThrow(wantsImage(who, outputOf(who, before)))
      const [height = 0, width = 0, depth = 0] = before.output
      const size = [windows(height, k, k, 0), windows(width, k, k, 0), depth] as const
      orThrow(fits(who, k, size[0], size[1]))
      type Output = readonly [Windows<At<A, 0>, K, K, 0>, Windows<At<A, 1>, K, K, 0>, At<A, 2>]
      const step = { size: k, stride: k, dilation: 1 }
      return grow<None, Output>({
        description: { kind: who, size: k },
        output: size as unknown as Output,
        init: () => noParameters,
        // [H, W, D] → [H′, k, W′, k, D] → [H′, W′, D, k·k] → [H′, W′, D]
        apply: () => (x) =>
          pipe(x, cut({ ...step, axis: -3 }), cut({ ...step, axis: -2 }), permute([-5, -3, -1, -4, -2]), reshape([...size, k * k]), reduce),
      })(before)
    }
  }

/** The mean of every k × k window. @source LeCun, Bottou, Bengio, Haffner (1998) */
export const avgPool2d = pooling('avgPool2d', mean(-1))
/** The largest number of every k × k window; of several equal ones the first has the gradient. */
export const maxPool2d = pooling('maxPool2d', max(-1))
