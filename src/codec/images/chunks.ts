/**
 * The chunks of a PNG: length, type, data and checksum of each, up to IEND.
 *
 * @source W3C (2003), Portable Network Graphics, §5
 */
import { tailRec } from 'fp-ts/lib/ChainRec.js'
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { List } from 'immutable'
import { shown } from '../../error/index.js'
import type { Sequence } from '../../network/index.js'
import { checksum } from '../checksum.js'
import { type Misfit, misfit } from './picture.js'

export interface Chunk {
  /** Four letters: `IDAT`. */
  readonly type: string
  readonly data: Uint8Array
  /** All of it, length and checksum included. */
  readonly whole: Uint8Array
  /** The byte of the file that it begins at. */
  readonly at: number
}

export const signature: readonly number[] = Object.freeze([137, 80, 78, 71, 13, 10, 26, 10])

/** Four bytes, the first the highest. */
export const wordAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)

/** Room for length and type, before the data, and with the checksum behind them. */
export const beforeData = 8
const frame = 12

interface Walk {
  readonly at: number
  readonly chunks: Sequence<Chunk>
}

/** The chunks after the signature; or what is wrong with them. */
export const chunksOf = (bytes: Uint8Array): Either<Misfit, readonly Chunk[]> =>
  tailRec({ at: signature.length, chunks: List<Chunk>() }, ({ at, chunks }: Walk): Either<Walk, Either<Misfit, readonly Chunk[]>> => {
    const wrong = (received: string) => right(misfit(at, 'whole chunks of a PNG', received))
    const size = bytes.length - at < frame ? Number.POSITIVE_INFINITY : frame + wordAt(bytes, at)
    if (size > bytes.length - at) return wrong(`${bytes.length} bytes, which end inside of a chunk`)
    const whole = bytes.subarray(at, at + size)
    const type = String.fromCharCode(...whole.subarray(4, 8))
    if (checksum(whole.subarray(4, -4)) !== wordAt(whole, size - 4)) return wrong(`the chunk ${shown(type)} with another checksum`)
    const found = chunks.push({ type, data: whole.subarray(beforeData, -4), whole, at })
    return type === 'IEND' ? right(right(found.toArray())) : left({ at: at + size, chunks: found })
  })
