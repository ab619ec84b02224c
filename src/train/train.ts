/**
 * Training is a pure step, iterated by a loop that the user can see. Its state is an Immutable record, and all of it is
 * tensors: a host number would be frozen into a compiled step, and the same noise or bias correction would come back for ever.
 */
import { Record as ImmutableRecord } from 'immutable'
import { type Dataset, wantsDataset } from '../data/dataset.js'
import { optionsOf, shownAs } from '../error/index.js'
import type { Objective } from '../likelihood/index.js'
import { wantsObjective } from '../likelihood/objective.js'
import { add } from '../ops/index.js'
import { applyUpdates, type GradientTransformation, gradientPoint, type StateFor, type StateOf } from '../optimise/index.js'
import { hashTree } from '../params/equal.js'
import { count, sameTree } from '../params/index.js'
import { foldIn, type Key, next } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import { fixed, type Shape } from '../shape/index.js'
import { scalar, vector } from '../tensor/create.js'
import { toNumber } from '../tensor/read.js'
import type { Scalar } from '../tensor/tensor.js'
import { foldedGradient, partsOf } from './parts.js'
import { wantsOptimiser, wantsState } from './wants.js'

/** What a training state holds. */
export interface TrainFields<P, S> {
  readonly params: P
  readonly optimiser: S
  /** The cost of the last batch, before its step, where its gradient was taken; NaN before the first. @unit nats per example */
  readonly cost: Scalar
  /** How many steps were made: uint32. */
  readonly step: Scalar
  /** The key of the next step's noise. */
  readonly key: Key
}
/** A training state: an Immutable record, of whose methods these are named here, so that what is wrong with a state is said in a line. */
export interface TrainState<P, S> extends TrainFields<P, S> {
  /** The state with another value of one field. */
  readonly set: <K extends keyof TrainFields<P, S>>(field: K, value: TrainFields<P, S>[K]) => TrainState<P, S>
  /** By value, as `is` of Immutable. */
  readonly equals: (other: unknown) => boolean
  readonly hashCode: () => number
}

const parameters = ({ params }: { readonly params: unknown }): string => `${count(params).toLocaleString('en-US')} parameters`

const inspectCustom = Symbol.for('nodejs.util.inspect.custom')

const blank: TrainFields<unknown, unknown> = {
  params: [],
  optimiser: [],
  cost: scalar(Number.NaN),
  step: scalar(0, 'uint32'),
  key: vector([0, 0], 'uint32'),
}
/** States compare by value, with `is`: parameters and moments are plain trees, which Immutable would compare by reference. */
class State extends ImmutableRecord<TrainFields<unknown, unknown>>(blank, 'TrainState') {
  override equals(other: unknown): boolean {
    return other instanceof State && sameTree(this, other)
  }
  override hashCode(): number {
    return hashTree(this)
  }
  /** In a message. */
  get [shownAs](): string {
    return 'a TrainState'
  }
  override toString(): string {
    const { cost, step } = this
    return `TrainState after ${toNumber(step)} steps, cost ${toNumber(cost)}, ${parameters(this)}`
  }
  /** On a console: the fields as a record, each tensor by a few of its numbers. */
  [inspectCustom](depth: number, options: { readonly depth?: number | null }, inspect: (x: unknown, options: object) => string): string {
    return depth < 0 ? '[TrainState]' : `TrainState (${parameters(this)}) ${inspect(this.toObject(), { ...options, depth: 6 })}`
  }
}
/** A training state from its parts. */
export const trainState = <P, S>(fields: TrainFields<P, S>): TrainState<P, S> => new State(fields) as unknown as TrainState<P, S>

export interface Training<P, S, I extends Shape, T extends Shape> {
  readonly init: (key: Key) => TrainState<P, S>
  readonly step: (state: TrainState<P, S>, batch: Dataset<I, T>) => TrainState<P, S>
}

export interface TrainOptions {
  /** Into how many parts a batch is cut; the gradient's bits depend on it, and not on who computes which leaf. */
  readonly parts: number
}
export const trainDefaults: TrainOptions = Object.freeze({ parts: 1 })

/**
 * The start and the step of training: cost and gradient, update, count.
 *
 * @example
 * const { init, step } = train(categorical(net), adam({ learningRate: 1e-3 }))
 * const state = step(init(key(42)), batch)
 */
export const train = <P, I extends Shape, T extends Shape, F extends StateOf>(
  model: Objective<P, I, T>,
  optimiser: GradientTransformation<F>,
  options: Partial<TrainOptions> = {},
): Training<P, StateFor<F, P>, I, T> => {
  const { parts } = optionsOf('train', trainDefaults, options)
  const [objective, method] = [fixed(wantsObjective('train', model)), fixed(wantsOptimiser(optimiser))]
  partsOf(1, parts)
  return {
    init: (key) => {
      wantsKey('init', key)
      const params = objective.init(foldIn(0)(key))
      return trainState({
        params,
        optimiser: method.init(params),
        cost: scalar(Number.NaN),
        step: scalar(0, 'uint32'),
        key: foldIn(1)(key),
      })
    },
    step: (state, batch) => {
      wantsState(state, batch)
      wantsDataset('step', batch)
      const point = gradientPoint(method)(state.params, state.optimiser)
      const { cost, gradients } = foldedGradient(objective, parts)(point, state.key)(batch)
      const [updates, memory] = method.update(gradients, state.optimiser, state.params)
      return trainState({
        params: applyUpdates(state.params, updates),
        optimiser: memory,
        cost,
        step: add(1)(state.step),
        key: next(state.key),
      })
    },
  }
}
