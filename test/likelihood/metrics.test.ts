/** Metrics: the values of scikit-learn's documentation, and what is refused. */
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import {
  accuracy,
  brierScore,
  calibrationError,
  classScores,
  confusionMatrix,
  f1,
  logLoss,
  meanAbsoluteError,
  precision,
  quantileLoss,
  recall,
  rocAuc,
  rootMeanSquaredError,
  rSquared,
  topKAccuracy,
} from '../../src/likelihood/index.js'
import { oneHot } from '../../src/ops/index.js'
import { matrix, type Scalar, toNested, toNumber, vector } from '../../src/tensor/index.js'

const column = (...xs: readonly number[]) =>
  matrix(
    xs.map((x) => [x]),
    'float64',
  ) as never
const labels = (...ks: readonly number[]) => vector(ks, 'int32')
const near = (got: Scalar, want: number): void => expect(toNumber(got)).toBeCloseTo(want, 6)

describe('classes', () => {
  // sklearn.metrics.f1_score: y_true = [0, 1, 2, 0, 1, 2], y_pred = [0, 2, 1, 0, 0, 1]
  const y = labels(0, 1, 2, 0, 1, 2)
  const predicted = oneHot(3, 'float64')(labels(0, 2, 1, 0, 0, 1))
  test('precision, recall and F1, macro, micro and weighted', () => {
    near(precision(predicted, y, { average: 'macro' }), 2 / 9)
    near(precision(predicted, y, { average: 'micro' }), 1 / 3)
    near(precision(predicted, y, { average: 'weighted' }), 2 / 9)
    near(recall(predicted, y), 1 / 3)
    near(f1(predicted, y), 0.8 / 3)
    near(f1(predicted, y, { average: 'micro' }), 1 / 3)
  })
  test('of every class', () => {
    const scores = classScores(predicted, y)
    expect(Object.fromEntries(Object.entries(scores).map(([name, x]) => [name, toNested(x)]))).toEqual({
      precision: [2 / 3, 0, 0],
      recall: [1, 0, 0],
      f1: [0.8, 0, 0],
      support: [2, 2, 2],
    })
  })
  test('one-hot rows and numbers of classes are the same targets, and one column is two classes', () => {
    expect(toNested(confusionMatrix(predicted, y))).toEqual(toNested(confusionMatrix(predicted, oneHot(3, 'float64')(y))))
    near(accuracy(predicted, y), 2 / 6)
    const sure = column(0.9, 0.2, 0.6, 0.4)
    for (const targets of [column(1, 0, 0, 1), labels(1, 0, 0, 1)]) {
      near(precision(sure, targets), 0.5)
      near(recall(sure, targets), 0.5)
      near(accuracy(sure, targets), 0.5)
    }
    expect(toNested(confusionMatrix(sure, labels(1, 0, 0, 1)))).toEqual([
      [1, 1],
      [1, 1],
    ])
  })
  test('a class that nobody has, and that nothing is taken for, scores 0', () => {
    const { precision: p, recall: r, f1: f } = classScores(oneHot(3)(labels(0, 1)), labels(0, 1))
    expect([toNested(p), toNested(r), toNested(f)]).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 0],
    ])
  })
  test('top k, of sklearn.metrics.top_k_accuracy_score', () => {
    const scores = matrix([
      [0.5, 0.2, 0.2],
      [0.3, 0.4, 0.2],
      [0.2, 0.4, 0.3],
      [0.7, 0.2, 0.1],
    ])
    near(topKAccuracy(2)(scores, labels(0, 1, 2, 2)), 0.75)
    near(topKAccuracy(1)(scores, labels(0, 1, 2, 2)), 0.5)
    near(topKAccuracy(3)(scores, labels(0, 1, 2, 2)), 1)
  })
})

describe('probabilities', () => {
  test('log loss, of sklearn.metrics.log_loss; of what was impossible it is infinite', () => {
    const p = matrix([
      [0.1, 0.9],
      [0.9, 0.1],
      [0.8, 0.2],
      [0.35, 0.65],
    ])
    near(logLoss(p, labels(1, 0, 0, 1)), 0.21616187468057912)
    near(logLoss(column(0.9, 0.1, 0.2, 0.65), column(1, 0, 0, 1)), 0.21616187468057912)
    expect(toNumber(logLoss(column(0), column(1)))).toBe(Number.POSITIVE_INFINITY)
    near(logLoss(column(0), column(0)), 0)
  })
  test('Brier score, of sklearn.metrics.brier_score_loss; of rows it is summed over classes', () => {
    near(brierScore(column(0.1, 0.9, 0.8, 0.3), labels(0, 1, 1, 0)), 0.0375)
    near(brierScore(matrix([[0.5, 0.3, 0.2]]), labels(0)), 0.25 + 0.09 + 0.04)
  })
  test('calibration error, by hand', () => {
    // Two bins: of 0.6 and 0.7 one is right (½ against 0.65), of 0.9 and 0.95 both (1 against 0.925), each half of the examples.
    const p = matrix(
      [
        [0.6, 0.4],
        [0.7, 0.3],
        [0.9, 0.1],
        [0.05, 0.95],
      ],
      'float64',
    )
    near(calibrationError(p, labels(0, 1, 0, 1), { bins: 5 }), 0.5 * 0.15 + 0.5 * 0.075)
    near(calibrationError(p, labels(0, 1, 0, 1), { bins: 1 }), Math.abs(0.75 - 0.7875))
  })
  test('area under the curve, of sklearn.metrics.roc_auc_score; equal scores count half', () => {
    near(rocAuc(column(0.1, 0.4, 0.35, 0.8), labels(0, 0, 1, 1)), 0.75)
    near(
      rocAuc(
        matrix([
          [0.9, 0.1],
          [0.6, 0.4],
          [0.65, 0.35],
          [0.2, 0.8],
        ]),
        labels(0, 0, 1, 1),
      ),
      0.75,
    )
    near(rocAuc(column(0.5, 0.5, 0.5, 0.5), labels(0, 0, 1, 1)), 0.5)
    near(rocAuc(column(0.2, 0.5, 0.5, 0.9), labels(0, 0, 1, 1)), 0.875)
    near(
      rocAuc(
        matrix([
          [0.8, 0.1, 0.1],
          [0.2, 0.7, 0.1],
          [0.1, 0.3, 0.6],
          [0.3, 0.4, 0.3],
        ]),
        labels(0, 1, 2, 0),
      ),
      (1 + 1 + 1) / 3,
    )
  })
})

describe('numbers', () => {
  const [y, p] = [column(3, -0.5, 2, 7), column(2.5, 0, 2, 8)]
  test('the errors of scikit-learn’s examples', () => {
    near(meanAbsoluteError(p, y), 0.5)
    near(rootMeanSquaredError(p, y), Math.sqrt(0.375))
    near(rSquared(p, y), 0.9486081370449679)
    near(quantileLoss(0.1)(column(0, 2, 3), column(1, 2, 3)), 0.1 / 3)
    near(quantileLoss(0.9)(column(0, 2, 3), column(1, 2, 3)), 0.3)
  })
  test('R² of several targets is the mean of theirs; of one that does not vary, 1 or 0', () => {
    const targets = matrix(
      [
        [0.5, 1],
        [-1, 1],
        [7, -6],
      ],
      'float64',
    )
    near(
      rSquared(
        matrix(
          [
            [0, 2],
            [-1, 2],
            [8, -5],
          ],
          'float64',
        ),
        targets,
      ),
      0.9368005266622779,
    )
    near(rSquared(column(1, 1), column(1, 1)), 1)
    near(rSquared(column(1, 2), column(1, 1)), 0)
  })
})

test('what can be compiled gives the same', () => {
  const p = matrix([
    [0.5, 0.3, 0.2],
    [0.1, 0.8, 0.1],
    [0.3, 0.3, 0.4],
  ])
  const y = labels(0, 1, 1)
  for (const metric of [accuracy, precision, recall, f1, logLoss, brierScore, calibrationError, topKAccuracy(2)] as const)
    near(
      compile(wasm)((a: typeof p, b: typeof y) => (metric as (x: typeof p, t: typeof y) => Scalar)(a, b))(p, y),
      toNumber((metric as (x: typeof p, t: typeof y) => Scalar)(p, y)),
    )
})

test.each<readonly [() => unknown, string]>([
  [() => accuracy(matrix([[1, 0]]), labels(2)), 'accuracy expects targets that are classes from 0 to 1, receives 2 (example 0)'],
  [() => precision(matrix([[1, 0]]), labels(-1)), 'precision expects targets that are classes from 0 to 1, receives -1 (example 0)'],
  [
    () => recall(matrix([[1, 0]]), vector([1]) as never),
    'recall expects predictions [N, classes] and targets of that shape, or classes of int32 [N], receives [1, 2] and [1]',
  ],
  [
    () => f1(matrix([[1, 0]]), labels(0), { average: 'mean' as never }),
    'f1 expects an average that is macro, weighted, micro, positive, receives "mean"',
  ],
  [() => f1(matrix([[1, 0, 0]]), labels(0), { average: 'positive' }), 'f1 expects two classes for the positive one, receives 3'],
  [() => rocAuc(column(0.1, 0.4), labels(1, 1)), 'rocAuc expects targets of class 1 and of others, receives none of others'],
  [() => topKAccuracy(0), 'topKAccuracy expects a whole number of classes of at least 1, receives 0'],
  [
    () => calibrationError(matrix([[1, 0]]), labels(0), { bins: 0 }),
    'calibrationError expects a whole number of bins of at least 1, receives 0',
  ],
  [() => logLoss(matrix([[Number.NaN, 1]]), labels(0)), 'logLoss expects predictions that are numbers, receives NaN (example 0)'],
  [() => quantileLoss(1), 'quantileLoss expects a probability between 0 and 1, receives 1'],
  [
    () => meanAbsoluteError(column(1), column(1, 2)),
    'meanAbsoluteError expects predictions and targets of one shape, receives [1, 1] and [2, 1]',
  ],
])('refuses: %#', (make, sentence) => expect(make).toThrow(sentence))
