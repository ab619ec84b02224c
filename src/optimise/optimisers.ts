/**
 * Optimisers by their usual names: chains of gradient transformations. docs/optimisers.md says where they differ from
 * PyTorch's.
 */
import { optionsOf } from '../error/index.js'
import { scalingByAdaMax } from './ada-max.js'
import { type AdamOptions, adamDefaults, scalingByAdam, scalingByAmsGrad } from './adam.js'
import { type Chained, chain } from './chain.js'
import { decayedWeights } from './decay.js'
import { descend, type LearningRate, type Rate, type RateF } from './learning-rate.js'
import { type LionOptions, lionDefaults, scalingByLion } from './lion.js'
import { accumulation, lookingAhead, type MomentumF, type MomentumOptions, momentumDefaults, nesterovDefaults } from './momentum.js'
import { nAdamDefaults, scalingByNAdam } from './n-adam.js'
import { scalingByRAdam } from './r-adam.js'
import { rmsDefaults, scalingByDeviation, scalingByRms } from './root-mean-square.js'
import { rssDefaults, scalingByRss } from './root-sum-of-squares.js'
import type { GradientTransformation, StateOf } from './transformation.js'

/** A transformation, then the learning rate. */
export type Descending<F extends StateOf, R extends Rate> = GradientTransformation<Chained<readonly [F, RateF<R>]>>
/** What makes an optimiser from its options. */
export type Optimiser<O extends object, F extends StateOf> = <R extends Rate>(options: LearningRate<R> & Partial<O>) => Descending<F, R>

/** An optimiser by its name, in which both of its parts speak. */
const descending =
  <O extends object, F extends StateOf>(
    who: string,
    defaults: O,
    scaling: (who: string, options: O) => GradientTransformation<F>,
  ): Optimiser<O, F> =>
  (options) => {
    const all = optionsOf(who, defaults, options, ['learningRate'])
    return chain(scaling(who, all), descend(who, all.learningRate))
  }

/**
 * θ ← θ − ε ∇J. Stochastic when the gradient is of a batch.
 *
 * @source Goodfellow, Bengio, Courville (2016) §4.3 and §8.3.1
 * @example
 * train(model, gradientDescent({ learningRate: 0.1 }))
 */
export const gradientDescent = <R extends Rate>(options: LearningRate<R>): GradientTransformation<RateF<R>> =>
  descend('gradientDescent', optionsOf('gradientDescent', {}, options, ['learningRate']).learningRate)
/** Gradient descent, by the name it has when the batch is a sample. */
export const sgd = gradientDescent

/**
 * v ← decay · v + ∇J, θ ← θ − ε v.
 *
 * PyTorch and Optax have the same form; the book multiplies the gradient by ε inside v, which is the same for a constant ε.
 */
export const momentum = descending('momentum', nesterovDefaults, accumulation)

/**
 * v ← decay · v + ∇J, θ ← θ − ε(∇J + decay · v): Nesterov's momentum, as PyTorch and Optax have it. What it moves is the
 * book's θ + αv; `nesterovLookAhead` moves θ.
 */
export const nesterov = descending('nesterov', momentumDefaults, (who, options) => accumulation(who, { ...options, nesterov: true }))

/**
 * v ← αv − ε ∇J(θ + αv), θ ← θ + v: Nesterov's momentum, as the book has it. The cost of a training state is that at θ + αv.
 *
 * @source Goodfellow, Bengio, Courville (2016) algorithm 8.3
 */
export const nesterovLookAhead = <R extends Rate>(
  options: LearningRate<R> & Partial<MomentumOptions>,
): GradientTransformation<Chained<readonly [RateF<R>, MomentumF]>> => {
  const all = optionsOf('nesterovLookAhead', momentumDefaults, options, ['learningRate'])
  return chain(descend('nesterovLookAhead', all.learningRate), lookingAhead('nesterovLookAhead', all))
}

/**
 * Steps scaled by the root of the sum of all squared gradients.
 *
 * @source Duchi, Hazan, Singer (2011)
 */
export const adaGrad = descending('adaGrad', rssDefaults, scalingByRss)

/**
 * Steps scaled by the root of a fading mean of squared gradients. With momentum: `chain(scaleByRms(), momentum({ … }))`.
 *
 * @source Hinton (2012), lecture 6e
 */
export const rmsProp = descending('rmsProp', rmsDefaults, scalingByRms)

/**
 * Steps scaled by a fading standard deviation of the gradients.
 *
 * @source Graves (2013)
 */
export const centredRmsProp = descending('centredRmsProp', rmsDefaults, scalingByDeviation)

/**
 * Adam: steps scaled by bias-corrected first and second moments.
 *
 * @source Kingma and Ba (2015)
 * @example
 * train(model, adam({ learningRate: 1e-3 }))
 */
export const adam = descending('adam', adamDefaults, scalingByAdam)

export interface AdamWOptions extends AdamOptions {
  /** λ */
  readonly weightDecay: number
}
export const adamWDefaults: AdamWOptions = { ...adamDefaults, weightDecay: 0.01 }
/**
 * Adam, and beside it θ ← θ − ελθ, on weights, not biases: the decay is not scaled by the moments. λ = 0.01 unless given, as
 * in PyTorch, which decays biases too.
 *
 * @source Loshchilov and Hutter (2019), algorithm 2
 */
export const adamW = descending('adamW', adamWDefaults, (who, options) =>
  chain(scalingByAdam(who, options), decayedWeights(who, options.weightDecay)),
)

/**
 * Adam whose second moment never falls.
 *
 * @source Reddi, Kale, Kumar (2018)
 */
export const amsGrad = descending('amsGrad', adamDefaults, scalingByAmsGrad)

/**
 * Adam with the infinity norm.
 *
 * @source Kingma and Ba (2015), algorithm 2
 */
export const adaMax = descending('adaMax', adamDefaults, scalingByAdaMax)

/**
 * Adam with Nesterov's momentum.
 *
 * @source Dozat (2016)
 */
export const nAdam = descending('nAdam', nAdamDefaults, scalingByNAdam)

/**
 * Adam that waits with its second moment until that has seen enough.
 *
 * @source Liu et al. (2020)
 */
export const rAdam = descending('rAdam', adamDefaults, scalingByRAdam)

export interface LionWithDecayOptions extends LionOptions {
  /** λ */
  readonly weightDecay: number
}
export const lionWithDecayDefaults: LionWithDecayOptions = Object.freeze({ ...lionDefaults, weightDecay: 0 })
/**
 * Steps of one size against the sign of an interpolated momentum, and beside it θ ← θ − ελθ, on weights, not biases. Its rate is some
 * three to ten times smaller than Adam's, its decay as many times larger.
 *
 * @source Chen et al. (2023)
 * @example
 * train(model, lion({ learningRate: 1e-4, weightDecay: 0.1 }))
 */
export const lion = descending('lion', lionWithDecayDefaults, (who, options) =>
  chain(scalingByLion(who, options), decayedWeights(who, options.weightDecay)),
)
