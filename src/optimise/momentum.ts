/**
 * Momentum: a velocity in which past gradients fade.
 *
 * Nesterov's has two forms. In the book's the gradient is taken ahead, at θ + αv (`lookAhead`); in PyTorch's and Optax's the
 * parameters themselves are those ahead, φ = θ + αv, and the gradient is taken where they are (`nesterov: true`).
 *
 * @source Goodfellow, Bengio, Courville (2016) §8.3.2 and §8.3.3; Sutskever et al. (2013)
 */
import { optionsOf } from '../error/index.js'
import { add, equal, mul } from '../ops/index.js'
import { mapTree, zipTrees } from '../params/index.js'
import { scalar } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { decay as decayRate } from './domain.js'
import { choose, flush, zerosLike } from './moments.js'
import type { GradientTransformation, StateOf } from './transformation.js'

export interface MomentumState<P> {
  readonly velocity: P
}
export interface MomentumF extends StateOf {
  readonly state: MomentumState<this['params']>
  readonly stateless: false
}
export interface MomentumOptions {
  /** α: what is left of the velocity after a step. */
  readonly decay: number
}
export const momentumDefaults: MomentumOptions = Object.freeze({ decay: 0.9 })
export interface NesterovOptions extends MomentumOptions {
  /** Whether the update is g + αv, and not v. */
  readonly nesterov: boolean
}
export const nesterovDefaults: NesterovOptions = Object.freeze({ ...momentumDefaults, nesterov: false })

/** α v + g, tensor by tensor */
const accelerate =
  (alpha: number) =>
  <P>(velocity: P, gradients: NoInfer<P>): P =>
    zipTrees((v: Tensor, g: Tensor) => flush(add(g)(mul(alpha)(v))))(velocity, gradients)

/** `accumulate`, in the name of who is given the options. */
export const accumulation = (who: string, { decay, nesterov }: NesterovOptions): GradientTransformation<MomentumF> => {
  decayRate(who, 'the decay', decay)
  return {
    init: (params) => ({ velocity: zerosLike(params) }),
    update: (gradients, { velocity }) => {
      const next = accelerate(decay)(velocity, gradients)
      return [nesterov ? zipTrees((g: Tensor, v: Tensor) => add(mul(decay)(v))(g))(gradients, next) : next, { velocity: next }]
    },
    stateless: false,
  }
}
/** v ← αv + g; the update is v, or with Nesterov's g + αv. */
export const accumulate = (options: MomentumOptions & Partial<NesterovOptions>): GradientTransformation<MomentumF> =>
  accumulation('accumulate', optionsOf('accumulate', nesterovDefaults, options))

/** `lookAhead`, in the name of who is given the options. */
export const lookingAhead = (who: string, { decay }: MomentumOptions): GradientTransformation<MomentumF> => ({
  ...accumulation(who, { decay, nesterov: false }),
  evaluateAt: (params, { velocity }) => zipTrees((theta: Tensor, v: Tensor) => add(mul(decay)(v))(theta))(params, velocity),
})
/**
 * v ← αv + u, for updates u = −ε g whose gradient was taken at θ + αv; the update is v.
 *
 * @source Goodfellow, Bengio, Courville (2016) algorithm 8.3
 */
export const lookAhead = (options: MomentumOptions): GradientTransformation<MomentumF> =>
  lookingAhead('lookAhead', optionsOf('lookAhead', momentumDefaults, options))

export interface DampedState<P> extends MomentumState<P> {
  readonly step: Scalar
}
export interface DampedF extends StateOf {
  readonly state: DampedState<this['params']>
  readonly stateless: false
}
/** v ← g at the first step, then v ← αv + (1 − dampening) g, as PyTorch has it; Optax and the book have no dampening. */
export const accumulateDamped = (options: MomentumOptions & { readonly dampening: number }): GradientTransformation<DampedF> => {
  const { decay, dampening } = optionsOf('accumulateDamped', momentumDefaults, options, ['dampening'])
  decayRate('accumulateDamped', 'the decay', decay)
  decayRate('accumulateDamped', 'the dampening', dampening)
  return {
    init: (params) => ({ velocity: zerosLike(params), step: scalar(0, 'uint32') }),
    update: (gradients, { velocity, step }) => {
      const damped = mapTree((g: Tensor) => mul(1 - dampening)(g))(gradients)
      const next = choose(equal(0)(step))(gradients, accelerate(decay)(velocity, damped))
      return [next, { velocity: next, step: add(1)(step) }]
    },
    stateless: false,
  }
}
