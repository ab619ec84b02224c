/** A decoder as it is fuzzed: files that it reads, and what is asked of the answers beside what is asked of every decoder. */
import * as fc from 'fast-check'
import type { Either } from 'fp-ts/lib/Either.js'
import { byteEdits, type Edit } from './edits/bytes.js'
import { textEdits } from './edits/text.js'

export interface Fuzzed<A = unknown> {
  readonly name: string
  /** Files that are sound, of the kinds that there are. */
  readonly seeds: readonly Uint8Array[]
  /** Files made from nothing. */
  readonly made?: fc.Arbitrary<Uint8Array>
  /** What makes an edited file look whole from outside, by its length or its checksum, so that what is inside is looked at. */
  readonly mend?: Edit
  /** How many bytes of memory a byte may ask for, beside what every file may: 2¹⁰, where nothing is said. */
  readonly perByte?: number
  /** Never throws, or rejects; errors name the file as `where`. */
  decode(file: Uint8Array): Either<unknown, A> | Promise<Either<unknown, A>>
  /** Throws where a value is not as sound as a value from this file should be; encoded again, it is decoded to the same. */
  check?(value: A, file: Uint8Array): void
}

/** The name of every fuzzed file. */
export const where = 'fuzzed file'

const utf8 = new TextEncoder()
export const encoded = (text: string): Uint8Array => utf8.encode(text)
const forgiving = new TextDecoder()
/** The text of a file, as whoever reads it hands it on; behind a mark of two bytes it may have halves of surrogate pairs. */
export const textOf = (file: Uint8Array): string =>
  file[0] === 0xff && file[1] === 0xfe ? Buffer.from(file.subarray(2)).toString('utf16le') : forgiving.decode(file)

/** One of these, by the file alone. */
export const chosen = <X>([first, ...rest]: readonly [X, ...X[]], file: Uint8Array): X => {
  const all = [first, ...rest]
  return all[(31 * file.length + (file.at(-1) ?? 0)) % all.length] ?? first
}

/** Says that something is not so. */
export const wants = (isSo: boolean, what: string): void => {
  if (!isSo) throw new Error(what)
}

/** The files that a decoder is given: sound ones with a few edits, made ones with fewer, and noise. */
export const filesFor = ({ seeds, made = fc.constant(new Uint8Array(0)), mend = (file) => file }: Fuzzed): fc.Arbitrary<Uint8Array> => {
  const edits = fc.oneof({ weight: 1, arbitrary: byteEdits(seeds) }, { weight: 1, arbitrary: textEdits })
  const edited = (file: fc.Arbitrary<Uint8Array>, maxLength: number): fc.Arbitrary<Uint8Array> =>
    fc
      .tuple(file, fc.array(edits, { maxLength }), fc.boolean())
      .map(([start, all, isMended]) => [...all, ...(isMended ? [mend] : [])].reduce((now, edit) => edit(now), start))
  return fc.oneof(
    { weight: 12, arbitrary: edited(fc.constantFrom(...seeds), 4) },
    { weight: 5, arbitrary: edited(made, 1) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  )
}
