/** Cross-validation: the same training on every fold, judged by rows that it has not seen. */
import { chainW, type Either, isLeft, left, map, right, traverseReadonlyArrayWithIndex } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DecodeError, DivergenceError } from '../../error/index.js'
import type { TableConfig } from './config.js'
import { type Course, isThrough, type Learner } from './learn.js'
import { foldsOf, type Looked, prepare } from './prepare.js'
import { compared, type Judged, ready } from './ready.js'

/** A measure of something that predicts, over all folds. */
export interface Spread {
  readonly mean: number
  readonly deviation: number
}
export interface OverFolds {
  readonly name: string
  /** In the order of the measures. */
  readonly spreads: readonly Spread[]
}

/** All epochs of a training, in one go. */
const allEpochs = ({ begin, epoch }: Learner, config: TableConfig): Either<DivergenceError, Course> => {
  let course = begin()
  while (!isThrough(course, config)) {
    const next = epoch(course, () => undefined)
    if (isLeft(next)) return left(next.left.error)
    course = next.right
  }
  return right(course)
}

const spreadOf = (values: readonly number[]): Spread => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return { mean, deviation: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1)) }
}
const over = (folds: readonly (readonly Judged[])[]): readonly OverFolds[] =>
  (folds[0] ?? []).map(({ name, measures }, i) => ({
    name,
    spreads: measures.map((_, m) => spreadOf(folds.map((fold) => fold[i]?.measures[m]?.value ?? Number.NaN))),
  }))

/**
 * The measures of network, linear model and constant over the folds, none if there are to be none; each fold is told when it is done.
 *
 * @error `DecodeError` as `prepare` and `ready`, `DivergenceError` for a training that diverges
 */
export const crossValidated = (
  looked: Looked,
  config: TableConfig,
  done: (fold: number) => void,
): Either<DecodeError | DivergenceError, readonly OverFolds[]> =>
  pipe(
    config.folds === 0 ? [] : foldsOf(looked, config),
    traverseReadonlyArrayWithIndex(
      (i, rows): Either<DecodeError | DivergenceError, readonly Judged[]> =>
        pipe(
          prepare(looked, rows, config),
          chainW((prepared) => ready(prepared, config)),
          chainW((all) =>
            pipe(
              allEpochs(all.learner, config),
              chainW((course) => compared(all, course.best, config.network)),
            ),
          ),
          map((judged) => {
            done(i + 1)
            return judged
          }),
        ),
    ),
    map(over),
  )
