/** AdaGrad's scaling: by the root of the sum of all squares. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { add, sqrt, square } from '../ops/index.js'
import { zipTrees } from '../params/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { notNegative } from './domain.js'
import { filledLike, flushSquare, scaledBy } from './moments.js'
import type { GradientTransformation, StateOf } from './transformation.js'

export interface RssOptions {
  /** What the sums start from. */
  readonly initial: number
  readonly epsilon: number
}
export const rssDefaults: RssOptions = Object.freeze({ initial: 0, epsilon: 1e-10 })

export interface RssState<P> {
  /** Σ g² */
  readonly sums: P
}
export interface RssF extends StateOf {
  readonly state: RssState<this['params']>
  readonly stateless: false
}
/** `scaleByRss`, in the name of who is given the options. */
export const scalingByRss = (who: string, options: RssOptions): GradientTransformation<RssF> => {
  const { initial, epsilon } = options
  notNegative(who, 'initial sum', initial)
  notNegative(who, 'epsilon', epsilon)
  return {
    init: (params) => ({ sums: filledLike(initial)(params) }),
    update: (gradients, state) => {
      const sums = zipTrees((s: Tensor, g: Tensor) => flushSquare(add(square(g))(s)))(state.sums, gradients)
      return [zipTrees((g: Tensor, s: Tensor) => scaledBy(s, pipe(s, sqrt, add(epsilon)))(g))(gradients, sums), { sums }]
    },
    stateless: false,
  }
}

/**
 * s ← s + g²,  update g / (√s + ε)
 *
 * The book adds δ = 1e-7 outside the root, as here; Optax adds it inside, and starts from 0.1.
 *
 * @source Duchi, Hazan, Singer (2011); Goodfellow, Bengio, Courville (2016) algorithm 8.4
 */
export const scaleByRss = (options: Partial<RssOptions> = {}): GradientTransformation<RssF> =>
  scalingByRss('scaleByRss', optionsOf('scaleByRss', rssDefaults, options))
