/** How good a model is on rows that it has not learned from, in the measures that people ask for, and beside what needs no network. */
import { compile } from '../../engine/index.js'
import { wasm } from '../../engine/wasm/index.js'
import {
  accuracy,
  confusionMatrix,
  f1,
  fullBatch,
  logLoss,
  meanAbsoluteError,
  regularised,
  rocAuc,
  rootMeanSquaredError,
  rSquared,
  type SomeModel,
  weightDecay,
} from '../../likelihood/index.js'
import { lbfgs, type Minimum, minimise } from '../../optimise/index.js'
import { key } from '../../random/index.js'
import type { Shape } from '../../shape/index.js'
import { type Batch, type Matrix, matrix, toArray, toNested, toNumber } from '../../tensor/index.js'
import type { Data } from './prepare.js'
import { type Target, unscaled } from './target.js'

type Params = readonly unknown[]
type Numbers = Matrix<number, number>

/** A measure by its name, and whether more of it is better. */
export interface Measure {
  readonly name: string
  readonly value: number
  readonly isMoreBetter: boolean
}
/** What something predicts: probabilities of classes, or a number, of every row. @shape [N, K], [N, 1] */
export type Predictions = Numbers

/** What a model predicts, in the units of the target. */
export const predictions = (model: SomeModel, target: Target): ((params: Params, x: Batch<Shape>) => Predictions) => {
  const predict = compile(wasm)((params: Params, x: Batch<Shape>) => model.predict(params)(x))
  return (params, x) => {
    const y = predict(params, x) as unknown as Numbers
    if (target.kind === 'classes') return y
    return matrix(
      unscaled(target, Array.from(toArray(y))).map((value) => [value]),
      'float64',
    )
  }
}
/** The targets of data in their own units. */
export const actual = (target: Target, { y }: Pick<Data, 'y'>): Numbers =>
  target.kind === 'classes'
    ? (y as unknown as Numbers)
    : matrix(
        unscaled(target, Array.from(toArray(y as never))).map((value) => [value]),
        'float64',
      )

/** The measures of predictions; the first is the one that models are compared by. */
export const measures = (target: Target, predicted: Predictions, y: Numbers): readonly Measure[] => {
  const measure = (name: string, value: unknown, isMoreBetter: boolean): Measure => ({
    name,
    value: toNumber(value as never),
    isMoreBetter,
  })
  if (target.kind === 'number')
    return [
      measure('RMSE', rootMeanSquaredError(predicted as never, y as never), false),
      measure('MAE', meanAbsoluteError(predicted as never, y as never), false),
      measure('R²', rSquared(predicted as never, y as never), true),
    ]
  return [
    measure('accuracy', accuracy(predicted, y), true),
    measure('F1 (macro)', f1(predicted, y), true),
    measure('log loss', logLoss(predicted, y), false),
    ...(target.classes.length === 2 ? [measure('ROC AUC', rocAuc(predicted, y), true)] : []),
  ]
}

/** What predicts the same of every row: the frequencies of the classes, or the mean, of the rows to learn from. */
export const constant = (target: Target, train: Pick<Data, 'y'>): ((count: number) => Predictions) => {
  const rows = toNested(actual(target, train)) as readonly (readonly number[])[]
  const means = (rows[0] ?? []).map((_, k) => rows.reduce((sum, row) => sum + (row[k] ?? 0), 0) / rows.length)
  return (count) =>
    matrix(
      Array.from({ length: count }, () => means),
      'float64',
    )
}

/** The most steps of a solver, and the least of them where data are so large that each takes long; between them so many numbers are looked at. */
const solving = { most: 200, least: 20, numbers: 1e9 }

/**
 * The best parameters of a model without hidden layers: convex, so they are solved for, with a ridge of 1/N; where data are large, in fewer
 * steps than it takes.
 */
export const solved = (model: SomeModel, { x, y, weights }: Data): Minimum<Params> => {
  const numbers = x.shape.reduce((product: number, size) => product * size, 1)
  const steps = Math.min(solving.most, Math.max(solving.least, Math.floor(solving.numbers / numbers)))
  const objective = regularised(weightDecay(1 / x.shape[0]))(model)
  const f = fullBatch(objective)(x, y, weights === undefined ? {} : { weights })
  return minimise(compile(wasm)(f), lbfgs(), { steps, tolerance: 1e-5 })(model.init(key(0)))
}

/** How often each class was taken for each. @shape [K, K] */
export const confusion = (predicted: Predictions, y: Numbers): Matrix<number, number> => confusionMatrix(predicted, y)
