/** What a run learns from, wherever it comes from: examples in parts, how more of them are read, and what is said of them. */
import { type Either, right } from 'fp-ts/lib/Either.js'
import type { DecodeError, DivergenceError } from '../../error/index.js'
import type { Shape } from '../../shape/index.js'
import type { Batch } from '../../tensor/index.js'
import type { OverFolds } from './cross-validate.js'
import type { Schema } from './folder.js'
import type { Importance } from './importance.js'
import type { Predictions } from './judge.js'
import type { Column } from './kinds.js'
import type { Data, Parts, Prepared } from './prepare.js'
import type { Judged } from './ready.js'

export interface Examples extends Prepared {
  /** The SHA-256 of what they were read from. */
  readonly hash: string
  /** `species of flowers.csv` */
  readonly title: string
  /** Why the target is taken for what it is. */
  readonly reason: string
  /** The columns that features are made of, as other rows have them. */
  readonly columns: Schema['columns']
  /** What is said before anything is learned from them. */
  readonly introduction: readonly string[]
  /** How many there are in which part. */
  readonly counts: string
  /** What of them judges: `24 rows that it has not seen`. */
  readonly judges: string
  /** What every column of their table is taken for, and why. */
  readonly kinds: readonly Column[]
  /** Cross-validation, if there is to be one; it is said when a fold is done. */
  readonly folds: (print: (line: string) => void) => Either<DecodeError | DivergenceError, readonly OverFolds[]>
  /** How much what predicts goes by each column. */
  readonly importances: (predict: (x: Batch<Shape>) => Predictions) => readonly Importance[]
  /** What is said of models beyond their measures. */
  readonly answers: (judged: readonly Judged[]) => readonly string[]
}

/** Of examples of which no more is known than how to learn from them. */
export const plainExamples: Pick<Examples, 'kinds' | 'folds' | 'importances' | 'answers'> = {
  kinds: [],
  folds: () => right([]),
  importances: () => [],
  answers: () => [],
}

/** How many examples there are in which part. */
export const countsOf = (name: string, { train, validation, test }: Parts<Data>): string => {
  const count = ({ x }: Data): string => x.shape[0].toLocaleString('en-US')
  return validation === undefined
    ? `${name} to learn from ${count(train)}, to judge by ${count(test)}; none to stop by: the last epoch is kept`
    : `${name} to learn from ${count(train)}, to stop by ${count(validation)}, to judge by ${count(test)}`
}

/** What other rows are read by. */
export const schemaOf = ({ hash, columns, target, transform }: Examples): Schema => ({ data: hash, columns, target, transform })
