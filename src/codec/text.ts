/** Text as what a codec reads of it: first JSON, then the codec's form. What does not fit is one sentence, however much of it there is. */
import { chain, type Either, mapLeft, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import { DecodeError, shown } from '../error/index.js'
import { misfit } from './misfit.js'

/**
 * What a codec reads of a text of JSON.
 *
 * @param expected  what the file is, for the message
 * @param where  the file's name, for the message
 * @error `DecodeError` for text that is no JSON, and for fields that are not as they should be
 */
export const decodeText =
  <A>(who: string, expected: string, codec: t.Decoder<unknown, A>) =>
  (where: string) =>
  (text: string): Either<DecodeError, A> =>
    pipe(
      tryCatch(
        (): unknown => JSON.parse(text),
        (error) => new DecodeError({ who, expected: 'JSON', received: shown(error), where }),
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
