/** NAdam: Adam with Nesterov's momentum. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { add, cast, div, mul, pow, sqrt, sub } from '../ops/index.js'
import { zipTrees } from '../params/index.js'
import { full, ones } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { type AdamOptions, type AdamState, adamDefaults, checkedAdam, nextMoments, noMoments } from './adam.js'
import { notNegative } from './domain.js'
import { correction, eachPrecision, flush, scaledBy, widest } from './moments.js'
import type { GradientTransformation, StateOf } from './transformation.js'

export interface NAdamOptions extends AdamOptions {
  /** ψ: how fast the momentum warms up. */
  readonly momentumDecay: number
}
export const nAdamDefaults: NAdamOptions = Object.freeze({ ...adamDefaults, momentumDecay: 0.004 })

export interface NAdamState<P> extends AdamState<P> {
  /** μ₁ · … · μₜ */
  readonly product: Scalar
}
export interface NAdamF extends StateOf {
  readonly state: NAdamState<this['params']>
  readonly stateless: false
}
/** `scaleByNAdam`, in the name of who is given the options. */
export const scalingByNAdam = (who: string, options: NAdamOptions): GradientTransformation<NAdamF> => {
  const all = checkedAdam(who, options)
  const psi = notNegative(who, 'momentum decay', options.momentumDecay)
  const momentumAt = (step: Scalar, { precision }: Tensor): Scalar =>
    pipe(full([], 0.96, precision), pow(pipe(step, cast(precision), mul(psi))), mul(-0.5), add(1), mul(all.beta1))
  return {
    init: (params) => ({ ...noMoments(params), product: ones([], widest(params)) }),
    update: (gradients, state) => {
      const next = nextMoments(all)(gradients, state)
      const product = flush(mul(momentumAt(next.step, state.product))(state.product))
      const second = eachPrecision(correction(all.beta2, next.step))
      const left = (x: Scalar): Scalar => sub(x)(ones([], x.precision))
      const now = eachPrecision((precision) => {
        const mu = momentumAt(next.step, full([], 0, precision))
        return div(left(cast(precision)(product)))(left(mu))
      })
      const soon = eachPrecision((precision) => {
        const mu = momentumAt(add(1)(next.step), full([], 0, precision))
        return div(left(mul(mu)(cast(precision)(product))))(mu)
      })
      const updates = zipTrees((g: Tensor, m: Tensor, v: Tensor) =>
        pipe(m, mul(soon(m)), add(mul(now(g))(g)), scaledBy(v, pipe(v, div(second(v)), sqrt, add(all.epsilon)))),
      )(gradients, next.m, next.v)
      return [updates, { ...next, product }]
    },
    stateless: false,
  }
}

/**
 * With Adam's moments, μₜ = β₁(1 − ½ · 0.96^(tψ)) and Mₜ = μ₁ · … · μₜ, the update is
 *
 *     (μₜ₊₁ m / (1 − Mₜ₊₁) + (1 − μₜ) g / (1 − Mₜ)) / (√v̂ + ε)
 *
 * as in PyTorch 2. Optax's leaves out the warm-up: there μₜ = β₁.
 *
 * @source Dozat (2016), algorithm 2
 */
export const scaleByNAdam = (options: Partial<NAdamOptions> = {}): GradientTransformation<NAdamF> =>
  scalingByNAdam('scaleByNAdam', optionsOf('scaleByNAdam', nAdamDefaults, options))
