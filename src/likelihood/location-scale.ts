/**
 * Distributions that are one of location 0 and scale 1, shifted and stretched: y = μ + σ·u. What a network puts out is μ, of one σ for all,
 * or μ and a logarithm from which σ follows.
 */
import { orThrow } from '../error/index.js'
import { add, formula, mul } from '../ops/index.js'
import type { Key } from '../random/index.js'
import { type Half, type Shape, wantsEven, wantsSizes } from '../shape/index.js'
import type { Tensor, Vector } from '../tensor/tensor.js'
import { halves } from './halves.js'
import type { Likelihood } from './likelihood.js'
import { realNumbers } from './support.js'

/** The distribution of u. */
export interface Unit {
  readonly quantile: (p: number) => number
  readonly sample: <S extends Shape>(like: Tensor<S>, key: Key) => Tensor<S>
}
type Parts<O extends Shape, T extends Shape> = Pick<Likelihood<O, T, T>, 'output' | 'target' | 'support' | 'mean'> &
  Required<Pick<Likelihood<O, T, T>, 'mode' | 'quantile' | 'sample'>>

/** Outputs are locations; the scale is one number. */
export const located = <O extends Shape>(who: string, output: O, unit: Unit, scale: number): Parts<O, O> => ({
  output: orThrow(wantsSizes(who, output, 1)),
  target: output,
  support: realNumbers,
  mean: (z) => z,
  mode: (z) => z,
  quantile: (p) => {
    const shift = scale * unit.quantile(p)
    return (z) => add(shift)(z)
  },
  sample: (key) => (z) => formula.add(z, mul(scale)(unit.sample(z, key)) as typeof z),
})

/** The first half of an output are locations, and the second what scales are made of. */
export const locatedAndScaled = <N extends number>(
  who: string,
  output: readonly [N],
  unit: Unit,
  scaleOf: (s: Vector<Half<N>>) => Vector<Half<N>>,
): Parts<readonly [N], readonly [Half<N>]> => {
  orThrow(wantsEven(who, orThrow(wantsSizes(who, output, 1))))
  return {
    output,
    target: [(output[0] / 2) as Half<N>],
    support: realNumbers,
    mean: (z) => halves(z)[0],
    mode: (z) => halves(z)[0],
    quantile: (p) => {
      const u = unit.quantile(p)
      return (z) => {
        const [location, s] = halves(z)
        return formula.add(location, formula.mul(u, scaleOf(s)))
      }
    },
    sample: (key) => (z) => {
      const [location, s] = halves(z)
      return formula.add(location, formula.mul(scaleOf(s), unit.sample(location, key)))
    },
  }
}
