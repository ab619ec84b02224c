/** A table, looked at and cut, with the model that will learn from it, and what that is compared with. */
import { bind, bindW, Do, type Either, map } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DecodeError } from '../../error/index.js'
import type { SomeModel } from '../../likelihood/index.js'
import type { Config } from './config.js'
import { actual, constant, type Measure, measures, type Predictions, predictions, solved } from './judge.js'
import { type Learner, learner } from './learn.js'
import { type Looked, type Parts, type Prepared, prepare } from './prepare.js'
import { modelFor, outputsFor, type Target } from './target.js'
import { linearNetwork, networkFrom, optimiserFrom } from './words.js'

export interface Ready {
  readonly looked: Looked
  readonly rows: Parts<readonly number[]>
  readonly prepared: Prepared
  readonly model: SomeModel
  readonly learner: Learner
}

const modelOf = ({ target, transform }: Prepared, network: string): Either<DecodeError, SomeModel> =>
  pipe(
    networkFrom(network, transform.outputs, outputsFor(target)),
    map((net) => modelFor(target, net)),
  )

/**
 * What learns from some rows of a table, is stopped by others, and judged by others again.
 *
 * @error `DecodeError` for a network or an optimiser that there is not, and for columns of which nothing is left in the rows to learn from
 */
export const ready = (looked: Looked, rows: Parts<readonly number[]>, config: Config): Either<DecodeError, Ready> =>
  pipe(
    Do,
    bind('optimiser', () => optimiserFrom(config.optimiser)),
    bindW('prepared', () => prepare(looked, rows, config)),
    bindW('model', ({ prepared }) => modelOf(prepared, config.network)),
    map(({ prepared, model, optimiser }) => ({ looked, rows, prepared, model, learner: learner(model, optimiser, prepared.data, config) })),
  )

/** Something that predicts, and how good it is. */
export interface Judged {
  readonly name: string
  readonly predicted: Predictions
  readonly measures: readonly Measure[]
}
const constantName = (target: Target): string => (target.kind === 'classes' ? 'frequencies alone' : 'means alone')

/** A network beside the linear model, and what takes every row for the same, all judged by the rows that none has seen. */
export const compared = (
  { prepared, model }: Pick<Ready, 'prepared' | 'model'>,
  params: readonly unknown[],
  network: string,
): Either<DecodeError, readonly Judged[]> => {
  const { target, data } = prepared
  const y = actual(target, data.test)
  const judged = (name: string, predicted: Predictions): Judged => ({ name, predicted, measures: measures(target, predicted, y) })
  return pipe(
    modelOf(prepared, linearNetwork),
    map((linear) => [
      judged(network === linearNetwork ? 'linear, by epochs' : 'network', predictions(model, target)(params, data.test.x)),
      judged('linear model', predictions(linear, target)(solved(linear, data.train), data.test.x)),
      judged(constantName(target), constant(target, data.train)(data.test.x.shape[0])),
    ]),
  )
}
