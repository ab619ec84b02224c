/**
 * Features of mean 0 and variance 1 over the examples that they were fitted to.
 *
 *     y = (x − μ) / σ,  σ² = (1/m) Σᵢ (xᵢ − μ)²;   σ = 1 where a feature is constant
 *
 * The same as the layer `standardise(scalingOf(x))`, for what is done to data before there is a network.
 *
 * @source scikit-learn, `StandardScaler`
 */
import { scalingFor } from '../../layer/standardise.js'
import { cast } from '../../ops/index.js'
import { fixed } from '../../shape/index.js'
import { toArray } from '../../tensor/read.js'
import { mapFeatures, wantsFeatures } from './features.js'
import { defaultNames, type Features, knowsAll, type Transform } from './transform.js'

const who = 'standardScaler'

/** The scaler of these means and deviations. */
export const standardScalerOf = (scaling: {
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}): Transform<Features, true> => {
  const { mean, deviation } = fixed(scaling)
  const of = (numbers: readonly number[], column: number): number => numbers[column] as number
  return fixed<Transform<Features, true>>({
    takes: 'features',
    inputs: mean.length,
    outputs: mean.length,
    apply: (x, where) =>
      mapFeatures(who, wantsFeatures(who, x, mean.length, where), (value, i) => (value - of(mean, i)) / of(deviation, i), where),
    inverse: (y) => mapFeatures(who, wantsFeatures(who, y, mean.length), (value, i) => value * of(deviation, i) + of(mean, i)),
    names: (inputs = defaultNames(mean.length)) => inputs,
    unknown: knowsAll,
    description: { kind: who, mean, deviation },
  })
}

/**
 * Every feature less its mean, over its deviation, which divides by m, not by m − 1. Computed in float64 by two passes, at the precision of
 * what it is applied to.
 *
 * @shape  [N, D] → [N, D]
 * @error  `ShapeError` for no examples, `ValueError` for a number that is not finite, and for numbers whose variance is not
 * @source LeCun, Bottou, Orr, Müller (1998), Efficient BackProp §4.3; scikit-learn's `StandardScaler`
 * @example
 * standardScaler(matrix([[1, 5], [3, 5]])).apply(matrix([[5, 6]])) // [[3, 1]]
 */
export const standardScaler = (examples: Features, where?: string): Transform<Features, true> => {
  const x = wantsFeatures(who, examples, undefined, where)
  const { mean, deviation } = scalingFor(who, cast('float64')(x) as Features)
  // −0 would be 0 in JSON.
  return standardScalerOf({ mean: Array.from(toArray(mean), (n) => n + 0), deviation: Array.from(toArray(deviation)) })
}
