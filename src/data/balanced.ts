/** Weights that make every class count alike, however many examples it has. */
import { ShapeError } from '../error/index.js'
import { type Shape, show } from '../shape/index.js'
import { vector } from '../tensor/create.js'
import { toArray } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Dataset, wantsDataset } from './dataset.js'

/** The class of every example: its number, the place of the largest number of its row, or of one column whether it is more than ½. */
const classesOf = (y: Tensor): readonly number[] => {
  const numbers = Array.from(toArray(y))
  const [count = 0, width] = y.shape
  if (y.shape.length === 1 && y.precision === 'int32') return numbers
  if (y.shape.length !== 2 || width === undefined)
    throw new ShapeError(`balanced expects targets [N, classes], or classes of int32 [N], receives ${show(y.shape)}`)
  return Array.from({ length: count }, (_, i) => {
    const row = numbers.slice(i * width, (i + 1) * width)
    return width === 1 ? Number((row[0] ?? 0) > 0.5) : row.indexOf(Math.max(...row))
  })
}

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
  const classes = classesOf(y)
  const counts = classes.reduce((known, k) => known.set(k, (known.get(k) ?? 0) + 1), new Map<number, number>())
  const given = weights === undefined ? undefined : toArray(weights)
  return {
    ...data,
    weights: vector(classes.map((k, i) => ((given?.[i] ?? 1) * classes.length) / (counts.size * (counts.get(k) ?? 1)))),
  }
}
