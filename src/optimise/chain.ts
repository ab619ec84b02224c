/**
 * Gradient transformations one after the other: they are a monoid.
 *
 *     chain(identity, t) = t = chain(t, identity),  chain(chain(a, b), c) ≅ chain(a, b, c) ≅ chain(a, chain(b, c))
 *
 * up to the brackets of the state: a chain remembers what those of its parts remember that have a state; of one such part, its
 * state as it is.
 */
import { noParameters } from '../params/index.js'
import {
  type GradientTransformation,
  gradientPoint,
  type SomeTransformation,
  type StateFor,
  type Stateless,
  type StateOf,
  someTransformation,
} from './transformation.js'

/** The parts with a state. */
type Stateful<Fs extends readonly StateOf[], Acc extends readonly StateOf[] = readonly []> = Fs extends readonly [
  infer F extends StateOf,
  ...infer Rest extends readonly StateOf[],
]
  ? F extends StateOf
    ? Stateful<Rest, F['stateless'] extends true ? Acc : readonly [...Acc, F]>
    : never
  : Acc
/** What a chain of several parts with states remembers: their states, in order. */
export interface ChainF<Fs extends readonly StateOf[]> extends StateOf {
  readonly state: { readonly [K in keyof Fs]: Fs[K] extends StateOf ? StateFor<Fs[K], this['params']> : never }
  readonly stateless: false
}
type Remembers<Fs> = Fs extends readonly []
  ? Stateless
  : Fs extends readonly [infer F extends StateOf]
    ? F
    : Fs extends readonly StateOf[]
      ? ChainF<Fs>
      : never
/** What a chain remembers. */
export type Chained<Fs extends readonly StateOf[]> = Remembers<Stateful<Fs>>

/**
 * Transformations in order: what one gives is what the next one takes.
 *
 * @example
 * chain(clipByGlobalNorm(1), scaleByAdam(), scaleByLearningRate(1e-3))
 */
export const chain = <const Fs extends readonly StateOf[]>(
  ...parts: { readonly [K in keyof Fs]: GradientTransformation<Fs[K]> }
): GradientTransformation<Chained<Fs>> => {
  const all = (parts as readonly GradientTransformation<StateOf>[]).map((part) => someTransformation(part, 'chain'))
  const stateful = all.filter((part) => !part.stateless)
  const single = stateful.length === 1
  /** How many parts with a state stand before each. */
  const rank = all.map((_, i) => all.slice(0, i).filter((part) => !part.stateless).length)
  /** The states of all parts, from what is remembered; of one without, nothing. */
  const statesOf = (state: unknown): readonly unknown[] => {
    const kept = single ? [state] : (state as readonly unknown[])
    return all.map((part, i) => (part.stateless ? noParameters : kept[rank[i] ?? 0]))
  }
  const remembered = (states: readonly unknown[]): unknown => {
    const kept = states.filter((_, i) => all[i]?.stateless === false)
    return kept.length === 0 ? noParameters : single ? kept[0] : kept
  }
  const ahead: SomeTransformation['evaluateAt'] = (params, state) => {
    const states = statesOf(state)
    return all.reduce((point, part, i) => gradientPoint(part)(point, states[i]), params)
  }
  const wrapped: SomeTransformation = {
    init: (params) => remembered(all.map((part) => part.init(params))),
    update: (gradients, state, params) => {
      const before = statesOf(state)
      const { g, after } = all.reduce<{ readonly g: typeof gradients; readonly after: readonly unknown[] }>(
        ({ g: given, after: done }, part, i) => {
          const [updates, next] = part.update(given, before[i], params)
          return { g: updates, after: done.concat([next]) }
        },
        { g: gradients, after: [] },
      )
      return [g, remembered(after)]
    },
    ...(all.every((part) => part.evaluateAt === undefined) ? {} : { evaluateAt: ahead }),
    stateless: stateful.length === 0,
  }
  return wrapped as unknown as GradientTransformation<Chained<Fs>>
}
