/** Examples with the model that will learn from them, and what that is compared with. */
import { bind, bindW, Do, type Either, map } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DecodeError } from '../../error/index.js'
import type { SomeModel } from '../../likelihood/index.js'
import type { Config } from './config.js'
import { actual, constant, type Measure, measures, type Predictions, predictions, solved } from './judge.js'
import { type Learner, learner } from './learn.js'
import type { Prepared } from './prepare.js'
import { modelFor, outputsFor, type Target } from './target.js'
import { linearNetwork, networkFrom, optimiserFrom } from './words.js'

export interface Ready<E extends Prepared = Prepared> {
  readonly examples: E
  readonly model: SomeModel
  readonly learner: Learner
}

const modelOf = ({ target, transform }: Prepared, network: string): Either<DecodeError, SomeModel> =>
  pipe(
    networkFrom(network, transform.outputs, outputsFor(target)),
    map((net) => modelFor(target, net)),
  )

/**
 * What learns from some of the examples, is stopped by others, and judged by others again.
 *
 * @error `DecodeError` for a network or an optimiser that there is not
 */
export const ready = <E extends Prepared>(examples: E, config: Config): Either<DecodeError, Ready<E>> =>
  pipe(
    Do,
    bind('optimiser', () => optimiserFrom(config.optimiser)),
    bindW('model', () => modelOf(examples, config.network)),
    map(({ model, optimiser }) => ({ examples, model, learner: learner(model, optimiser, examples.data, config) })),
  )

/** Something that predicts, and how good it is. */
export interface Judged {
  readonly name: string
  readonly predicted: Predictions
  readonly measures: readonly Measure[]
}
const constantName = (target: Target): string => (target.kind === 'classes' ? 'frequencies alone' : 'means alone')

/** A network beside the linear model, and what takes every example for the same, all judged by the part that judges. */
export const compared = (
  { examples, model }: Pick<Ready, 'examples' | 'model'>,
  params: readonly unknown[],
  network: string,
): Either<DecodeError, readonly Judged[]> => {
  const { target, data } = examples
  const y = actual(target, data.test)
  const judged = (name: string, predicted: Predictions): Judged => ({ name, predicted, measures: measures(target, predicted, y) })
  return pipe(
    modelOf(examples, linearNetwork),
    map((linear) => {
      const { params: best, steps, end } = solved(linear, data.train)
      return [
        judged(network === linearNetwork ? 'linear, by epochs' : 'network', predictions(model, target)(params, data.test.x)),
        judged(end === 'steps' ? `linear model, ${steps} steps` : 'linear model', predictions(linear, target)(best, data.test.x)),
        judged(constantName(target), constant(target, data.train)(data.test.x.shape[0])),
      ]
    }),
  )
}
