/** AdaMax: Adam with the infinity norm in the place of the second moment. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { abs, add, div, maximum, mul } from '../ops/index.js'
import { zipTrees } from '../params/index.js'
import { scalar } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { type AdamOptions, adamDefaults, checkedAdam } from './adam.js'
import { correction, eachPrecision, flush, movingAverages, scaledBy, zerosLike } from './moments.js'
import type { GradientTransformation, StateOf } from './transformation.js'

export interface AdaMaxState<P> {
  readonly step: Scalar
  readonly m: P
  /** The largest gradient seen, fading. */
  readonly u: P
}
export interface AdaMaxF extends StateOf {
  readonly state: AdaMaxState<this['params']>
  readonly stateless: false
}
/** `scaleByAdaMax`, in the name of who is given the options. */
export const scalingByAdaMax = (who: string, options: AdamOptions): GradientTransformation<AdaMaxF> => {
  const { beta1, beta2, epsilon } = checkedAdam(who, options)
  return {
    init: (params) => ({ step: scalar(0, 'uint32'), m: zerosLike(params), u: zerosLike(params) }),
    update: (gradients, state) => {
      const step = add(1)(state.step)
      const m = movingAverages(beta1)(state.m, gradients)
      const u = zipTrees((old: Tensor, g: Tensor) => pipe(g, abs, add(epsilon), maximum(flush(mul(beta2)(old)))))(state.u, gradients)
      const first = eachPrecision(correction(beta1, step))
      return [zipTrees((a: Tensor, b: Tensor) => pipe(a, div(first(a)), scaledBy(b, b)))(m, u), { step, m, u }]
    },
    stateless: false,
  }
}

/**
 * m ← β₁m + (1 − β₁)g,  u ← max(β₂u, |g| + ε),  update m / ((1 − β₁ᵗ) u)
 *
 * The paper has no ε; it is PyTorch's, and keeps 0/0 away from a parameter that has never had a gradient.
 *
 * @source Kingma and Ba (2015), algorithm 2
 */
export const scaleByAdaMax = (options: Partial<AdamOptions> = {}): GradientTransformation<AdaMaxF> =>
  scalingByAdaMax('scaleByAdaMax', optionsOf('scaleByAdaMax', adamDefaults, options))
