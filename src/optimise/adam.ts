/** Adam: steps scaled by bias-corrected first and second moments. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { add, div, maximum, sqrt, square } from '../ops/index.js'
import { mapTree, zipTrees } from '../params/index.js'
import { scalar } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { decay, notNegative } from './domain.js'
import { correction, eachPrecision, flushSquare, movingAverages, scaledBy, zerosLike } from './moments.js'
import type { GradientTransformation, StateOf } from './transformation.js'

export interface AdamOptions {
  /** The decay of the first moment. */
  readonly beta1: number
  /** The decay of the second moment. */
  readonly beta2: number
  readonly epsilon: number
}
export const adamDefaults: AdamOptions = Object.freeze({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })

/** Options of Adam and its relatives, checked in the name of who is given them. */
export const checkedAdam = (who: string, { beta1, beta2, epsilon }: AdamOptions): AdamOptions => ({
  beta1: decay(who, 'beta1', beta1),
  beta2: decay(who, 'beta2', beta2),
  epsilon: notNegative(who, 'epsilon', epsilon),
})

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

/** Nothing seen yet. */
export const noMoments = <P>(params: P): AdamState<P> => ({ step: scalar(0, 'uint32'), m: zerosLike(params), v: zerosLike(params) })
/** The moments with one more gradient: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g². */
export const nextMoments =
  ({ beta1, beta2 }: AdamOptions) =>
  <P>(gradients: P, { step, m, v }: AdamState<NoInfer<P>>): AdamState<P> => ({
    step: add(1)(step),
    m: movingAverages(beta1)(m, gradients) as P,
    v: movingAverages(beta2, flushSquare)(v, mapTree((g: Tensor) => square(g))(gradients)),
  })
/** m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ) */
const corrected =
  ({ beta1, beta2, epsilon }: AdamOptions) =>
  <P>(step: Scalar, m: P, v: NoInfer<P>): P => {
    const first = eachPrecision(correction(beta1, step))
    const second = eachPrecision(correction(beta2, step))
    return zipTrees((a: Tensor, b: Tensor) => pipe(a, div(first(a)), scaledBy(b, pipe(b, div(second(b)), sqrt, add(epsilon)))))(m, v)
  }

/** `scaleByAdam`, in the name of who is given the options. */
export const scalingByAdam = (who: string, options: AdamOptions): GradientTransformation<AdamF> => {
  const all = checkedAdam(who, options)
  return {
    init: noMoments,
    update: (gradients, state) => {
      const next = nextMoments(all)(gradients, state)
      return [corrected(all)(next.step, next.m, next.v), next]
    },
    stateless: false,
  }
}

/**
 * m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,  update m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)
 *
 * @source Kingma and Ba (2015), algorithm 1
 */
export const scaleByAdam = (options: Partial<AdamOptions> = {}): GradientTransformation<AdamF> =>
  scalingByAdam('scaleByAdam', optionsOf('scaleByAdam', adamDefaults, options))

export interface AmsGradState<P> extends AdamState<P> {
  /** The largest second moment seen, element by element. */
  readonly largest: P
}
export interface AmsGradF extends StateOf {
  readonly state: AmsGradState<this['params']>
  readonly stateless: false
}
/** `scaleByAmsGrad`, in the name of who is given the options. */
export const scalingByAmsGrad = (who: string, options: AdamOptions): GradientTransformation<AmsGradF> => {
  const all = checkedAdam(who, options)
  return {
    init: (params) => ({ ...noMoments(params), largest: zerosLike(params) }),
    update: (gradients, state) => {
      const next = nextMoments(all)(gradients, state)
      const largest = zipTrees((old: Tensor, v: Tensor) => maximum(v)(old))(state.largest, next.v)
      return [corrected(all)(next.step, next.m, largest), { ...next, largest }]
    },
    stateless: false,
  }
}

/**
 * Adam with the largest second moment seen so far under the root. The maximum is of the moments before bias correction, as
 * in PyTorch; Optax takes that of the corrected ones; the paper corrects nothing.
 *
 * @source Reddi, Kale, Kumar (2018), algorithm 2
 */
export const scaleByAmsGrad = (options: Partial<AdamOptions> = {}): GradientTransformation<AmsGradF> =>
  scalingByAmsGrad('scaleByAmsGrad', optionsOf('scaleByAmsGrad', adamDefaults, options))
