/**
 * Group normalisation: the channels of one example are cut into groups, and the units of each group, wherever they stand in the image,
 * are shifted and scaled to mean 0 and variance 1; then every channel has a gain and a bias that are learned. One group is layer
 * normalisation over all with a gain per channel, as many groups as channels is instance normalisation. Nothing is asked of other
 * examples.
 *
 *     h = g ⊙ (x − μ) / √(σ² + ε) + b,  μ and σ² (divided by the number of units) over the places and the channels of a group
 *
 * @source Wu and He (2018), Group normalization
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, ShapeError, ValueError } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { add, mul, permute, reshape } from '../ops/index.js'
import { fixed, type Shape, sizeOf, wantsSizes } from '../shape/index.js'
import { ones, zeros } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import { beside } from './beside.js'
import type { LayerNormParams } from './layer-norm.js'
import { standardised, wantsEpsilon } from './standardised.js'

export interface GroupNormOptions {
  /** ε: what is added to the variance, so that equal units are not divided by 0. */
  readonly epsilon: number
}
export const groupNormDefaults: GroupNormOptions = fixed({ epsilon: 1e-5 })

/** A gain and a bias of every channel. */
export type GroupNormParams<A extends Shape> = LayerNormParams<A, 'last'>
export type GroupNorm = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A>,
) => Network<readonly [...Ps, GroupNormParams<A>], I, A>

/** [...A, C] → [groups, places · C / groups], normalised, and back. */
const byGroup =
  (groups: number, normalised: (x: Tensor) => Tensor) =>
  (x: Tensor): Tensor => {
    const [places, width] = [sizeOf(x.shape.slice(0, -1)), (x.shape.at(-1) ?? 0) / groups]
    const rows = pipe(x, reshape([places, groups, width]), permute([-2, -3, -1]), reshape([groups, places * width])) as Tensor
    return pipe(normalised(rows), reshape([groups, places, width]), permute([-2, -3, -1]), reshape(x.shape)) as Tensor
  }

/**
 * Normalises the channels of every example in so many groups.
 *
 * @shape  gain and bias [C]: [...A, C] → [...A, C]
 * @error  `ValueError` for groups that do not divide the channels, or an ε that is not above 0; `ShapeError` for a shape without axes
 * @example
 * pipe(input(28, 28, 1), conv2d({ filters: 8, kernel: 3 }), groupNorm(4), relu, flatten, dense(10))
 */
export const groupNorm = (groups: number, options: Partial<GroupNormOptions> = {}): GroupNorm => {
  const { epsilon } = optionsOf('groupNorm', groupNormDefaults, options)
  orThrow(wantsSizes('groupNorm', [groups], 1))
  const normalised = byGroup(groups, standardised(wantsEpsilon('groupNorm', epsilon)))
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    const [channels] = outputOf('groupNorm', before).slice(-1)
    if (channels === undefined) throw new ShapeError('groupNorm expects at least one axis, receives []')
    if (channels % groups !== 0)
      throw new ValueError({
        who: 'groupNorm',
        expected: 'groups that divide the channels',
        received: `${groups} groups of ${channels} channels`,
      })
    return grow<GroupNormParams<A>, A>({
      description: { kind: 'groupNorm', groups, epsilon },
      output: before.output,
      init: () => ({ gain: ones([channels]), bias: zeros([channels]) }) as unknown as GroupNormParams<A>,
      apply:
        ({ gain, bias }) =>
        (x) =>
          pipe(normalised(x), mul(beside(gain, x)), add(beside(bias, x))) as Tensor<A>,
    })(before)
  }
}
