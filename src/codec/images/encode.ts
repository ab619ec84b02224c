/**
 * Images as the bytes of a PNG.
 *
 *     decodeImage(where, { channels })(encodePng(x)) = x,   where x is k / 255
 */
import { encode } from 'fast-png'
import { optionsOf, ShapeError, shown, ValueError, wantsPositive } from '../../error/index.js'
import { show } from '../../shape/index.js'
import { toArray, wantsLiteral } from '../../tensor/read.js'
import { type Channels, type Image, imageDefaults } from './picture.js'

const who = 'encodePng'

/**
 * The bytes of a PNG of 8 bits: grey, colours, or colours and alpha, as the image has channels. Numbers are rounded to the nearest of 256.
 *
 * @shape  [height, width, 1, 3 or 4] → bytes
 * @error  `ShapeError` for another shape, or no pixels; `ValueError` for a number that is not from 0 to `scale`: it says where
 * @example
 * await writeFile('weights.png')(encodePng(image))()
 */
export const encodePng = (image: Image<Channels>, options: { readonly scale?: number } = {}): Uint8Array => {
  const { scale } = optionsOf(who, { scale: imageDefaults.scale }, options)
  wantsPositive(who, 'scale', scale)
  const { shape } = wantsLiteral(who, image)
  const [height = 0, width = 0, channels = 0] = shape
  if (shape.length !== 3 || height === 0 || width === 0 || ![1, 3, 4].includes(channels))
    throw new ShapeError(`${who} expects an image [height, width, 1, 3 or 4], receives ${show(shape)}`)
  const numbers = toArray(image)
  const at = numbers.findIndex((value: number) => !(value >= 0 && value <= scale))
  if (at >= 0) {
    const pixel = Math.floor(at / channels)
    throw new ValueError({
      who,
      expected: `numbers from 0 to ${scale}`,
      received: shown(numbers[at]),
      where: `row ${Math.floor(pixel / width)}, column ${pixel % width}, channel ${at % channels}`,
    })
  }
  return encode({ width, height, channels, depth: 8, data: Uint8Array.from(numbers, (value) => Math.round((value / scale) * 255)) })
}
