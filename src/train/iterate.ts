// mutates: the variable of its own loop, escapes: nothing
/** The explicit loop, as a function: over batches that are there, and over those that come. */
import { toError } from 'fp-ts/lib/Either.js'
import { type TaskEither, tryCatch } from 'fp-ts/lib/TaskEither.js'
import { wantsFunction, wantsIterable, wantsStream } from '../error/index.js'

/**
 * The state after a step for every batch: nothing but the loop.
 *
 *     iterate(step)(state, a ++ b) = iterate(step)(iterate(step)(state, a), b)
 */
export const iterate =
  <S, B>(step: (state: S, batch: B) => S) =>
  (start: S, batches: Iterable<B>): S => {
    wantsFunction('iterate', 'a step, a function of state and batch', step)
    wantsIterable('iterate', 'batches that can be iterated', batches)
    let state = start
    for (const batch of batches) state = step(state, batch)
    return state
  }

/**
 * The same loop over batches that come one after the other, as from a file that is larger than memory: the next is asked for when the step
 * before is done. A step may take its time, too. On the left is what the source of the batches, or a step, failed with.
 *
 *     iterateAsync(step)(state, batches) = right(iterate(step)(state, [...batches])), bit for bit
 *
 * @error  `ValueError` for what is no step, and for batches that cannot be iterated
 * @example
 * const state = orThrow(await iterateAsync(step)(init(key(1)), batchesFrom(rows, model, { size: 32, example }))())
 */
export const iterateAsync =
  <S, B>(step: (state: S, batch: B) => S | Promise<S>) =>
  (start: S, batches: AsyncIterable<B> | Iterable<B>): TaskEither<Error, S> => {
    wantsFunction('iterateAsync', 'a step, a function of state and batch', step)
    wantsStream('iterateAsync', 'batches that can be iterated', batches)
    return tryCatch(async () => {
      let state = start
      for await (const batch of batches) state = await step(state, batch)
      return state
    }, toError)
  }
