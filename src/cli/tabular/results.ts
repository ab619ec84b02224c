/** What came of a training: lines for a terminal, and everything for a file. */
import { type Either, map } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DecodeError } from '../../error/index.js'
import { matrix, toNested, toNumber } from '../../tensor/index.js'
import { confusionTable, mostConfused } from '../confusion.js'
import { plainTable } from '../plain-table.js'
import type { Config } from './config.js'
import type { OverFolds } from './cross-validate.js'
import type { Examples } from './examples.js'
import type { Importance } from './importance.js'
import { actual, confusion, predictions } from './judge.js'
import { type Course, type Epoch, epochsOf } from './learn.js'
import { compared, type Judged, type Ready } from './ready.js'
import type { Target } from './target.js'

/** Everything that is known of a training that is through. */
export interface Results {
  readonly epochs: readonly Epoch[]
  readonly bestEpoch: number
  readonly judged: readonly Judged[]
  readonly folds: readonly OverFolds[]
  readonly importances: readonly Importance[]
  /** Row: the true class. Column: the predicted one. */
  readonly confusion?: readonly (readonly number[])[]
}

/** What a course came to, judged by the part that judges. @error `DecodeError` as `compared` */
export const resultsOf = (
  all: Ready<Examples>,
  course: Course,
  folds: readonly OverFolds[],
  { network }: Pick<Config, 'network'>,
): Either<DecodeError, Results> => {
  const { examples, model } = all
  const { target, data } = examples
  const y = actual(target, data.test)
  const predict = predictions(model, target)
  return pipe(
    compared(all, course.best, network),
    map((judged) => {
      const [own] = judged
      return {
        epochs: epochsOf(course),
        bestEpoch: toNumber(course.bestEpoch),
        judged,
        folds,
        importances: examples.importances((x) => predict(course.best, x)),
        ...(target.kind === 'classes' && own !== undefined ? { confusion: toNested(confusion(own.predicted, y)) } : {}),
      }
    }),
  )
}

/** Four digits: of ten thousand examples they say something. */
const digits = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(4))) : String(x))
/** A confusion matrix of more classes is not shown on a terminal. */
const mostClasses = 12
/** So many pairs of classes are named. */
const mostPairs = 5

/** How the epochs went, if there were any. */
const summaryOf = ({ epochs, bestEpoch }: Pick<Results, 'epochs' | 'bestEpoch'>): readonly string[] => {
  const best = epochs[bestEpoch - 1]
  if (best === undefined) return []
  return Number.isNaN(best.validation)
    ? [`${epochs.length} epochs: cost ${digits(best.train)} nats`]
    : [`${epochs.length} epochs, the best of them ${bestEpoch}: cost ${digits(best.train)} nats, validation ${digits(best.validation)}`]
}

/** What was taken for what, of classes that are not too many for a terminal. */
const confusedLines = (target: Target, { confusion: counts }: Pick<Results, 'confusion'>): readonly string[] => {
  if (counts === undefined || target.kind === 'number' || target.classes.length > mostClasses) return []
  const { classes } = target
  const matrixOf = matrix(counts, 'int32')
  const pairs = mostConfused(matrixOf, mostPairs).map(
    ({ truth, predicted, count }) => `${classes[truth]} taken for ${classes[predicted]} (${count})`,
  )
  return [
    '',
    'true class by row, predicted by column',
    confusionTable(matrixOf, classes),
    ...(classes.length > 2 && pairs.length > 0 ? ['', `most confused: ${pairs.join(', ')}`] : []),
  ]
}

/** What the model goes by, where that is known. */
const importanceLines = ({ judged, importances: own }: Pick<Results, 'judged' | 'importances'>): readonly string[] =>
  own.length === 0
    ? []
    : [
        '',
        `what it goes by: loss of ${judged[0]?.measures[0]?.name ?? 'the measure'} where a column is shuffled`,
        plainTable(
          ['', 'loss', '±'],
          own.slice(0, 10).map(({ name, mean, deviation }) => [name, digits(mean), digits(deviation)]),
        ),
      ]

/** What is as good as the network, and simpler. */
const advice = ([network, ...others]: readonly Judged[]): readonly string[] => {
  const [own] = network?.measures ?? []
  const simpler = others.findLast(({ measures: [other] }) =>
    own === undefined || other === undefined ? false : own.isMoreBetter ? other.value >= own.value : other.value <= own.value,
  )
  if (simpler === undefined || network?.name !== 'network') return []
  return simpler === others[0]
    ? ['the linear model is as good, and says why: --network linear']
    : [`${simpler.name} are as good: there may be too few rows, or nothing to learn from these columns`]
}

/** The spread of the measures over the folds of a cross-validation, if there was one. */
const foldLines = (head: readonly string[], folds: readonly OverFolds[]): readonly string[] =>
  folds.length === 0
    ? []
    : [
        '',
        'over the folds, mean ± deviation',
        plainTable(
          head,
          folds.map(({ name, spreads }) => [name, ...spreads.map(({ mean, deviation }) => `${digits(mean)} ± ${digits(deviation)}`)]),
        ),
      ]

/** The results as lines. */
export const linesOf = ({ examples }: Pick<Ready<Examples>, 'examples'>, results: Results): readonly string[] => {
  const { judged, folds } = results
  const head = ['', ...(judged[0]?.measures.map(({ name }) => name) ?? [])]
  return [
    ...summaryOf(results),
    '',
    `judged by ${examples.judges}`,
    plainTable(
      head,
      judged.map(({ name, measures }) => [name, ...measures.map(({ value }) => digits(value))]),
    ),
    ...foldLines(head, folds),
    ...confusedLines(examples.target, results),
    ...importanceLines(results),
    ...examples.answers(judged),
    ...advice(judged),
  ]
}

/** The results as plain data. */
export const fileOf = ({ examples }: Pick<Ready<Examples>, 'examples'>, results: Results): unknown => {
  const { epochs, bestEpoch, judged, folds, importances: own, confusion: counts } = results
  const { train, validation, test } = examples.data
  return {
    target: examples.target,
    reason: examples.reason,
    rows: { train: train.x.shape[0], validation: validation?.x.shape[0] ?? 0, test: test.x.shape[0] },
    bestEpoch,
    judged: judged.map(({ name, measures }) => ({
      name,
      ...Object.fromEntries(measures.map(({ name: measure, value }) => [measure, value])),
    })),
    folds: folds.map(({ name, spreads }) => ({ name, spreads })),
    importances: own,
    ...(counts === undefined ? {} : { confusion: counts }),
    epochs,
  }
}
