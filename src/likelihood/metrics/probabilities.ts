/**
 * How good predicted probabilities are: pure functions of predictions and targets.
 *
 * @source scikit-learn, sklearn.metrics; Guo et al. (2017), On calibration of modern neural networks
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, ValueError, wantsWhole } from '../../error/index.js'
import {
  abs,
  cast,
  div,
  equal,
  expandLast,
  floor,
  formula,
  log,
  max,
  mean,
  meanAll,
  minimum,
  mul,
  neg,
  oneHot,
  square,
  sum,
  sumAll,
} from '../../ops/index.js'
import { fixed } from '../../shape/index.js'
import { scalar } from '../../tensor/create.js'
import { toArray } from '../../tensor/read.js'
import type { Matrix, Scalar, Tensor, Vector } from '../../tensor/tensor.js'
import { weighted } from '../weights.js'
import { type ClassTargets, classOf, indicators, probabilitiesOf, wantsPredictions } from './classes.js'

/**
 * −(1/N) Σ log p(yᵢ): the cost of a categorical or Bernoulli model, of its predictions. ∞ for what was thought impossible and is.
 *
 * @shape  [N, K], and [N, K] or int32 [N] → []
 * @unit   nats
 * @error  as `accuracy`
 */
export const logLoss = <K extends number>(predicted: Matrix<number, K>, y: ClassTargets<NoInfer<K>>): Scalar => {
  wantsPredictions('logLoss', predicted, y)
  const hot = indicators(predicted, y)
  return pipe(log(probabilitiesOf(predicted)), weighted(hot), (own) => sum(-1)(own as Matrix<number, number>) as Tensor, meanAll, neg)
}

/**
 * The mean squared difference of probabilities and what is: of one column (p − y)², of rows Σₖ (pₖ − yₖ)².
 *
 * @shape  as `logLoss`
 */
export const brierScore = <K extends number>(predicted: Matrix<number, K>, y: ClassTargets<NoInfer<K>>): Scalar => {
  wantsPredictions('brierScore', predicted, y)
  const total = pipe(formula.sub(probabilitiesOf(predicted), indicators(predicted, y)), square, sum(-1), mean(-1)) as Scalar
  return predicted.shape[1] === 1 ? mul(0.5)(total) : total
}

export interface CalibrationOptions {
  /** Into how many equal parts [0, 1] is cut. */
  readonly bins: number
}
export const calibrationDefaults: CalibrationOptions = fixed({ bins: 15 })

/**
 * The expected calibration error: the mean of |how often it is right − how sure it is| over bins of how sure it is, each weighted by its
 * examples. 0 where of what is thought 80 % probable 80 % happens.
 *
 * @shape  as `logLoss`
 * @error  `ValueError` for a number of bins that is not whole and at least 1
 */
export const calibrationError = <K extends number>(
  predicted: Matrix<number, K>,
  y: ClassTargets<NoInfer<K>>,
  options: Partial<CalibrationOptions> = {},
): Scalar => {
  wantsPredictions('calibrationError', predicted, y)
  const { bins } = optionsOf('calibrationError', calibrationDefaults, options)
  wantsWhole('calibrationError', 'bins', bins)
  const sure = max(-1)(probabilitiesOf(predicted)) as Tensor
  const isRight = pipe(classOf(predicted), equal(classOf(y)), cast(predicted.precision)) as Tensor
  const bin = pipe(mul(bins)(sure) as Tensor, floor, minimum(bins - 1), cast('int32')) as Tensor
  const inBin = oneHot(bins, predicted.precision)(bin as Tensor<readonly [number]>)
  const gaps = formula.mul(inBin, expandLast(bins)(formula.sub(isRight, sure) as Vector<number>))
  return pipe(sum(0)(gaps as Matrix<number, number>) as Tensor, abs, sumAll, div(sure.shape[0] ?? 1))
}

/**
 * The part of the pairs, one positive and one not, in which the positive has the higher score, pairs of equal scores counted half:
 * the sum of the positive ones' ranks, less what it is at least, where equal scores share the mean of their ranks.
 */
const area = (scores: readonly number[], isPositive: readonly boolean[]): number => {
  const sorted = scores.toSorted((a, b) => a - b)
  const ranks = new Map(sorted.map((score, i) => [score, i] as const).reverse())
  const lasts = new Map(sorted.map((score, i) => [score, i] as const))
  const rankOf = (score: number): number => ((ranks.get(score) ?? 0) + (lasts.get(score) ?? 0)) / 2 + 1
  const positives = scores.filter((_, i) => isPositive[i])
  const total = positives.reduce((rank, score) => rank + rankOf(score), 0)
  return (total - (positives.length * (positives.length + 1)) / 2) / (positives.length * (scores.length - positives.length))
}

/**
 * The area under the receiver operating characteristic: how probably a positive example has a higher score than one that is not. Of
 * more than two classes, the mean of each against all others. It is computed at once, and does not compile.
 *
 * @shape  scores [N, 1] or [N, K], and targets as `logLoss` → []
 * @error  `ValueError` for targets of one class only
 * @source Hanley and McNeil (1982), The meaning and use of the area under a receiver operating characteristic curve
 */
export const rocAuc = <K extends number>(predicted: Matrix<number, K>, y: ClassTargets<NoInfer<K>>): Scalar => {
  wantsPredictions('rocAuc', predicted, y)
  const [columns, classes] = [predicted.shape[1], Array.from(toArray(classOf(y)))]
  const numbers = Array.from(toArray(predicted))
  const areaOf = (k: number, column: number): number => {
    const isPositive = classes.map((c) => c === k)
    if (!isPositive.includes(true) || !isPositive.includes(false))
      throw new ValueError({
        who: 'rocAuc',
        expected: `targets of class ${k} and of others`,
        received: isPositive.includes(true) ? 'none of others' : 'none of it',
      })
    return area(
      numbers.filter((_, i) => i % columns === column),
      isPositive,
    )
  }
  if (columns <= 2) return scalar(areaOf(1, columns - 1))
  const areas = Array.from({ length: columns }, (_, k) => areaOf(k, k))
  return scalar(areas.reduce((a, b) => a + b, 0) / columns)
}
