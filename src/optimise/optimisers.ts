/** Optimisers by their usual names: chains of gradient transformations. */
import { ValueError } from '../error/index.js'
import { chain, type GradientTransformation, type Stateless } from './transformation.js'
import { type AdamF, type AdamOptions, accumulate, type MomentumF, scale, scaleByAdam } from './transformations.js'

export interface LearningRate {
  /** The size of a step: positive and finite. */
  readonly learningRate: number
}
const descend = (who: string, { learningRate }: LearningRate) => {
  if (Number.isFinite(learningRate) && learningRate > 0) return scale(-learningRate)
  throw new ValueError({ who, expected: 'a positive learning rate', received: String(learningRate) })
}

/**
 * θ ← θ − ε ∇J. Stochastic when the gradient is of a batch.
 *
 * @source Goodfellow, Bengio, Courville (2016) §4.3 and §8.3.1
 * @example
 * train(model, gradientDescent({ learningRate: 0.1 }))
 */
export const gradientDescent = (options: LearningRate): GradientTransformation<Stateless> => descend('gradientDescent', options)
/** Gradient descent, by the name it has when the batch is a sample. */
export const sgd = gradientDescent

/**
 * v ← decay · v + ∇J, θ ← θ − ε v.
 *
 * PyTorch and Optax have the same form; the book multiplies the gradient by ε inside v, which is the same for a constant ε.
 */
export const momentum = (
  options: LearningRate & { readonly decay?: number; readonly nesterov?: boolean },
): GradientTransformation<MomentumF> =>
  chain(accumulate({ decay: options.decay ?? 0.9, nesterov: options.nesterov ?? false }), descend('momentum', options))

/**
 * Adam: steps scaled by bias-corrected first and second moments.
 *
 * @source Kingma and Ba (2015)
 * @example
 * train(model, adam({ learningRate: 1e-3 }))
 */
export const adam = (options: LearningRate & Partial<AdamOptions>): GradientTransformation<AdamF> =>
  chain(scaleByAdam(options), descend('adam', options))
