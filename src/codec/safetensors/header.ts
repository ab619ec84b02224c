/**
 * The header of a safetensors file: eight bytes with its length, little endian, then JSON that says where the numbers of each tensor stand
 * in the rest of the file. They stand there one behind the other, without holes.
 *
 * @source https://github.com/huggingface/safetensors, "Format"
 */
import { chain, type Either, left, mapLeft, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { shown } from '../../error/index.js'
import { isSize } from '../../shape/index.js'
import { duplicateKey } from './duplicates.js'

/** Where the header begins: behind its length. */
export const headerStart = 8
/** No header is longer, says the format. */
const longest = 1e8

const size = t.refinement(t.number, isSize, 'whole size')
const offset = t.refinement(t.number, (x) => Number.isSafeInteger(x) && x >= 0, 'byte offset')
const Entry = t.type({ dtype: t.string, shape: t.readonlyArray(size), data_offsets: t.tuple([offset, offset]) })
const Metadata = t.record(t.string, t.string)
const metadataKey = '__metadata__'

export interface EntryOf extends t.TypeOf<typeof Entry> {
  readonly name: string
}
export interface Header {
  readonly metadata: Readonly<Record<string, string>>
  readonly entries: readonly EntryOf[]
  /** Where the numbers begin. */
  readonly end: number
}
/** What is wrong, and at which byte. */
export interface Misfit {
  readonly expected: string
  readonly received: string
  readonly at: number
}
const misfit = (expected: string, received: string, at = headerStart): Either<Misfit, never> => left({ expected, received, at })

const lengthOf = (file: Uint8Array): Either<Misfit, number> => {
  if (file.length < headerStart) return misfit('eight bytes with the length of the header', `${file.length} bytes`, 0)
  const length = new DataView(file.buffer, file.byteOffset, file.byteLength).getBigUint64(0, true)
  const most = Math.min(longest, file.length - headerStart)
  return length <= BigInt(most) ? right(Number(length)) : misfit(`a header of at most ${most} bytes`, `one of ${length}`, 0)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const objectOf = (bytes: Uint8Array): Either<Misfit, object> =>
  pipe(
    tryCatch((): unknown => {
      const text = utf8.decode(bytes)
      const json: unknown = JSON.parse(text)
      const twice = duplicateKey(text)
      if (twice !== undefined) throw new Error(`the key ${shown(twice)} twice`)
      return json
    }, shown),
    mapLeft((received) => ({ expected: 'a header of JSON in UTF-8, every key once', received, at: headerStart })),
    chain((json) =>
      typeof json === 'object' && json !== null && !Array.isArray(json)
        ? right(json)
        : misfit('a header that is an object of JSON', shown(json)),
    ),
  )

/** The first thing that is wrong with a value, and where. */
const decoded = <A>(type: t.Decoder<unknown, A>, value: unknown, of: string): Either<Misfit, A> =>
  pipe(
    type.decode(value),
    mapLeft(([first]) => {
      const path = (first?.context ?? []).map(({ key }) => key).filter((key) => key !== '')
      return {
        expected: `${of} with a ${path.join('/') || 'form'} of ${first?.context.at(-1)?.type.name ?? 'another kind'}`,
        received: shown(first?.value),
        at: headerStart,
      }
    }),
  )

/** The header of a file. */
export const headerOf = (file: Uint8Array): Either<Misfit, Header> =>
  pipe(
    lengthOf(file),
    chain((length) =>
      pipe(
        objectOf(file.subarray(headerStart, headerStart + length)),
        chain((json): Either<Misfit, Header> => {
          const fields = Object.entries(json)
          const given = fields.find(([name]) => name === metadataKey)?.[1]
          const metadata = given === undefined ? right({}) : decoded(Metadata, given, metadataKey)
          if (metadata._tag === 'Left') return metadata
          const entries = fields
            .filter(([name]) => name !== metadataKey)
            .map(([name, value]) =>
              pipe(
                decoded(Entry, value, `the tensor ${shown(name)}`),
                chain((entry) => right({ name, ...entry })),
              ),
            )
          const wrong = entries.find((entry) => entry._tag === 'Left')
          if (wrong?._tag === 'Left') return wrong
          const sound = entries.flatMap((entry) => (entry._tag === 'Right' ? [entry.right] : []))
          return right({ metadata: metadata.right, entries: sound, end: headerStart + length })
        }),
      ),
    ),
  )

/** A header as bytes, padded by spaces so that the numbers begin at a multiple of eight. */
export const headerBytes = ({ metadata, entries }: Pick<Header, 'metadata' | 'entries'>): Uint8Array => {
  const more = Object.keys(metadata).length === 0 ? [] : [[metadataKey, metadata]]
  const json = new TextEncoder().encode(
    JSON.stringify(Object.fromEntries([...more, ...entries.map(({ name, ...entry }) => [name, entry])])),
  )
  const length = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(headerStart + length).fill(32)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true)
  bytes.set(json, headerStart)
  return bytes
}
