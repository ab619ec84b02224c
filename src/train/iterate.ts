// mutates: the variable of its own loop, escapes: nothing
/** The explicit loop, as a function. */
import { wantsFunction, wantsIterable } from '../error/index.js'

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
