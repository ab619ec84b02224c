/** Predictions of classes and their targets, as metrics read them. */
import { pipe } from 'fp-ts/lib/function.js'
import { ShapeError, shown, ValueError } from '../../error/index.js'
import { argMax, cast, concat, formula, greater, oneHot, reshape } from '../../ops/index.js'
import { sameShape, show } from '../../shape/index.js'
import { numbersOf } from '../../tensor/buffer.js'
import { wantsTensor } from '../../tensor/node.js'
import type { Matrix, Tensor, Vector } from '../../tensor/tensor.js'

/** How many classes there are: two, where one column says how probable the second is. */
export type Classes<K extends number> = K extends 1 ? 2 : K
/** One-hot rows, or for two classes one column of 0 and 1, or the numbers of classes, of int32. */
export type ClassTargets<K extends number> = Matrix<number, K> | Vector<number>

const isNumbered = (y: Tensor): boolean => y.shape.length === 1 && y.precision === 'int32'
const classesOf = (p: Tensor): number => (p.shape[1] === 1 ? 2 : (p.shape[1] ?? 0))

/** Predictions [N, K] and targets of as many examples, whose numbers, where they are known, are numbers, and of known classes. */
export const wantsPredictions = (who: string, predicted: Tensor, y: Tensor): void => {
  const [p, t] = [wantsTensor(who, predicted), wantsTensor(who, y)]
  if (p.shape.length !== 2 || !(sameShape(p.shape, t.shape) || (isNumbered(y) && t.shape[0] === p.shape[0])))
    throw new ShapeError(
      `${who} expects predictions [N, classes] and targets of that shape, or classes of int32 [N], receives ${show(p.shape)} and ${show(t.shape)}`,
    )
  const classes = classesOf(predicted)
  const at = (name: string, node: typeof p, isWrong: (x: number) => boolean, expected: string): void => {
    const numbers = node.kind === 'literal' ? numbersOf(node) : []
    const wrong = Array.prototype.findIndex.call(numbers, isWrong as never)
    if (wrong < 0) return
    const example = Math.floor(wrong / (node.shape[1] ?? 1))
    throw new ValueError({ who, expected: `${name} that are ${expected}`, received: shown(numbers[wrong]), where: `example ${example}` })
  }
  at('predictions', p, Number.isNaN, 'numbers')
  if (isNumbered(y)) at('targets', t, (k) => k < 0 || k >= classes, `classes from 0 to ${classes - 1}`)
  else at('targets', t, Number.isNaN, 'numbers')
}

/** The class of every row: of the largest number, the first of several; of one column, whether it is more than ½. */
export const classOf = (x: Tensor): Vector<number> => {
  if (isNumbered(x)) return x as Vector<number>
  return (x.shape[1] === 1 ? pipe(x, reshape([x.shape[0] ?? 0]), greater(0.5), cast('int32')) : argMax(-1)(x)) as Vector<number>
}
/** One-hot rows of the classes of targets. */
export const indicators = (predicted: Tensor, y: Tensor): Matrix<number, number> =>
  oneHot(classesOf(predicted), predicted.precision)(classOf(y))
/** The probabilities of all classes: of one column, those of both. */
export const probabilitiesOf = (p: Tensor): Matrix<number, number> =>
  p.shape[1] === 1 ? (concat({ axis: -1 })([formula.sub(1, p), p]) as Matrix<number, number>) : (p as Matrix<number, number>)
