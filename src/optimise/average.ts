/** An exponential moving average of the parameters, beside the optimiser. */
import { optionsOf } from '../error/index.js'
import { add, cast, div, mul, sub } from '../ops/index.js'
import { zipTrees } from '../params/index.js'
import { full, scalar } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { decay as decayRate } from './domain.js'
import { correction, eachPrecision } from './moments.js'
import { applyUpdates, type GradientTransformation, type StateOf } from './transformation.js'

export interface AverageState<P> {
  /** The average, as parameters to evaluate with. */
  readonly average: P
  readonly step: Scalar
}
export interface AverageF extends StateOf {
  readonly state: AverageState<this['params']>
  readonly stateless: false
}
/**
 * a ← a + wₜ(θ − a) with wₜ = (1 − d)/(1 − dᵗ), of the parameters after each update; the updates are left as they are. It is
 * the last link of a chain.
 *
 * The weights are those of (1 − d) Σ dᵗ⁻ⁱ θᵢ, corrected for their sum, so that the initial parameters do not count, and the
 * average of a constant is that constant. PyTorch's `AveragedModel` takes θ₁ whole and corrects nothing: there θ₁ weighs dᵗ⁻¹.
 *
 * @source Polyak and Juditsky (1992); Kingma and Ba (2015) §7.2
 * @example
 * const optimiser = chain(adam({ learningRate: 1e-3 }), averageParameters({ decay: 0.999 }))
 * const [, { average }] = state.optimiser
 */
export const averageParameters = (options: { readonly decay: number }): GradientTransformation<AverageF> => {
  const { decay } = optionsOf('averageParameters', {}, options, ['decay'])
  decayRate('averageParameters', 'the decay', decay)
  return {
    init: (params) => ({ average: params, step: scalar(0, 'uint32') }),
    update: (updates, state, params) => {
      const step = add(1)(state.step)
      const weight = eachPrecision((precision) => {
        const one = full([], 1, precision)
        return div(correction(decay, step)(precision))(sub(cast(precision)(full([], decay, precision)))(one))
      })
      const average = zipTrees((a: Tensor, theta: Tensor) => add(mul(weight(a))(sub(a)(theta)))(a))(
        state.average,
        applyUpdates(params, updates),
      )
      return [updates, { average, step }]
    },
    stateless: false,
  }
}
