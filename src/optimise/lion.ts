/** Lion: steps of one size, in the direction of the sign of an interpolated momentum. */
import { optionsOf } from '../error/index.js'
import { sign } from '../ops/index.js'
import { mapTree } from '../params/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { decay } from './domain.js'
import { movingAverages, zerosLike } from './moments.js'
import type { GradientTransformation, StateOf } from './transformation.js'

export interface LionOptions {
  /** What is left of the momentum in the direction of a step. */
  readonly beta1: number
  /** What is left of the momentum itself. */
  readonly beta2: number
}
export const lionDefaults: LionOptions = Object.freeze({ beta1: 0.9, beta2: 0.99 })

export interface LionState<P> {
  readonly momentum: P
}
export interface LionF extends StateOf {
  readonly state: LionState<this['params']>
  readonly stateless: false
}

/** `scaleByLion`, in the name of who is given the options. */
export const scalingByLion = (who: string, options: LionOptions): GradientTransformation<LionF> => {
  const [beta1, beta2] = [decay(who, 'beta1', options.beta1), decay(who, 'beta2', options.beta2)]
  return {
    init: (params) => ({ momentum: zerosLike(params) }),
    update: (gradients, { momentum }) => [
      mapTree((x: Tensor) => sign(x))(movingAverages(beta1)(momentum, gradients)),
      { momentum: movingAverages(beta2)(momentum, gradients) },
    ],
    stateless: false,
  }
}
/**
 * update sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g
 *
 * @source Chen et al. (2023), Symbolic discovery of optimization algorithms, program 2
 */
export const scaleByLion = (options: Partial<LionOptions> = {}): GradientTransformation<LionF> =>
  scalingByLion('scaleByLion', optionsOf('scaleByLion', lionDefaults, options))
