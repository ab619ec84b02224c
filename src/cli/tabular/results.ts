/** What came of a training: lines for a terminal, and everything for a file. */
import { type Either, map } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DecodeError } from '../../error/index.js'
import type { Shape } from '../../shape/index.js'
import { type Batch, matrix, toNested, toNumber } from '../../tensor/index.js'
import { confusionTable } from '../confusion.js'
import { plainTable } from '../plain-table.js'
import type { Config } from './config.js'
import type { OverFolds } from './cross-validate.js'
import { type Importance, importances } from './importance.js'
import { actual, confusion, predictions } from './judge.js'
import { type Course, type Epoch, epochsOf } from './learn.js'
import { compared, type Judged, type Ready } from './ready.js'

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

/** What a course came to, judged by the rows that it has not seen. @error `DecodeError` as `compared` */
export const resultsOf = (
  all: Ready,
  course: Course,
  folds: readonly OverFolds[],
  { network }: Pick<Config, 'network'>,
): Either<DecodeError, Results> => {
  const { looked, rows, prepared, model } = all
  const { target, data } = prepared
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
        importances: importances(prepared, looked.features, rows.test, (x: Batch<Shape>) => predict(course.best, x), y),
        ...(target.kind === 'classes' && own !== undefined ? { confusion: toNested(confusion(own.predicted, y)) } : {}),
      }
    }),
  )
}

/** Three digits that say something. */
const digits = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(3))) : String(x))
/** A confusion matrix of more classes is not shown on a terminal. */
const mostClasses = 12

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

/** The results as lines. */
export const linesOf = (
  { looked, rows }: Pick<Ready, 'looked' | 'rows'>,
  { epochs, bestEpoch, judged, folds, importances: own, confusion: counts }: Results,
): readonly string[] => {
  const { target } = looked
  const head = ['', ...(judged[0]?.measures.map(({ name }) => name) ?? [])]
  const last = epochs.at(-1)
  const confused =
    counts === undefined || target.kind === 'number' || target.classes.length > mostClasses
      ? []
      : ['', 'true class by row, predicted by column', confusionTable(matrix(counts, 'int32'), target.classes)]
  const overFolds =
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
  const [first] = judged[0]?.measures ?? []
  return [
    `${epochs.length} epochs, the best of them ${bestEpoch}: cost ${digits(epochs[bestEpoch - 1]?.train ?? Number.NaN)} nats, validation ${digits(epochs[bestEpoch - 1]?.validation ?? last?.validation ?? Number.NaN)}`,
    '',
    `judged by ${rows.test.length} rows that it has not seen`,
    plainTable(
      head,
      judged.map(({ name, measures }) => [name, ...measures.map(({ value }) => digits(value))]),
    ),
    ...overFolds,
    ...confused,
    '',
    `what it goes by: loss of ${first?.name ?? 'the measure'} where a column is shuffled`,
    plainTable(
      ['', 'loss', '±'],
      own.slice(0, 10).map(({ name, mean, deviation }) => [name, digits(mean), digits(deviation)]),
    ),
    ...advice(judged),
  ]
}

/** The results as plain data. */
export const fileOf = ({ looked, rows }: Pick<Ready, 'looked' | 'rows'>, results: Results): unknown => {
  const { epochs, bestEpoch, judged, folds, importances: own, confusion: counts } = results
  return {
    target: looked.target,
    reason: looked.reason,
    rows: { train: rows.train.length, validation: rows.validation.length, test: rows.test.length },
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
