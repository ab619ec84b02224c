/**
 * How good predicted classes are: pure functions of predictions and targets. Predictions are rows of numbers, the largest of which is the
 * class, or one column that says how probable the second of two is.
 *
 * @source scikit-learn, sklearn.metrics, whose names and conventions these are
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, shown, ValueError, wantsWhole } from '../../error/index.js'
import {
  at,
  cast,
  div,
  equal,
  expandLast,
  formula,
  matmul,
  mean,
  meanAll,
  mul,
  oneHot,
  select,
  sum,
  sumAll,
  transpose,
} from '../../ops/index.js'
import { fixed } from '../../shape/index.js'
import { range } from '../../tensor/create.js'
import type { Matrix, Scalar, Tensor, Vector } from '../../tensor/tensor.js'
import { type Classes, type ClassTargets, classOf, indicators, wantsPredictions } from './classes.js'

/**
 * The part of the examples whose most probable class is the target's.
 *
 * @shape  [N, K], and [N, K] or int32 [N] → []; of one column, as Bernoulli models have, more than ½ is the second class
 * @error  `ValueError` for a NaN, which is of no class, or a class that there is not; `ShapeError` for other shapes
 * @example
 * accuracy(matrix([[0.1], [0.9]]), matrix([[1], [0]])) // 0
 */
export const accuracy = <K extends number>(predicted: Matrix<number, K>, y: ClassTargets<NoInfer<K>>): Scalar => {
  wantsPredictions('accuracy', predicted, y)
  return pipe(classOf(predicted), equal(classOf(y)), cast('float32'), meanAll)
}

/**
 * The part of the examples whose target's class is among the k most probable; equally probable ones count for it.
 *
 * @shape  as `accuracy`
 * @error  `ValueError` for a k that is not whole and at least 1
 * @example
 * topKAccuracy(5)(model.predict(params)(x), y)
 */
export const topKAccuracy = (k: number): (<K extends number>(predicted: Matrix<number, K>, y: ClassTargets<NoInfer<K>>) => Scalar) => {
  wantsWhole('topKAccuracy', 'classes', k)
  return (predicted, y) => {
    wantsPredictions('topKAccuracy', predicted, y)
    const scores = predicted as Matrix<number, number>
    const hot = indicators(scores, y)
    const own = sum(-1)(formula.mul(hot, scores)) as Vector<number>
    const isAbove = formula.greater(scores, expandLast(scores.shape[1])(own))
    return pipe(isAbove, cast('int32'), sum(-1), (above) => formula.less(above as Tensor, k), cast('float32'), meanAll)
  }
}

/**
 * How often class i was taken for class j: row i, column j.
 *
 * @shape  [N, K], and [N, K] or int32 [N] → [K, K]; of one column → [2, 2]
 * @error  as `accuracy`
 */
export const confusionMatrix = <K extends number>(
  predicted: Matrix<number, K>,
  y: ClassTargets<NoInfer<K>>,
): Matrix<Classes<K>, Classes<K>> => {
  wantsPredictions('confusionMatrix', predicted, y)
  const [taken, are] = [classOf(predicted), classOf(y)].map((k) => indicators(predicted, k)) as [
    Matrix<number, number>,
    Matrix<number, number>,
  ]
  return matmul(taken)(transpose(are)) as Matrix<number, number> as Matrix<Classes<K>, Classes<K>>
}

/** Precision, recall and F1 of every class, and how many examples it has. */
export interface ClassScores<K extends number> {
  /** Of those taken for the class, the part that is of it. */
  readonly precision: Vector<Classes<K>>
  /** Of those of the class, the part that is taken for it. */
  readonly recall: Vector<Classes<K>>
  /** 2 · precision · recall / (precision + recall) */
  readonly f1: Vector<Classes<K>>
  readonly support: Vector<Classes<K>>
}

/** x / y, and 0 where nothing is divided by nothing. */
const ratio = (x: Tensor, y: Tensor): Tensor => div(select(y, 1)(formula.greater(y, 0)))(x) as Tensor
/** The numbers on the diagonal. */
const hits = (confusion: Matrix<number, number>): Tensor => {
  const size = confusion.shape[0]
  return sum(-1)(formula.mul(confusion, oneHot(size, confusion.precision)(range(size)))) as Tensor
}

/**
 * The scores of every class; one that nobody has, or that nothing is taken for, scores 0.
 *
 * @shape  as `accuracy` → [K] each
 * @example
 * const { recall } = classScores(model.predict(params)(x), y)
 */
export const classScores = <K extends number>(predicted: Matrix<number, K>, y: ClassTargets<NoInfer<K>>): ClassScores<K> => {
  wantsPredictions('classScores', predicted, y)
  const confusion = confusionMatrix(predicted, y) as unknown as Matrix<number, number>
  const [right, support, taken] = [hits(confusion), sum(-1)(confusion) as Tensor, sum(0)(confusion) as Tensor]
  const scores = {
    precision: ratio(right, taken),
    recall: ratio(right, support),
    f1: ratio(mul(2)(right) as Tensor, formula.add(support, taken)),
    support,
  }
  return scores as unknown as ClassScores<K>
}

export interface AverageOptions {
  /**
   * `macro`: all classes count alike; `weighted`: each by its examples; `micro`: all decisions are counted together; `positive`: the second
   * of two classes alone. One column is scored as `positive`, rows as `macro`, unless said otherwise.
   */
  readonly average: 'macro' | 'weighted' | 'micro' | 'positive'
}
const averages = ['macro', 'weighted', 'micro', 'positive']

type Averaged = <K extends number>(predicted: Matrix<number, K>, y: ClassTargets<NoInfer<K>>, options?: Partial<AverageOptions>) => Scalar
const averaged =
  (who: string, name: 'precision' | 'recall' | 'f1'): Averaged =>
  (predicted, y, options = {}) => {
    wantsPredictions(who, predicted, y)
    const columns = predicted.shape[1]
    const { average } = optionsOf(who, fixed({ average: columns === 1 ? 'positive' : 'macro' }), options)
    if (!averages.includes(average))
      throw new ValueError({ who, expected: `an average that is ${averages.join(', ')}`, received: shown(average) })
    // Every example is taken for one class and is of one, so that all three are the part that is right.
    if (average === 'micro') return accuracy(predicted, y)
    const { [name]: scores, support } = classScores(predicted, y) as ClassScores<number>
    if (average === 'positive') {
      if (scores.shape[0] !== 2)
        throw new ValueError({ who, expected: 'two classes for the positive one', received: String(scores.shape[0]) })
      return at(1)(scores) as Scalar
    }
    return average === 'macro' ? (mean(-1)(scores) as Scalar) : div(sumAll(support))(sumAll(formula.mul(scores, support)))
  }

/**
 * Of the examples taken for a class, the part that is of it, averaged over classes.
 *
 * @shape  as `accuracy` → []
 * @error  `ValueError` for another average, or the positive one of more than two classes
 * @example
 * precision(model.predict(params)(x), y, { average: 'weighted' })
 */
export const precision = averaged('precision', 'precision')
/** Of the examples of a class, the part that is taken for it, averaged over classes. @shape as `precision` @error as `precision` */
export const recall = averaged('recall', 'recall')
/** The harmonic mean of precision and recall of every class, averaged over classes. @shape as `precision` @error as `precision` */
export const f1 = averaged('f1', 'f1')
