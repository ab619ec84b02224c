/** RAdam: Adam that waits with its second moment until that has seen enough. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { add, cast, div, greater, maximum, mul, pow, sqrt, sub } from '../ops/index.js'
import { zipTrees } from '../params/index.js'
import { full } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { type AdamF, type AdamOptions, adamDefaults, checkedAdam, nextMoments, noMoments } from './adam.js'
import { choose, correction, eachPrecision, scaledBy } from './moments.js'
import type { GradientTransformation } from './transformation.js'

/** The length of a simple moving average that is worth as much as v after t steps: ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ). */
const lengthAt = (beta2: number, step: Scalar): Scalar => {
  // In float64 whatever the parameters are: two numbers near 2000 are subtracted, and the difference is compared with 5.
  const t = cast('float64')(step)
  const ratio = pipe(full([], beta2, 'float64'), pow(t), mul(t), mul(2), div(correction(beta2, step)('float64')))
  return sub(ratio)(full([], 2 / (1 - beta2) - 1, 'float64'))
}

/** `scaleByRAdam`, in the name of who is given the options. */
export const scalingByRAdam = (who: string, options: AdamOptions): GradientTransformation<AdamF> => {
  const all = checkedAdam(who, options)
  const limit = 2 / (1 - all.beta2) - 1
  /** r √(1 − β₂ᵗ), where ρ > 5; 5 stands in for what is smaller, so that the root is real where it is not used. */
  const rectification = (length: Scalar, step: Scalar): Scalar => {
    const rho = maximum(5)(length)
    const numerator = mul(mul(sub(4)(rho))(sub(2)(rho)))(full([], limit / ((limit - 4) * (limit - 2)), 'float64'))
    return pipe(numerator, div(rho), mul(correction(all.beta2, step)('float64')), sqrt)
  }
  return {
    init: noMoments,
    update: (gradients, state) => {
      const next = nextMoments(all)(gradients, state)
      const length = lengthAt(all.beta2, next.step)
      const trusted = greater(5)(length)
      const wide = rectification(length, next.step)
      const factor = eachPrecision((precision) => cast(precision)(wide))
      const first = eachPrecision(correction(all.beta1, next.step))
      const updates = zipTrees((m: Tensor, v: Tensor) => {
        const plain = div(first(m))(m)
        return choose(trusted)(pipe(plain, mul(factor(m)), scaledBy(v, pipe(v, sqrt, add(all.epsilon)))), plain)
      })(next.m, next.v)
      return [updates, next]
    },
    stateless: false,
  }
}

/**
 * With Adam's moments and ρₜ, the length that v is worth, the update is
 *
 *     m̂ r / (√v̂ + ε/√(1 − β₂ᵗ)),  r = √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ))   if ρₜ > 5
 *     m̂                                                                              else
 *
 * The threshold is 5 and ε is added to √v before bias correction, as in PyTorch and Optax; the paper's threshold is 4.
 *
 * @source Liu et al. (2020), algorithm 2
 */
export const scaleByRAdam = (options: Partial<AdamOptions> = {}): GradientTransformation<AdamF> =>
  scalingByRAdam('scaleByRAdam', optionsOf('scaleByRAdam', adamDefaults, options))
