/**
 * The parametric rectifier: the slope of the negative side is learned.
 *
 *     h_i = max(0, z_i) + α_i min(0, z_i)
 *
 * @source He, Zhang, Ren, Sun (2015), Delving deep into rectifiers; Goodfellow, Bengio, Courville (2016) §6.3.1
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, shown, ValueError, wantsNumber } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { greater, mul, select } from '../ops/index.js'
import { fixed, type Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { beside } from './beside.js'
import { constant } from './initialiser.js'

/** Who has a slope of its own: every unit, every channel (the last axis), or the layer as a whole. */
export type SlopePer = 'unit' | 'channel' | 'layer'
/** The shape of the slopes. */
export type SlopesOf<A extends Shape, Per extends SlopePer> = Per extends 'unit'
  ? A
  : Per extends 'layer'
    ? readonly []
    : A extends readonly [...Shape, infer C extends number]
      ? readonly [C]
      : readonly [number]
export interface ParametricReluParams<A extends Shape, Per extends SlopePer> {
  readonly slope: Tensor<SlopesOf<A, Per>>
}
export interface ParametricReluOptions<Per extends SlopePer> {
  readonly per: Per
  /** What the slopes are at first: ¼, as in the paper. */
  readonly initial?: number
}
export const parametricReluDefaults = fixed({ per: 'unit' as const, initial: 0.25 })

export type ParametricRelu<Per extends SlopePer> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A>,
) => Network<readonly [...Ps, ParametricReluParams<A, Per>], I, A>

const shapeFor = (per: SlopePer, output: Shape): Shape => (per === 'unit' ? output : per === 'layer' ? [] : output.slice(-1))

/**
 * A rectifier with learned slopes.
 *
 * @shape  slope [...A], [C] or []: [...A] → [...A]
 * @error  `ValueError` for another sharing than per unit, channel or layer
 * @example
 * pipe(input(28, 28, 1), conv2d({ filters: 8, kernel: 3 }), parametricRelu({ per: 'channel' }))
 */
export const parametricRelu = <const Per extends SlopePer = 'unit'>(
  options: Partial<ParametricReluOptions<Per>> = {},
): ParametricRelu<Per> => {
  const { per, initial } = optionsOf('parametricRelu', parametricReluDefaults, options)
  if (!['unit', 'channel', 'layer'].includes(per))
    throw new ValueError({ who: 'parametricRelu', expected: 'slopes per unit, channel or layer', received: shown(per) })
  wantsNumber('parametricRelu', 'initial', initial)
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    const shape = shapeFor(per, outputOf('parametricRelu', before)) as SlopesOf<A, Per>
    return grow<ParametricReluParams<A, Per>, A>({
      description: { kind: 'parametricRelu', per, initial },
      output: before.output,
      init: (key) => ({ slope: constant(initial)(shape)(key) }),
      apply:
        ({ slope }) =>
        (z) =>
          pipe(z, greater(0), select(z, mul(beside(slope, z))(z))),
    })(before)
  }
}
