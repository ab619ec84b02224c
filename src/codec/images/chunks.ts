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

export interface Chunk {
  /** Four letters: `IDAT`. */
  readonly type: string
  readonly data: Uint8Array
  /** All of it, length and checksum included. */
  readonly whole: Uint8Array
}

export const signature: readonly number[] = Object.freeze([137, 80, 78, 71, 13, 10, 26, 10])

/** Four bytes, the first the highest. */
export const wordAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)

/** Room for length, type and checksum. */
const frame = 12

interface Walk {
  readonly at: number
  readonly chunks: Sequence<Chunk>
}

/** The chunks after the signature; or what is wrong with them. */
export const chunksOf = (bytes: Uint8Array): Either<string, readonly Chunk[]> =>
  tailRec({ at: signature.length, chunks: List<Chunk>() }, ({ at, chunks }: Walk): Either<Walk, Either<string, readonly Chunk[]>> => {
    const size = bytes.length - at < frame ? Number.POSITIVE_INFINITY : frame + wordAt(bytes, at)
    if (size > bytes.length - at) return right(left(`${bytes.length} bytes, which end inside of a chunk`))
    const whole = bytes.subarray(at, at + size)
    const type = String.fromCharCode(...whole.subarray(4, 8))
    if (checksum(whole.subarray(4, -4)) !== wordAt(whole, size - 4)) return right(left(`the chunk ${shown(type)} with another checksum`))
    const found = chunks.push({ type, data: whole.subarray(8, -4), whole })
    return type === 'IEND' ? right(right(found.toArray())) : left({ at: at + size, chunks: found })
  })
