/** Text as what a codec reads of it: first JSON, then the codec's form. What does not fit is one sentence, however much of it there is. */
import { chain, type Either, mapLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import { DecodeError, shown } from '../error/index.js'
import { misfit } from './misfit.js'
import { syntaxMisfit } from './syntax.js'

const noJson = (who: string, where: string, text: string, error: unknown): DecodeError => {
  const found = typeof text === 'string' ? syntaxMisfit(text) : undefined
  return found === undefined
    ? new DecodeError({ who, expected: 'JSON', received: shown(error), where })
    : new DecodeError({ who, expected: 'JSON', received: found.received, where: `${where}, ${found.place}` })
}

/**
 * What a codec reads of a text of JSON.
 *
 * @param expected  what the file is, for the message
 * @param where  the file's name, for the message
 * @error `DecodeError` for text that is no JSON, with the line and the column, and for fields that are not as they should be, with their path
 */
export const decodeText =
  <A>(who: string, expected: string, codec: t.Decoder<unknown, A>) =>
  (where: string) =>
  (text: string): Either<DecodeError, A> =>
    pipe(
      tryCatch(
        (): unknown => JSON.parse(text),
        (error) => noJson(who, where, text, error),
      ),
      chain((json) =>
        pipe(
          tryCatch(
            () => codec.decode(json),
            // A tree that is deeper than the stack.
            () => new DecodeError({ who, expected, received: 'JSON that is nested too deeply', where }),
          ),
          chain(
            mapLeft(
              // One of them is enough to say, and there may be as many as the file has numbers.
              ([first]) => new DecodeError({ who, expected, received: first === undefined ? 'something else' : misfit(first), where }),
            ),
          ),
        ),
      ),
    )
