/** Costs of classification that are derived from a likelihood: smoothed targets, and less weight for what is easy. */
import { shown, ValueError } from '../error/index.js'
import { add, expm1, formula, mul, neg, pow } from '../ops/index.js'
import { fixed, type Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Likelihood, wantsLikelihood } from './likelihood.js'
import { descriptionOfLikelihood } from './registry.js'

/**
 * Targets that leave a part ε to all classes alike: (1 − ε)y + ε/K. So an output cannot grow for ever.
 *
 * @error   `ValueError` for an ε that is not from 0 to 1
 * @source  Szegedy et al. (2016), Rethinking the Inception architecture, §7; Goodfellow, Bengio, Courville (2016) §7.5.1
 * @example
 * modelOf(labelSmoothing(0.1)(categoricalLikelihood([10])))(net)
 */
export const labelSmoothing = (epsilon: number): (<O extends Shape>(likelihood: Likelihood<O, O, O>) => Likelihood<O, O, O>) => {
  if (typeof epsilon !== 'number' || !(epsilon >= 0 && epsilon <= 1))
    throw new ValueError({ who: 'labelSmoothing', expected: 'a part from 0 to 1', received: shown(epsilon) })
  return (likelihood) => {
    const { negativeLogLikelihood, name, target, ...rest } = wantsLikelihood('labelSmoothing', likelihood)
    const classes = target.at(-1) ?? 1
    const smooth = (y: Tensor): Tensor => add(epsilon / classes)(mul(1 - epsilon)(y) as Tensor) as Tensor
    return fixed({
      ...rest,
      name: 'labelSmoothing',
      attributes: { epsilon, of: descriptionOfLikelihood(likelihood) },
      target,
      negativeLogLikelihood: (z, y) => negativeLogLikelihood(z, smooth(y) as typeof y),
    })
  }
}

/**
 * (1 − p)^γ · (−log p): what is already right, p near 1, hardly counts. With γ = 0 it is the likelihood's own cost.
 *
 * @error   `ValueError` for a γ below 0
 * @source  Lin et al. (2017), Focal loss for dense object detection, equation 4
 * @example
 * modelOf(focal(2)(sparseCategoricalLikelihood([10])))(net)
 */
export const focal = (
  gamma: number,
): (<O extends Shape, T extends Shape, M extends Shape>(likelihood: Likelihood<O, T, M>) => Likelihood<O, T, M>) => {
  if (typeof gamma !== 'number' || !(gamma >= 0 && gamma < Number.POSITIVE_INFINITY))
    throw new ValueError({ who: 'focal', expected: 'a finite exponent of at least 0', received: shown(gamma) })
  return (likelihood) => {
    const { negativeLogLikelihood, name, ...rest } = wantsLikelihood('focal', likelihood)
    return fixed({
      ...rest,
      name: 'focal',
      attributes: { gamma, of: descriptionOfLikelihood(likelihood) },
      negativeLogLikelihood: (z, y) => {
        const cost = negativeLogLikelihood(z, y)
        return formula.mul(pow(gamma)(neg(expm1(neg(cost)))), cost)
      },
    })
  }
}
