/**
 * Scales that are learned, but are the same for every example: the logarithms of as many scales as there are outputs, behind these.
 *
 *     [z₁ … z_d] → [z₁ … z_d, s₁ … s_d]
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.4: a variance that is a parameter, and does not depend on x
 */
import { optionsOf, orThrow, wantsNumber } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { concat } from '../ops/index.js'
import { fixed, type Plus, type Shape, type WantsVector, wantsVector } from '../shape/index.js'
import type { Tensor, Vector } from '../tensor/tensor.js'
import { constant } from './initialiser.js'

export interface LearnedLogScaleParams<N extends number> {
  readonly logScale: Vector<N>
}
export interface LearnedLogScaleOptions {
  /** What the logarithms are at first: 0, of scales of 1. */
  readonly initial: number
}
export const learnedLogScaleDefaults: LearnedLogScaleOptions = fixed({ initial: 0 })

export type LearnedLogScale = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsVector<'learnedLogScale', A>,
) => Network<readonly [...Ps, LearnedLogScaleParams<A[0]>], I, readonly [Plus<A[0], A[0]>]>

/**
 * The last layer of a regression whose variance is learned: under `gaussianLogVariance` its parameters are log σ², under
 * `laplaceLogScale` log b.
 *
 * @shape  logScale [d]: [d] → [2d]
 * @error  does not compile on anything but a vector
 * @example
 * gaussianLogVariance(pipe(input(3), dense(1), learnedLogScale())) // linear regression, with its variance
 */
export const learnedLogScale = (options: Partial<LearnedLogScaleOptions> = {}): LearnedLogScale => {
  const { initial } = optionsOf('learnedLogScale', learnedLogScaleDefaults, options)
  wantsNumber('learnedLogScale', 'initial', initial)
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsVector('learnedLogScale', outputOf('learnedLogScale', before)))
    const size: A[0] = before.output[0] ?? 0
    return grow<LearnedLogScaleParams<A[0]>, readonly [Plus<A[0], A[0]>]>({
      description: { kind: 'learnedLogScale', initial },
      output: [2 * size] as never,
      init: (key) => ({ logScale: constant(initial)([size] as const)(key) }),
      apply:
        ({ logScale }) =>
        (z: Tensor) =>
          concat({ axis: -1 })([z, logScale as Tensor]) as never,
    })(before)
  }
}
