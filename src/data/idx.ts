/**
 * The IDX format of the MNIST files: two zero bytes, a type, the number of axes, their sizes (big endian), then the numbers.
 *
 * @source LeCun, Cortes, Burges, The MNIST database of handwritten digits
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { DecodeError, shown } from '../error/index.js'
import { type Shape, show, sizeOf } from '../shape/index.js'

/** Unsigned bytes of a shape. */
export interface Idx {
  readonly shape: Shape
  readonly bytes: Uint8Array
}

const unsignedByte = 0x08
const wordAt = (bytes: Uint8Array, at: number): number => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)
const hex = (word: number): string => `0x${word.toString(16).padStart(8, '0')}`

/**
 * The bytes of an IDX file of unsigned bytes with so many axes.
 *
 * @param where  the file's name, for the message
 * @error `DecodeError` that says at which byte, for a file that is too short, of another type, or of a length that its sizes do not explain
 */
export const decodeIdx =
  (axes: number, where: string) =>
  (file: Uint8Array): Either<DecodeError, Idx> => {
    const header = 4 + 4 * axes
    if (!(file instanceof Uint8Array))
      return left(new DecodeError({ who: 'decodeIdx', expected: 'bytes, a Uint8Array', received: shown(file), where }))
    const wrong = (expected: string, received: string, at: number): Either<DecodeError, never> =>
      left(new DecodeError({ who: 'decodeIdx', expected, received, where: `${where}, byte ${at}` }))
    if (file.length < header) return wrong(`a header of ${header} bytes`, `${file.length} bytes`, file.length)
    const magic = unsignedByte * 256 + axes
    if (wordAt(file, 0) !== magic) return wrong(`magic number ${hex(magic)} for unsigned bytes of ${axes} axes`, hex(wordAt(file, 0)), 0)
    const shape = Array.from({ length: axes }, (_, i) => wordAt(file, 4 + 4 * i))
    const bytes = file.subarray(header)
    return bytes.length === sizeOf(shape)
      ? right({ shape, bytes })
      : wrong(`${sizeOf(shape)} bytes after the header for ${show(shape)}`, String(bytes.length), header)
  }
