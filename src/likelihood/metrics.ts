/** How good predictions are: pure functions of predictions and targets, one-hot or, for two classes, one column of 0 and 1. */
import { pipe } from 'fp-ts/lib/function.js'
import { ShapeError, shown, ValueError } from '../error/index.js'
import { argMax, cast, equal, greater, matmul, meanAll, oneHot, reshape, transpose } from '../ops/index.js'
import { sameShape, show } from '../shape/index.js'
import { numbersOf } from '../tensor/buffer.js'
import { wantsTensor } from '../tensor/node.js'
import type { Matrix, Scalar, Tensor, Vector } from '../tensor/tensor.js'

/** How many classes there are: two, where one column says how probable the second is. */
export type Classes<K extends number> = K extends 1 ? 2 : K

/** Matrices of one shape, whose numbers, where they are known, are numbers. */
const wantsPredictions = (who: string, predicted: Tensor, y: Tensor): void => {
  const [p, t] = [wantsTensor(who, predicted), wantsTensor(who, y)]
  if (p.shape.length !== 2 || !sameShape(p.shape, t.shape))
    throw new ShapeError(`${who} expects predictions and targets of one shape [N, classes], receives ${show(p.shape)} and ${show(t.shape)}`)
  const columns = p.shape[1] ?? 1
  for (const [name, node] of [
    ['predictions', p],
    ['targets', t],
  ] as const) {
    const wrong = node.kind === 'literal' ? numbersOf(node).findIndex(Number.isNaN) : -1
    if (wrong >= 0)
      throw new ValueError({
        who,
        expected: `${name} that are numbers`,
        received: shown(Number.NaN),
        where: `example ${Math.floor(wrong / columns)}`,
      })
  }
}

/** The class of every row: of the largest number, the first of several; of one column, whether it is more than ½. */
const classOf = (x: Tensor): Vector<number> =>
  (x.shape[1] === 1 ? pipe(x, reshape([x.shape[0] ?? 0]), greater(0.5), cast('int32')) : argMax(-1)(x)) as Vector<number>

/**
 * The part of the examples whose most probable class is the target's.
 *
 * @shape  [N, K], [N, K] → []; of one column, as Bernoulli models have, more than ½ is the second class
 * @error  `ValueError` for a NaN, which is of no class; `ShapeError` for other shapes
 * @example
 * accuracy(matrix([[0.1], [0.9]]), matrix([[1], [0]])) // 0
 */
export const accuracy = <K extends number>(predicted: Matrix<number, K>, y: Matrix<number, NoInfer<K>>): Scalar => {
  wantsPredictions('accuracy', predicted, y)
  return pipe(classOf(predicted), equal(classOf(y)), cast('float32'), meanAll)
}

/**
 * How often class i was taken for class j: row i, column j.
 *
 * @shape  [N, K], [N, K] → [K, K]; of one column, [N, 1], [N, 1] → [2, 2]
 * @error  as `accuracy`
 */
export const confusionMatrix = <K extends number>(
  predicted: Matrix<number, K>,
  y: Matrix<number, NoInfer<K>>,
): Matrix<Classes<K>, Classes<K>> => {
  wantsPredictions('confusionMatrix', predicted, y)
  const classes = predicted.shape[1] === 1 ? 2 : predicted.shape[1]
  const indicators = (x: Tensor): Matrix<number, number> => oneHot(classes)(classOf(x))
  return matmul(indicators(predicted))(transpose(indicators(y))) as Matrix<Classes<K>, Classes<K>>
}
