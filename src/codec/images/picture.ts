/** Samples as they stand in a file, of any channels and any depth, and an image of them. */
import { type Either, left } from 'fp-ts/lib/Either.js'
import { allocate, literalOf } from '../../tensor/buffer.js'
import type { Tensor } from '../../tensor/tensor.js'

/** How many channels an image has: grey; red, green and blue; the same and alpha. */
export type Channels = 1 | 3 | 4
/** An image. @shape [height, width, channels] */
export type Image<C extends number = Channels> = Tensor<readonly [number, number, C]>

export interface ImageOptions<C extends Channels> {
  /** 1 for grey, 3 for red, green and blue, 4 for the same and alpha: whatever the file has. */
  readonly channels: C
  /** What white is: 1, or 255 as in Keras. */
  readonly scale: number
  /** How many pixels an image may have, so that a few bytes cannot ask for all of the memory. */
  readonly maxPixels: number
}
export const imageDefaults: ImageOptions<3> = Object.freeze({ channels: 3, scale: 1, maxPixels: 2 ** 26 })

/** What does not fit: what was expected, what was found, and at which byte. */
export interface Misfit {
  readonly expected: string
  readonly received: string
  readonly at: number
}
export const misfit = (at: number, expected: string, received: string): Either<Misfit, never> => left({ expected, received, at })

/** Whether a picture may have so many pixels, as the file says at a byte. */
export type Fits = (width: number, height: number, at: number) => Either<Misfit, unknown>

/** What a file holds: grey, grey and alpha, colours, or colours and alpha. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
  /** Pixel by pixel, row by row. */
  readonly samples: Uint8Array | Uint16Array
  /** What stands for white: 255 for samples of 8 bits. */
  readonly white: number
}

/** The brightness of colours. @source ITU-R BT.601, which Pillow's `convert('L')` follows */
const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue

/** The image of a picture: white is `scale`. Alpha is left out where it is not asked for, and `scale` where there is none. */
export const imageOf = <C extends Channels>(picture: Picture, channels: C, scale: number): Image<C> => {
  const { width, height, samples, white, channels: own } = picture
  const [isGrey, hasAlpha] = [own < 3, own % 2 === 0]
  const sample = (pixel: number, channel: number): number => samples[pixel * own + channel] as number
  const colour = (pixel: number, channel: number): number => sample(pixel, isGrey ? 0 : channel)
  const value = (pixel: number, channel: number): number => {
    if (channel === 3) return hasAlpha ? sample(pixel, own - 1) : white
    return channels === 1 && !isGrey ? luma(sample(pixel, 0), sample(pixel, 1), sample(pixel, 2)) : colour(pixel, channel)
  }
  const numbers = allocate('float32', height * width * channels, 'decodeImage')
  return literalOf(
    [height, width, channels] as const,
    'float32',
    numbers.map((_, i) => (value(Math.floor(i / channels), i % channels) * scale) / white),
  )
}
