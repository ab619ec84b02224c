/**
 * The history of a training, as a value: some states kept, and all others made again by replaying the steps between, to the same bits, since
 * a step is pure.
 *
 *     stateAt(n)(h) = step(… step(step(s₀, b₀), b₁) …, bₙ₋₁)
 *
 * Of n steps n/every states are kept, each as large as parameters and moments together, and a state costs at most every − 1 steps. Nothing is
 * recorded beside them: what happened is asked afterwards.
 */
import { isSome, none, type Option, some } from 'fp-ts/lib/Option.js'
import { optionsOf, shown, ValueError, wantsFunction, wantsList, wantsRecord, wantsWhole } from '../error/index.js'
import { abs, cast, max, reshape, sub } from '../ops/index.js'
import { leavesWithPaths, sameTree } from '../params/index.js'
import { fixed, isSize, sameShape, sizeOf } from '../shape/index.js'
import { toNumber } from '../tensor/read.js'
import { iterate } from './iterate.js'

/** A step, the batches it was given, and the states that were kept: number i is the one after i · every steps. */
export interface History<S, B> {
  readonly step: (state: S, batch: B) => S
  readonly batches: readonly B[]
  readonly every: number
  readonly kept: readonly S[]
}

export interface HistoryOptions {
  /** Every how many steps a state is kept. */
  readonly every: number
}
export const historyDefaults: HistoryOptions = fixed({ every: 100 })

const who = 'history'
const wantsHistory = <S, B>(of: string, h: History<S, B>): History<S, B> => {
  const { step, batches, kept } = wantsRecord(of, 'a history', h)
  wantsFunction(of, 'a history with its step', step)
  wantsList(of, 'a history with its batches', batches)
  wantsList(of, 'a history with the states it kept', kept)
  return h
}

/**
 * Trains, and keeps the history.
 *
 * @error  `ValueError` for anything but a step, a state and a list of batches, or an `every` that is not whole and at least 1
 * @example
 * const run = history(compile(wasm)(step), { every: 50 })(init(key(1)), [...batches(data, { size: 32, key: key(2) })])
 */
export const history = <S, B>(
  step: (state: S, batch: B) => S,
  options: Partial<HistoryOptions> = {},
): ((start: S, batches: readonly B[]) => History<S, B>) => {
  wantsFunction(who, 'a step, a function of state and batch', step)
  const { every } = optionsOf(who, historyDefaults, options)
  wantsWhole(who, 'steps', every)
  return (start, batches) => {
    wantsList(who, 'a list of batches', batches)
    const stretches = Array.from({ length: Math.floor(batches.length / every) }, (_, i) => batches.slice(i * every, (i + 1) * every))
    const kept = stretches.reduce<readonly S[]>((states, given) => states.concat([iterate(step)(states.at(-1) as S, given)]), [start])
    return { step, batches: [...batches], every, kept }
  }
}

/** How many steps it is of. */
export const stepsOf = <S, B>(h: History<S, B>): number => wantsHistory('stepsOf', h).batches.length

/**
 * The state after n steps, bit for bit as it was.
 *
 * @error  `ValueError` for a number of steps that there were not
 */
export const stateAt =
  (n: number) =>
  <S, B>(h: History<S, B>): S => {
    const { step, batches, every, kept } = wantsHistory('stateAt', h)
    if (!isSize(n) || n > batches.length)
      throw new ValueError({ who: 'stateAt', expected: `a step from 0 to ${batches.length}`, received: shown(n) })
    const place = Math.floor(n / every)
    return iterate(step)(kept[place] as S, batches.slice(place * every, n))
  }

/**
 * Another history from the n-th state on: as the same batches would have gone, had the state been another there.
 *
 * @error  as `stateAt`
 * @example
 * const calmer = fork(120, (state) => state.set('optimiser', init(key(1)).optimiser))(run)
 */
export const fork =
  <S>(n: number, change: (state: S) => S) =>
  <B>(h: History<S, B>): History<S, B> => {
    wantsFunction('fork', 'a change, a function of a state', change)
    const { step, batches, every } = wantsHistory('fork', h)
    return history(step, { every })(change(stateAt(n)(h)), batches.slice(n))
  }

/**
 * The first step after which something holds that stays so from then on: a cost that is no number, a unit that is dead. It is asked of
 * log₂ n states; at most every − 1 steps are replayed. For what comes and goes, `findFirst`.
 *
 * @error  `ValueError` for anything but a function and a history
 * @example
 * bisect((state: State) => !Number.isFinite(toNumber(state.cost)))(run) // some(173)
 */
export const bisect =
  <S>(holds: (state: S) => boolean) =>
  <B>(h: History<S, B>): Option<number> => {
    wantsFunction('bisect', 'a condition on states', holds)
    const { step, batches, every, kept } = wantsHistory('bisect', h)
    /** The first place from which on it holds, among these; as many as there are, if at none. */
    const first = (states: readonly S[], low = 0, high = states.length): number => {
      const middle = Math.floor((low + high) / 2)
      if (low === high) return low
      return holds(states[middle] as S) ? first(states, low, middle) : first(states, middle + 1, high)
    }
    const place = first(kept)
    if (place === 0) return some(0)
    const start = (place - 1) * every
    const between = batches
      .slice(start, place * every)
      .reduce<readonly S[]>((states, batch) => states.concat([step(states.at(-1) as S, batch)]), [kept[place - 1] as S])
    const found = start + first(between)
    return found <= batches.length ? some(found) : none
  }

/**
 * The first step after which something holds, whether it stays so or not: every state is looked at, in order.
 *
 * @error  as `bisect`
 */
export const findFirst =
  <S>(holds: (state: S) => boolean) =>
  <B>(h: History<S, B>): Option<number> => {
    wantsFunction('findFirst', 'a condition on states', holds)
    const { step, batches, kept } = wantsHistory('findFirst', h)
    const start = kept[0] as S
    const looked = batches.reduce<{ readonly state: S; readonly found: Option<number> }>(
      ({ state, found }, batch, n) => {
        if (isSome(found)) return { state, found }
        const next = step(state, batch)
        return { state: next, found: holds(next) ? some(n + 1) : none }
      },
      { state: start, found: holds(start) ? some(0) : none },
    )
    return looked.found
  }

/** How far one tensor of a state is from that of another. */
export interface Moved {
  readonly path: string
  /** The largest difference of two of its numbers; NaN if one of them is. */
  readonly most: number
}

/**
 * What differs between two states, or two trees of parameters: the tensors that moved, the farthest first.
 *
 * @error  `ValueError` for trees of two forms
 * @example
 * diff(stateAt(100)(run).params, stateAt(101)(run).params) // [{ path: '[2].weights', most: 0.03 }, …]
 */
export const diff = (a: unknown, b: unknown): readonly Moved[] => {
  const [before, after] = [leavesWithPaths(a, 'diff'), leavesWithPaths(b, 'diff')]
  const odd = before.findIndex(({ path, tensor }, i) => path !== after[i]?.path || !sameShape(tensor.shape, after[i].tensor.shape))
  if (odd >= 0 || before.length !== after.length)
    throw new ValueError({
      who: 'diff',
      expected: 'two trees of one form',
      received: `others${odd >= 0 ? ` at ${before[odd]?.path}` : ''}`,
    })
  return before
    .flatMap(({ path, tensor }, i) => {
      if (sameTree(tensor, after[i]?.tensor)) return []
      const [x, y] = [tensor, after[i]?.tensor ?? tensor].map((t) => reshape([sizeOf(t.shape)])(cast('float64')(t)))
      const most = sizeOf(tensor.shape) === 0 || x === undefined || y === undefined ? 0 : toNumber(max(0)(abs(sub(x)(y))))
      return most === 0 ? [] : [{ path, most }]
    })
    .sort((p, q) => (Number.isNaN(p.most) ? -1 : Number.isNaN(q.most) ? 1 : q.most - p.most))
}
