/**
 * Any exponential family, from the four functions that make it:
 *
 *     p(y | z) = b(y) · exp(η(z)ᵀT(y) − a(η(z)))
 *
 * Its mean follows: E[T(y)] = ∇a(η).
 *
 * @source McCullagh and Nelder (1989), Generalized linear models, §2.2
 */

import { wantsFunction, wantsRecord } from '../error/index.js'
import { grad } from '../graph/index.js'
import { formula, mul, sumAll } from '../ops/index.js'
import type { Shape } from '../shape/index.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { type Likelihood, likelihood } from './likelihood.js'

export interface ExponentialFamily<O extends Shape, T extends Shape>
  extends Pick<Likelihood<O, T>, 'name' | 'output' | 'target' | 'support' | 'targetPrecision'> {
  /** log b(y), the base measure. */
  readonly logBase: (y: Tensor<T>) => Scalar
  /** T(y), the sufficient statistic, of the shape of an output. */
  readonly statistic: (y: Tensor<T>) => Tensor<O>
  /** a(η), the log-partition function. */
  readonly logPartition: (eta: Tensor<O>) => Scalar
  /** η(z): the output itself, unless another link is wanted. */
  readonly naturalParameter?: (z: Tensor<O>) => Tensor<O>
}

/**
 * The likelihood of an exponential family; its mean is that of the sufficient statistic.
 *
 * @error   `ValueError` for anything but functions
 * @example
 * const exponential = exponentialFamily({ // of rate −η, for η < 0: η = −e^z
 *   name: 'exponential', output: [1], target: [1],
 *   logBase: () => scalar(0), statistic: (y) => y, logPartition: (eta) => neg(sumAll(log(neg(eta)))),
 *   naturalParameter: (z) => neg(exp(z)),
 * })
 */
export const exponentialFamily = <const O extends Shape, const T extends Shape>(family: ExponentialFamily<O, T>): Likelihood<O, T, O> => {
  const {
    logBase,
    statistic,
    logPartition,
    naturalParameter = (z: Tensor<O>) => z,
    ...rest
  } = wantsRecord('exponentialFamily', 'a record of its functions', family)
  for (const [name, f] of Object.entries({ logBase, statistic, logPartition, naturalParameter }))
    wantsFunction('exponentialFamily', `${name}, a function`, f)
  return likelihood<O, T, O>({
    ...rest,
    mean: (z) => grad(logPartition)(naturalParameter(z)),
    negativeLogLikelihood: (z, y) => {
      const eta = naturalParameter(z)
      return formula.sub(formula.sub(logPartition(eta), sumAll(mul(statistic(y))(eta as never) as Tensor)), logBase(y))
    },
  })
}
