/**
 * Checkpoints: a training state, or any tree of tensors, as a safetensors file with a checksum, so that a training goes on from it with the
 * same bits, and a file that was torn or changed is seen.
 *
 *     decodeState(where)(like)(encodeState(state)) = state
 *
 * Everything that a training goes on from is a tensor: parameters, the optimiser's memory, the number of steps, on which schedules depend, the
 * key; and so are the epoch and the batch that a loop stands at, if they are put beside the state: `{ state, epoch: scalar(3, 'uint32') }`.
 */
import { chain, type Either, left, mapLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { DecodeError, shown } from '../../error/index.js'
import { checksum } from '../checksum.js'
import { headerStart } from '../safetensors/header.js'
import { decodeSafetensors, encodeSafetensors, restore } from '../safetensors/index.js'

const hex = (sum: number): string => sum.toString(16).padStart(8, '0')
const unknownSum = hex(0)
/** The beginning of the header, with the checksum of the file in which it is all zeros. */
const opening = '{"__metadata__":{"checksum":"'
/** Where the checksum stands: behind the length of the header and its beginning. */
const place = { start: headerStart + opening.length, end: headerStart + opening.length + unknownSum.length }

const textAt = (file: Uint8Array, start: number, end: number): string => String.fromCharCode(...file.subarray(start, end))
const withSum = (file: Uint8Array, sum: string): Uint8Array => {
  const bytes = file.slice()
  bytes.set(new TextEncoder().encode(sum), place.start)
  return bytes
}
const sumOf = (file: Uint8Array): string => hex(checksum(withSum(file, unknownSum)))

/**
 * A state as bytes.
 *
 * @error  `ValueError` for anything but a tree of numbers that are known
 * @example
 * await writeFile('run.safetensors')(encodeState(state))()
 */
export const encodeState = (state: unknown): Uint8Array => {
  const file = encodeSafetensors(state, { checksum: unknownSum, format: 'foldgrad-checkpoint', version: '1' })
  return withSum(file, sumOf(file))
}

/**
 * A state from its bytes: one of the form of another, such as the training begins with.
 *
 * @param where  the file's name, for the message
 * @error `DecodeError` that says at which byte, for a file that was cut short or changed, for one that is no checkpoint, and for a state of another form
 * @example
 * const { init, step } = train(model, adam())
 * const state = orThrow(decodeState('run.safetensors')(init(key(42)))(bytes))
 */
export const decodeState =
  (where: string) =>
  <S>(like: S) =>
  (file: Uint8Array): Either<DecodeError, S> => {
    if (!(file instanceof Uint8Array))
      return left(new DecodeError({ who: 'decodeState', expected: 'bytes, a Uint8Array', received: shown(file), where }))
    const wrong = (expected: string, received: string, at: number): Either<DecodeError, never> =>
      left(new DecodeError({ who: 'decodeState', expected, received, where: `${where}, byte ${at}` }))
    if (file.length < place.end || textAt(file, headerStart, place.start) !== opening)
      return wrong('a checkpoint, with its checksum', `${file.length} other bytes`, 0)
    const [said, is] = [textAt(file, place.start, place.end), sumOf(file)]
    if (said !== is) return wrong(`bytes with the checksum ${said}, as they were written`, `others, with ${is}`, place.start)
    return pipe(
      decodeSafetensors(where)(file),
      chain((stored) =>
        stored.metadata['format'] === 'foldgrad-checkpoint' && stored.metadata['version'] === '1'
          ? right(stored)
          : wrong('a checkpoint of version 1', shown(stored.metadata), headerStart),
      ),
      chain((stored) =>
        pipe(
          restore(like)(stored),
          mapLeft(
            ({ message }) =>
              new DecodeError({ who: 'decodeState', expected: 'a state of the form of the one given', received: message, where }),
          ),
        ),
      ),
    )
  }
