/** The transformations that optimisers are chained from. */
import { pipe } from 'fp-ts/lib/function.js'
import { abs, add, cast, div, less, mul, pow, select, sqrt, square, sub } from '../ops/index.js'
import { mapTree, zipTrees } from '../params/index.js'
import { full, scalar, zeros } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { type GradientTransformation, type Stateless, type StateOf, stateless } from './transformation.js'

/** Every gradient times a number. */
export const scale = (factor: number): GradientTransformation<Stateless> =>
  stateless((gradients) => mapTree((g) => mul(factor)(g))(gradients))

/** g + λθ, on weights, not biases: the gradient of (λ/2) Σ W². */
export const addDecayedWeights = (lambda: number): GradientTransformation<Stateless> =>
  stateless((gradients, params) =>
    zipTrees((g, theta) => ((g as Tensor).shape.length < 2 ? (g as Tensor) : add(mul(lambda)(theta as Tensor))(g as Tensor)))(
      gradients,
      params,
    ),
  )

const zerosLike = <P>(params: P): P => mapTree(({ shape, precision }) => zeros(shape, precision))(params)

/**
 * Magnitudes below 1e-30 are zero. This is part of what the moments mean, so that every engine agrees: WebAssembly cannot
 * flush denormals, and a moment that decays into them makes every later step some twenty times slower.
 */
const flush = (x: Tensor): Tensor => pipe(x, abs, less(1e-30), select(0, x))

/** decay · average + (1 − decay) · x */
const movingAverage =
  (decay: number) =>
  (average: Tensor, x: Tensor): Tensor =>
    flush(add(mul(1 - decay)(x))(mul(decay)(average)))

export interface MomentumState<P> {
  readonly velocity: P
}
export interface MomentumF extends StateOf {
  readonly state: MomentumState<this['params']>
  readonly stateless: false
}
/**
 * v ← decay · v + g; the update is v, or with Nesterov's g + decay · v.
 *
 * @source Goodfellow, Bengio, Courville (2016) §8.3.2; Sutskever et al. (2013)
 */
export const accumulate = ({
  decay,
  nesterov = false,
}: {
  readonly decay: number
  readonly nesterov?: boolean
}): GradientTransformation<MomentumF> => ({
  init: (params) => ({ velocity: zerosLike(params) }),
  update: (gradients, { velocity }) => {
    const next = zipTrees((g, v) => flush(add(g as Tensor)(mul(decay)(v as Tensor))))(gradients, velocity)
    return [nesterov ? zipTrees((g, v) => add(mul(decay)(v as Tensor))(g as Tensor))(gradients, next) : next, { velocity: next }]
  },
  stateless: false,
})

export interface AdamOptions {
  /** The decay of the first moment. */
  readonly beta1: number
  /** The decay of the second moment. */
  readonly beta2: number
  readonly epsilon: number
}
export const adamDefaults: AdamOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }

export interface AdamState<P> {
  /** uint32: counts to 2³² − 1, where a float32 would stop at 16,777,216. */
  readonly step: Scalar
  readonly m: P
  readonly v: P
}
export interface AdamF extends StateOf {
  readonly state: AdamState<this['params']>
  readonly stateless: false
}
/**
 * m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,  update m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)
 *
 * @source Kingma and Ba (2015), algorithm 1
 */
export const scaleByAdam = (options: Partial<AdamOptions> = {}): GradientTransformation<AdamF> => {
  const { beta1, beta2, epsilon } = { ...adamDefaults, ...options }
  /** 1 − βᵗ, at the precision of the moment it corrects. */
  const correction = (beta: number, step: Scalar, like: Tensor): Scalar =>
    pipe(full([], beta, like.precision), pow(cast(like.precision)(step)), (power) => sub(power)(full([], 1, like.precision)))
  return {
    init: (params) => ({ step: scalar(0, 'uint32'), m: zerosLike(params), v: zerosLike(params) }),
    update: (gradients, state) => {
      const step = add(1)(state.step)
      const m = zipTrees((average, g) => movingAverage(beta1)(average as Tensor, g as Tensor))(state.m, gradients)
      const v = zipTrees((average, g) => movingAverage(beta2)(average as Tensor, square(g as Tensor)))(state.v, gradients)
      const updates = zipTrees((first, second) => {
        const [a, b] = [first as Tensor, second as Tensor]
        const root = pipe(b, div(correction(beta2, step, b)), sqrt, add(epsilon)) as Tensor
        return pipe(a, div(correction(beta1, step, a)), div(root)) as Tensor
      })(m, v)
      return [updates, { step, m, v }]
    },
    stateless: false,
  }
}
