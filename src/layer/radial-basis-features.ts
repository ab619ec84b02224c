/**
 * Radial basis features on given centres: how near the input is to each of them.
 *
 *     φ_k(x) = exp(−γ‖x − c_k‖²)
 *
 * With the examples themselves as centres this is the generic φ of kernel machines; `rbf` learns its centres instead.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.1, §5.7.2; scikit-learn, `rbf_kernel`
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, ValueError, wantsNumber } from '../error/index.js'
import { grow, type Layer, type None, noParameters, outputOf } from '../network/index.js'
import { exp, expand, mul, square, sub, sum } from '../ops/index.js'
import { atPrecision } from '../params/precision.js'
import { fixed, receives, type Shape, show } from '../shape/index.js'
import { wantsLiteral } from '../tensor/read.js'
import type { Matrix, Tensor } from '../tensor/tensor.js'

export interface RadialBasisOptions {
  /** γ = 1/(2σ²), above 0. */
  readonly gamma: number
}
export const radialBasisDefaults: RadialBasisOptions = fixed({ gamma: 1 })

/** γ itself, which is above 0. */
export const wantsGamma = (who: string, gamma: number): number => {
  if (wantsNumber(who, 'gamma', gamma) > 0) return gamma
  throw new ValueError({ who, expected: 'a gamma above 0', received: String(gamma) })
}

/**
 * One feature for every centre, a row of a matrix.
 *
 * @shape  centres [K, N]: [N] → [K], numbers in [0, 1]
 * @error  does not compile on vectors of another size; `ValueError` for centres that are no matrix of numbers, or a γ not above 0
 * @example
 * pipe(input(2), radialBasisFeatures(matrix([[0, 0], [1, 1], [0, 1]]), { gamma: 2 }), dense(1))
 */
export const radialBasisFeatures = <K extends number, N extends number>(
  centres: Matrix<K, N>,
  options: Partial<RadialBasisOptions> = {},
): Layer<'radialBasisFeatures', None, readonly [N], readonly [K]> => {
  const { gamma } = optionsOf('radialBasisFeatures', radialBasisDefaults, options)
  wantsGamma('radialBasisFeatures', gamma)
  const stored = wantsLiteral('radialBasisFeatures', centres).toJSON()
  const [count, inputs] = centres.shape
  if (centres.shape.length !== 2)
    throw new ValueError({ who: 'radialBasisFeatures', expected: 'a matrix of centres, [K, N]', received: show(centres.shape as Shape) })
  return (before) => {
    orThrow(receives('radialBasisFeatures', [inputs], outputOf('radialBasisFeatures', before)))
    return grow<None, readonly [K]>({
      description: { kind: 'radialBasisFeatures', gamma, centres: { ...stored } },
      output: [count],
      init: () => noParameters,
      apply: () => (x) => {
        const here: Tensor = expand({ axes: [-2], sizes: [count] })(x)
        return pipe(here, sub(atPrecision(x.precision)(centres) as Tensor), square, sum(-1), mul(-gamma), exp)
      },
    })(before)
  }
}
