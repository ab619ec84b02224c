// mutates: the variable of its own loop, escapes: nothing
/** The explicit loop, as a function. */

/**
 * The state after a step for every batch: nothing but the loop.
 *
 *     iterate(step)(state, a ++ b) = iterate(step)(iterate(step)(state, a), b)
 */
export const iterate =
  <S, B>(step: (state: S, batch: B) => S) =>
  (start: S, batches: Iterable<B>): S => {
    let state = start
    for (const batch of batches) state = step(state, batch)
    return state
  }
