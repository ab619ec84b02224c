/** The states of a training on one batch, again and again: the first, and that after every step. */
import { scanLeft } from 'fp-ts/lib/ReadonlyArray.js'

export const statesOf = <S, B>(step: (state: S, batch: B) => S, start: S, batch: B, steps: number): readonly S[] =>
  scanLeft(start, (state: S) => step(state, batch))(Array.from({ length: steps }))
