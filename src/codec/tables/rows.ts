/** Records, decoded by a codec that the user supplies: what does not fit is said in one sentence. */
import { chain, type Either, mapLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import { type DecodeError, shown, wantsFunction, wantsRecord } from '../../error/index.js'

/** What decodes a row: any codec of io-ts. */
export type RowCodec<A> = t.Decoder<unknown, A>

/** The codec itself, or the sentence that says what was given in its place. */
export const wantsCodec = <A>(who: string, codec: RowCodec<A>): RowCodec<A> => {
  const { decode } = wantsRecord(who, 'a codec of io-ts for a row', codec)
  wantsFunction(who, 'a codec of io-ts for a row', decode)
  return codec
}

/** A name that is none of a record's own: who copies the record would set its prototype. */
export const prototypeName = '__proto__'

/** The row that a codec makes of a record; of its errors the first, and of what a codec throws itself as much as it says. */
export const decodedRow =
  <A>(codec: RowCodec<A>, refuse: (error: t.ValidationError) => DecodeError) =>
  (record: unknown): Either<DecodeError, A> =>
    pipe(
      tryCatch(
        () => codec.decode(record),
        (error) => refuse({ value: record, context: [], message: shown(error) }),
      ),
      chain(mapLeft(([first]) => refuse(first ?? { value: record, context: [] }))),
    )
