/** Mean 0 and variance 1: what every normalising layer does, along axes of its own. */
import { pipe } from 'fp-ts/lib/function.js'
import { shown, ValueError, wantsNumber } from '../error/index.js'
import { add, div, expand, mean, sqrt, square, sub } from '../ops/index.js'
import type { Tensor } from '../tensor/tensor.js'

/** (x − μ) / √(σ² + ε) along the last axis, σ² divided by the number of units. */
export const standardised =
  (epsilon: number) =>
  (x: Tensor): Tensor => {
    const along = (statistic: Tensor): Tensor =>
      statistic.shape.length === 0 ? statistic : expand({ axes: [-1], sizes: x.shape.slice(-1) })(statistic)
    const centred = sub(along(mean(-1)(x) as Tensor))(x)
    return div(along(pipe(mean(-1)(square(centred)) as Tensor, add(epsilon), sqrt)))(centred)
  }

/** An ε that keeps equal units from a division by 0. @error `ValueError`: `layerNorm expects an epsilon above 0, receives 0` */
export const wantsEpsilon = (who: string, epsilon: number): number => {
  const number = wantsNumber(who, 'epsilon', epsilon)
  if (number > 0) return number
  throw new ValueError({ who, expected: 'an epsilon above 0', received: shown(epsilon) })
}
