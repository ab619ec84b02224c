/**
 * Optimisers by their usual names: chains of gradient transformations. docs/optimisers.md says where they differ from
 * PyTorch's.
 */
import { type AdaMaxF, scaleByAdaMax } from './ada-max.js'
import { type AdamF, type AdamOptions, type AmsGradF, scaleByAdam, scaleByAmsGrad } from './adam.js'
import { addDecayedWeights } from './decay.js'
import { descend, type LearningRate, type Rate, type RateF } from './learning-rate.js'
import { accumulate, lookAhead, type MomentumF, type MomentumOptions, momentumDefaults } from './momentum.js'
import { type NAdamF, type NAdamOptions, scaleByNAdam } from './n-adam.js'
import { scaleByRAdam } from './r-adam.js'
import { type DeviationF, type RmsF, type RmsOptions, scaleByDeviation, scaleByRms } from './root-mean-square.js'
import { type RssF, type RssOptions, scaleByRss } from './root-sum-of-squares.js'
import { type Chained, chain, type GradientTransformation, type StateOf } from './transformation.js'

/** A transformation, then the learning rate. */
type Descending<F extends StateOf, R extends Rate> = GradientTransformation<Chained<F, RateF<R>>>

/**
 * θ ← θ − ε ∇J. Stochastic when the gradient is of a batch.
 *
 * @source Goodfellow, Bengio, Courville (2016) §4.3 and §8.3.1
 * @example
 * train(model, gradientDescent({ learningRate: 0.1 }))
 */
export const gradientDescent = <R extends Rate>(options: LearningRate<R>): GradientTransformation<RateF<R>> =>
  descend('gradientDescent', options)
/** Gradient descent, by the name it has when the batch is a sample. */
export const sgd = gradientDescent

/**
 * v ← decay · v + ∇J, θ ← θ − ε v.
 *
 * PyTorch and Optax have the same form; the book multiplies the gradient by ε inside v, which is the same for a constant ε.
 */
export const momentum = <R extends Rate>(
  options: LearningRate<R> & Partial<MomentumOptions> & { readonly nesterov?: boolean },
): Descending<MomentumF, R> =>
  chain(accumulate({ decay: options.decay ?? momentumDefaults.decay, nesterov: options.nesterov ?? false }), descend('momentum', options))

/**
 * v ← decay · v + ∇J, θ ← θ − ε(∇J + decay · v): Nesterov's momentum, as PyTorch and Optax have it. What it moves is the
 * book's θ + αv; `nesterovLookAhead` moves θ.
 */
export const nesterov = <R extends Rate>(options: LearningRate<R> & Partial<MomentumOptions>): Descending<MomentumF, R> =>
  chain(accumulate({ decay: options.decay ?? momentumDefaults.decay, nesterov: true }), descend('nesterov', options))

/**
 * v ← αv − ε ∇J(θ + αv), θ ← θ + v: Nesterov's momentum, as the book has it. The cost of a training state is that at θ + αv.
 *
 * @source Goodfellow, Bengio, Courville (2016) algorithm 8.3
 */
export const nesterovLookAhead = <R extends Rate>(
  options: LearningRate<R> & Partial<MomentumOptions>,
): GradientTransformation<Chained<RateF<R>, MomentumF>> =>
  chain(descend('nesterovLookAhead', options), lookAhead({ decay: options.decay ?? momentumDefaults.decay }))

/**
 * Steps scaled by the root of the sum of all squared gradients.
 *
 * @source Duchi, Hazan, Singer (2011)
 */
export const adaGrad = <R extends Rate>(options: LearningRate<R> & Partial<RssOptions>): Descending<RssF, R> =>
  chain(scaleByRss(options), descend('adaGrad', options))

/**
 * Steps scaled by the root of a fading mean of squared gradients. With momentum: `chain(scaleByRms(), momentum({ … }))`.
 *
 * @source Hinton (2012), lecture 6e
 */
export const rmsProp = <R extends Rate>(options: LearningRate<R> & Partial<RmsOptions>): Descending<RmsF, R> =>
  chain(scaleByRms(options), descend('rmsProp', options))

/**
 * Steps scaled by a fading standard deviation of the gradients.
 *
 * @source Graves (2013)
 */
export const centredRmsProp = <R extends Rate>(options: LearningRate<R> & Partial<RmsOptions>): Descending<DeviationF, R> =>
  chain(scaleByDeviation(options), descend('centredRmsProp', options))

/**
 * Adam: steps scaled by bias-corrected first and second moments.
 *
 * @source Kingma and Ba (2015)
 * @example
 * train(model, adam({ learningRate: 1e-3 }))
 */
export const adam = <R extends Rate>(options: LearningRate<R> & Partial<AdamOptions>): Descending<AdamF, R> =>
  chain(scaleByAdam(options), descend('adam', options))

/**
 * Adam, and beside it θ ← θ − ελθ, on weights, not biases: the decay is not scaled by the moments. λ = 0.01 unless given, as
 * in PyTorch, which decays biases too.
 *
 * @source Loshchilov and Hutter (2019), algorithm 2
 */
export const adamW = <R extends Rate>(
  options: LearningRate<R> & Partial<AdamOptions> & { readonly weightDecay?: number },
): Descending<AdamF, R> => chain(chain(scaleByAdam(options), addDecayedWeights(options.weightDecay ?? 0.01)), descend('adamW', options))

/**
 * Adam whose second moment never falls.
 *
 * @source Reddi, Kale, Kumar (2018)
 */
export const amsGrad = <R extends Rate>(options: LearningRate<R> & Partial<AdamOptions>): Descending<AmsGradF, R> =>
  chain(scaleByAmsGrad(options), descend('amsGrad', options))

/**
 * Adam with the infinity norm.
 *
 * @source Kingma and Ba (2015), algorithm 2
 */
export const adaMax = <R extends Rate>(options: LearningRate<R> & Partial<AdamOptions>): Descending<AdaMaxF, R> =>
  chain(scaleByAdaMax(options), descend('adaMax', options))

/**
 * Adam with Nesterov's momentum.
 *
 * @source Dozat (2016)
 */
export const nAdam = <R extends Rate>(options: LearningRate<R> & Partial<NAdamOptions>): Descending<NAdamF, R> =>
  chain(scaleByNAdam(options), descend('nAdam', options))

/**
 * Adam that waits with its second moment until that has seen enough.
 *
 * @source Liu et al. (2020)
 */
export const rAdam = <R extends Rate>(options: LearningRate<R> & Partial<AdamOptions>): Descending<AdamF, R> =>
  chain(scaleByRAdam(options), descend('rAdam', options))
