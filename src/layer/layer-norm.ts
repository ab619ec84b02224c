/**
 * Layer normalisation: the units of one example are shifted and scaled to mean 0 and variance 1, then by a gain and a bias that are
 * learned. Nothing is asked of other examples, so it means the same in training and after it, and for every number of examples.
 *
 *     h = g ⊙ (x − μ) / √(σ² + ε) + b,  μ and σ² (divided by the number of units) over the last axis, or over all
 *
 * @source Ba, Kiros, Hinton (2016), Layer normalization
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, shown, ValueError } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { add, mul, reshape } from '../ops/index.js'
import { fixed, type Shape, sizeOf } from '../shape/index.js'
import { ones, zeros } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import { beside } from './beside.js'
import { standardised, wantsEpsilon } from './standardised.js'

/** What has one mean: the last axis (the features of a step, the channels of a pixel), or all of an example. */
export type NormOver = 'last' | 'all'
/** The shape of the gain and of the bias. */
export type GainOf<A extends Shape, Over extends NormOver> = Over extends 'all'
  ? A
  : A extends readonly [...Shape, infer C extends number]
    ? readonly [C]
    : readonly [number]
export interface LayerNormParams<A extends Shape, Over extends NormOver> {
  readonly gain: Tensor<GainOf<A, Over>>
  readonly bias: Tensor<GainOf<A, Over>>
}
export interface LayerNormOptions<Over extends NormOver> {
  readonly over: Over
  /** ε: what is added to the variance, so that equal units are not divided by 0. */
  readonly epsilon?: number
}
export const layerNormDefaults = fixed({ over: 'last' as const, epsilon: 1e-5 })

export type LayerNorm<Over extends NormOver> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A>,
) => Network<readonly [...Ps, LayerNormParams<A, Over>], I, A>

/**
 * Normalises every example by itself.
 *
 * @shape  gain and bias [C], or [...A] over all: [...A] → [...A]
 * @error  `ValueError` for another choice of axes, or an ε that is not above 0
 * @example
 * pipe(input(28, 28), recurrent(lstm(64), { returns: 'sequence' }), layerNorm(), flatten, layerNorm({ over: 'all' }), dense(10))
 */
export const layerNorm = <const Over extends NormOver = 'last'>(options: Partial<LayerNormOptions<Over>> = {}): LayerNorm<Over> => {
  const { over, epsilon } = optionsOf('layerNorm', layerNormDefaults as { over: NormOver; epsilon: number }, options)
  if (over !== 'last' && over !== 'all')
    throw new ValueError({ who: 'layerNorm', expected: "to be over the 'last' axis or over 'all'", received: shown(over) })
  const normalised = standardised(wantsEpsilon('layerNorm', epsilon))
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    const output: Shape = outputOf('layerNorm', before)
    const shape = over === 'all' ? output : output.slice(-1)
    return grow<LayerNormParams<A, Over>, A>({
      description: { kind: 'layerNorm', over, epsilon },
      output: before.output,
      init: () => ({ gain: ones(shape), bias: zeros(shape) }) as unknown as LayerNormParams<A, Over>,
      apply:
        ({ gain, bias }) =>
        (x) => {
          const z = over === 'all' ? pipe(x, reshape([sizeOf(output)]), (flat) => reshape(output)(normalised(flat))) : normalised(x)
          return pipe(z, mul(beside(gain, x)), add(beside(bias, x)))
        },
    })(before)
  }
}
