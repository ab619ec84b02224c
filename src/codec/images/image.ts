/**
 * Images from the bytes of PNG and JPEG files, in the layout of `conv2d`.
 *
 *     x[row, column, channel] = sample / white · scale
 */
import { chain, type Either, left, mapLeft, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, optionsOf, shown, ValueError, wantsPositive, wantsWhole } from '../../error/index.js'
import { signature } from './chunks.js'
import { decodeJpeg } from './jpeg.js'
import {
  type Channels,
  type Fits,
  type Image,
  type ImageOptions,
  imageDefaults,
  imageOf,
  type Misfit,
  misfit,
  type Picture,
} from './picture.js'
import { decodePng } from './png.js'

const who = 'decodeImage'
const channelCounts: readonly unknown[] = [1, 3, 4]

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte)
const startOfImage = [0xff, 0xd8, 0xff]
const hex = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')

/** The picture in a file of a kind that we know, by its first bytes. */
const pictureIn = (bytes: Uint8Array, fits: Fits): Either<Misfit, Picture> => {
  if (begins(bytes, signature)) return decodePng(bytes, fits)
  if (begins(bytes, startOfImage)) return decodeJpeg(bytes, fits)
  return misfit(0, 'a PNG or a JPEG', bytes.length === 0 ? 'no bytes' : `bytes that begin with ${hex(bytes)}`)
}

/**
 * The image in a PNG or JPEG file, float32. Colours become grey by their luma, grey becomes three equal channels, alpha is left out unless it
 * is asked for, and is `scale` where a file has none. How a camera was held (EXIF's orientation) is not looked at.
 *
 * @param where  the file's name, for the message
 * @shape  bytes → [height, width, channels]
 * @error  `DecodeError` that says at which byte, for what is neither PNG nor JPEG, a file that is not whole, a PNG whose checksums are not its own, more pixels than the
 *         options allow or than the bytes can hold; it is refused before there is room for its pixels
 * @example
 * pipe(bytes, decodeImage('cat.png')) // Either<DecodeError, Tensor<[number, number, 3]>>, in [0, 1]
 * decodeImage('digit.png', { channels: 1, scale: 255 })
 */
export const decodeImage = <const C extends Channels = 3>(
  where: string,
  options: Partial<ImageOptions<C>> = {},
): ((bytes: Uint8Array) => Either<DecodeError, Image<C>>) => {
  const { channels, scale, maxPixels } = optionsOf(who, imageDefaults as unknown as ImageOptions<C>, options)
  if (!channelCounts.includes(channels)) throw new ValueError({ who, expected: '1, 3 or 4 channels', received: shown(channels) })
  wantsPositive(who, 'scale', scale)
  wantsWhole(who, 'pixels for maxPixels', maxPixels)
  const fits: Fits = (width, height, at) =>
    width * height <= maxPixels ? right(undefined) : misfit(at, `at most ${maxPixels} pixels`, `${width} x ${height}`)
  const wrong = (expected: string, received: string): DecodeError => new DecodeError({ who, expected, received, where })
  return (bytes) =>
    bytes instanceof Uint8Array
      ? pipe(
          pictureIn(bytes, fits),
          mapLeft(({ expected, received, at }) => new DecodeError({ who, expected, received, where: `${where}, byte ${at}` })),
          chain((picture) =>
            tryCatch(
              () => imageOf(picture, channels, scale),
              (error) => wrong('an image that fits into memory', shown(error)),
            ),
          ),
        )
      : left(wrong('bytes, a Uint8Array', shown(bytes)))
}
