/** A cost that is no longer a number, seen at once, with the last good state kept. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { DivergenceError, shown, ValueError, wantsFunction } from '../error/index.js'
import { leaves } from '../params/index.js'
import { toArray, toNumber } from '../tensor/read.js'
import type { Scalar } from '../tensor/tensor.js'

/** What a state must have to be watched. */
export interface Costly {
  readonly cost: Scalar
  readonly step: Scalar
}

/** A state, and the last one whose parameters are known to have a finite cost. */
export interface Watched<S> {
  readonly state: S
  readonly good: S
}

/** Why training stopped, and the state to go on from. */
export interface Diverged<S> {
  readonly error: DivergenceError
  readonly good: S
}

const wantsWatched = <S>(watching: Watched<S>): Watched<S> => {
  if (typeof watching === 'object' && watching !== null && 'state' in watching && 'good' in watching) return watching
  throw new ValueError({ who: 'watched', expected: 'a watched state', received: shown(watching), hint: 'begin with watch(init(key(42)))' })
}

/** A state whose parameters are all finite numbers: its cost was not looked at yet. */
const hasNumbers = ({ params }: { readonly params: unknown }): boolean =>
  leaves(params).every((x) => toArray(x).every((v: number) => Number.isFinite(v)))

/** The beginning of a watched training. */
export const watch = <S>(state: S): Watched<S> => ({ state, good: state })

/**
 * A step whose cost is looked at. The cost in a state is that of the parameters it came from: once it is finite, the state
 * before it is known to be good.
 *
 * @error `DivergenceError` that says at which step the cost was no number, and the cost before it, if there is one
 */
export const watched =
  <S extends Costly, B>(step: (state: S, batch: B) => S) =>
  (watching: Watched<S>, batch: B): Either<Diverged<S>, Watched<S>> => {
    const { state, good } = wantsWatched(watching)
    const after = wantsFunction('watched', 'a step, a function of state and batch', step)(state, batch)
    if (Number.isFinite(toNumber(after.cost))) return right({ state: after, good: state })
    const before = toNumber(state.cost)
    const known = Number.isFinite(before) ? `, the cost before it was ${before}` : ''
    const error = new DivergenceError(
      `training diverged at step ${toNumber(after.step)}: its cost is ${toNumber(after.cost)}${known}; try a smaller learning rate`,
    )
    return left({ error, good })
  }

/**
 * The end of a watched training. The cost of the last state was not looked at: what its last step made of the parameters must be numbers,
 * before they are kept.
 *
 * @error `DivergenceError` for parameters that are not finite
 * @example
 * pipe(settled(watching), match(({ good }) => good.params, (state) => state.params))
 */
export const settled = <S extends Costly & { readonly params: unknown }>(watching: Watched<S>): Either<Diverged<S>, S> => {
  const { state, good } = wantsWatched(watching)
  if (hasNumbers(state)) return right(state)
  const error = new DivergenceError(
    `training diverged at step ${toNumber(state.step)}: its parameters are no finite numbers any more; try a smaller learning rate`,
  )
  return left({ error, good })
}
