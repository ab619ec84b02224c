/** RMSProp's scaling: by the root of a fading mean of squares; centred, by a fading standard deviation. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { add, maximum, sqrt, square, sub } from '../ops/index.js'
import { mapTree, zipTrees } from '../params/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { decay as decayRate, notNegative } from './domain.js'
import { flushSquare, movingAverages, scaledBy, zerosLike } from './moments.js'
import type { GradientTransformation, StateOf } from './transformation.js'

export interface RmsOptions {
  /** What is left of the mean of squares after a step. */
  readonly decay: number
  readonly epsilon: number
  /** Whether ε is added to the mean of squares (book, Optax), or to its root (PyTorch). */
  readonly epsilonInside: boolean
}
/** PyTorch's, but for its decay of 0.99; the book does not say one, Hinton's lecture and Optax have 0.9. */
export const rmsDefaults: RmsOptions = Object.freeze({ decay: 0.9, epsilon: 1e-8, epsilonInside: false })

const checked = (who: string, { decay, epsilon, epsilonInside }: RmsOptions): RmsOptions => ({
  decay: decayRate(who, 'the decay', decay),
  epsilon: notNegative(who, 'epsilon', epsilon),
  epsilonInside,
})
/** √x + ε, or √(x + ε) */
const root =
  ({ epsilon, epsilonInside }: RmsOptions) =>
  (x: Tensor): Tensor =>
    epsilonInside ? pipe(x, add(epsilon), sqrt) : pipe(x, sqrt, add(epsilon))

export interface RmsState<P> {
  /** The mean of squares. */
  readonly v: P
}
export interface RmsF extends StateOf {
  readonly state: RmsState<this['params']>
  readonly stateless: false
}
/** `scaleByRms`, in the name of who is given the options. */
export const scalingByRms = (who: string, options: RmsOptions): GradientTransformation<RmsF> => {
  const all = checked(who, options)
  return {
    init: (params) => ({ v: zerosLike(params) }),
    update: (gradients, state) => {
      const v = movingAverages(all.decay, flushSquare)(state.v, mapTree((g: Tensor) => square(g))(gradients))
      return [zipTrees((g: Tensor, s: Tensor) => scaledBy(s, root(all)(s))(g))(gradients, v), { v }]
    },
    stateless: false,
  }
}

/**
 * v ← ρv + (1 − ρ)g²,  update g / (√v + ε)
 *
 * @source Hinton (2012), lecture 6e; Goodfellow, Bengio, Courville (2016) algorithm 8.5
 */
export const scaleByRms = (options: Partial<RmsOptions> = {}): GradientTransformation<RmsF> =>
  scalingByRms('scaleByRms', optionsOf('scaleByRms', rmsDefaults, options))

export interface DeviationState<P> extends RmsState<P> {
  /** The mean. */
  readonly m: P
}
export interface DeviationF extends StateOf {
  readonly state: DeviationState<this['params']>
  readonly stateless: false
}
/** `scaleByDeviation`, in the name of who is given the options. */
export const scalingByDeviation = (who: string, options: RmsOptions): GradientTransformation<DeviationF> => {
  const all = checked(who, options)
  return {
    init: (params) => ({ m: zerosLike(params), v: zerosLike(params) }),
    update: (gradients, state) => {
      const m = movingAverages(all.decay)(state.m, gradients)
      const v = movingAverages(all.decay, flushSquare)(state.v, mapTree((g: Tensor) => square(g))(gradients))
      const updates = zipTrees((g: Tensor, mean: Tensor, s: Tensor) => scaledBy(s, root(all)(pipe(s, sub(square(mean)), maximum(0))))(g))(
        gradients,
        m,
        v,
      )
      return [updates, { m, v }]
    },
    stateless: false,
  }
}

/**
 * m ← ρm + (1 − ρ)g,  v ← ρv + (1 − ρ)g²,  update g / (√(v − m²) + ε)
 *
 * A variance that rounding makes negative is 0; in PyTorch it becomes NaN.
 *
 * @source Graves (2013), equations 38 to 41
 */
export const scaleByDeviation = (options: Partial<RmsOptions> = {}): GradientTransformation<DeviationF> =>
  scalingByDeviation('scaleByDeviation', optionsOf('scaleByDeviation', rmsDefaults, options))
