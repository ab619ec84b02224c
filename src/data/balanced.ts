/** Weights that make every class count alike, however many examples it has. */
import type { Shape } from '../shape/index.js'
import { vector } from '../tensor/create.js'
import { toArray } from '../tensor/read.js'
import { classesOf } from './classes.js'
import { type Dataset, wantsDataset } from './dataset.js'

/**
 * The data with a weight for every example: N / (K · n_k) for each of the n_k of a class, of the K classes that there are; times the
 * weight it has already.
 *
 * @shape  y [N, K], [N, 1] or int32 [N]
 * @error  `ShapeError` for other targets
 * @source scikit-learn's `class_weight='balanced'`; King and Zeng (2001), Logistic regression in rare events data
 * @example
 * const data = balanced(orThrow(dataset({ x: rows, y: labels }, { input: [4], classes: 3 })))
 */
export const balanced = <I extends Shape, T extends Shape>(data: Dataset<I, T>): Dataset<I, T> => {
  const { y, weights } = wantsDataset('balanced', data)
  const classes = classesOf('balanced', y)
  const counts = classes.reduce((known, k) => known.set(k, (known.get(k) ?? 0) + 1), new Map<number, number>())
  const given = weights === undefined ? undefined : toArray(weights)
  return {
    ...data,
    weights: vector(classes.map((k, i) => ((given?.[i] ?? 1) * classes.length) / (counts.size * (counts.get(k) ?? 1)))),
  }
}
