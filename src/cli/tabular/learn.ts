/**
 * Training on prepared examples: epochs of batches, stopped when the cost of the validation part has not fallen for a while, and the best state
 * kept; the last one, where there is no such part. Where it stands is a tree of tensors, so that it is a checkpoint, and goes on from one with
 * the same bits.
 */
import { type Either, isLeft, map, mapLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches } from '../../data/index.js'
import { compile } from '../../engine/index.js'
import { wasm } from '../../engine/wasm/index.js'
import { regularised, type SomeModel, weightDecay } from '../../likelihood/index.js'
import type { GradientTransformation, StateOf } from '../../optimise/index.js'
import { count } from '../../params/index.js'
import { foldIn, key } from '../../random/index.js'
import type { Shape } from '../../shape/index.js'
import { type Batch, type Matrix, matrix, type Scalar, scalar, toNested, toNumber } from '../../tensor/index.js'
import { type Diverged, settled, type TrainState, train, type Watched, watch, watched } from '../../train/index.js'
import type { Config } from './config.js'
import type { Data, Parts } from './prepare.js'

type Params = readonly unknown[]
type State = TrainState<Params, unknown>

/** Where a training stands. */
export interface Course {
  readonly state: State
  /** The parameters whose validation cost was least, or the last. */
  readonly best: Params
  readonly bestCost: Scalar
  readonly bestEpoch: Scalar
  readonly done: Scalar
  /** The costs of every epoch, learned and validated; NaN where there is none. @shape [epochs, 2] @unit nats per example */
  readonly costs: Matrix<number, 2>
}
/** What an epoch says of itself. @unit nats per example */
export interface Epoch {
  readonly epoch: number
  readonly train: number
  readonly validation: number
}

/** The epochs of a course that are done. */
export const epochsOf = ({ costs, done }: Course): readonly Epoch[] =>
  toNested(costs)
    .slice(0, toNumber(done))
    .map(([own = Number.NaN, validation = Number.NaN], i) => ({ epoch: i + 1, train: own, validation }))

/** Whether there is nothing more to do: all epochs are done, or the last few did not help. */
export const isThrough = ({ done, bestEpoch }: Course, { epochs, patience }: Pick<Config, 'epochs' | 'patience'>): boolean =>
  toNumber(done) >= epochs || toNumber(done) - toNumber(bestEpoch) >= patience

/** The start of a training, and the next epoch of one; compiled once. */
export interface Learner {
  /** How many numbers are learned. */
  readonly parameters: number
  readonly begin: () => Course
  /**
   * The course after another epoch, in which each batch is told: the examples that were seen, and their cost.
   *
   * @error `DivergenceError` for a cost that is no number, with the course before the epoch, and the last good state as its best if none is known
   */
  readonly epoch: (course: Course, tell: (seen: number, cost: number) => void) => Either<Diverged<Course>, Course>
}

/** Training as it is configured. */
export const learner = (
  model: SomeModel,
  optimiser: GradientTransformation<StateOf>,
  data: Pick<Parts<Data>, 'train' | 'validation'>,
  config: Pick<Config, 'weightDecay' | 'seed' | 'batch' | 'epochs'>,
): Learner => {
  const lambda = config.weightDecay === 'auto' ? Math.min(0.01, 3 / data.train.x.shape[0]) : config.weightDecay
  const objective = lambda > 0 ? regularised(weightDecay(lambda))(model) : model
  const { init, step } = train(objective, optimiser)
  const fast = watched(compile(wasm)(step)) as unknown as (watching: Watched<State>, batch: Data) => Either<Diverged<State>, Watched<State>>
  const costOf = compile(wasm)((params: Params, x: Batch<Shape>, y: Batch<Shape>) => model.cost(params)(x, y))
  const order = foldIn(2)(key(config.seed))
  const { validation } = data
  const size = Math.min(config.batch, data.train.x.shape[0])
  /** The last state of an epoch, and the mean of the costs of its batches. */
  const through = ({ state, done }: Course, tell: Parameters<Learner['epoch']>[1]): Either<Diverged<State>, readonly [State, number]> => {
    const all = batches(data.train, { size, key: foldIn(toNumber(done))(order), pad: true })
    let [watching, sum, seen] = [watch(state), 0, 0]
    for (const batch of all) {
      const next = fast(watching, batch)
      if (isLeft(next)) return next
      watching = next.right
      const cost = toNumber(watching.state.cost)
      sum += cost
      seen += 1
      tell(seen * size, cost)
    }
    return pipe(
      settled(watching),
      map((end) => [end, sum / seen]),
    )
  }
  const isFirst = (course: Course): boolean => validation === undefined || toNumber(course.bestEpoch) === 0
  const first = init(foldIn(3)(key(config.seed))) as unknown as State
  return {
    parameters: count(first.params),
    begin: () => {
      const none = Array.from({ length: config.epochs }, () => [Number.NaN, Number.NaN] as const)
      return {
        state: first,
        best: first.params,
        bestCost: scalar(Number.POSITIVE_INFINITY, 'float64'),
        bestEpoch: scalar(0, 'uint32'),
        done: scalar(0, 'uint32'),
        costs: matrix(none, 'float64') as Matrix<number, 2>,
      }
    },
    epoch: (course, tell) => {
      const epoch = toNumber(course.done)
      return pipe(
        through(course, tell),
        mapLeft(({ error, good }) => ({ error, good: isFirst(course) ? { ...course, best: good.params } : course })),
        map(([state, own]) => {
          const cost = validation === undefined ? Number.NaN : toNumber(costOf(state.params, validation.x, validation.y))
          const isBetter = validation === undefined || cost < toNumber(course.bestCost)
          const costs = toNested(course.costs).map((row, i) => (i === epoch ? [own, cost] : row))
          return {
            state,
            best: isBetter ? state.params : course.best,
            bestCost: isBetter ? scalar(cost, 'float64') : course.bestCost,
            bestEpoch: isBetter ? scalar(epoch + 1, 'uint32') : course.bestEpoch,
            done: scalar(epoch + 1, 'uint32'),
            costs: matrix(costs, 'float64') as Matrix<number, 2>,
          }
        }),
      )
    },
  }
}
