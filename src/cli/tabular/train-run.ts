/** `foldgrad train`: a network learns from the rows of a table, from MNIST or from XOR, and it is said how good it is beside what needs none. */
import { setImmediate as turn } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isSome } from 'fp-ts/lib/Option.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canWrite, lastCheckpoint, saveCheckpoint, writeFile } from '../../codec/files/index.js'
import type { DivergenceError, SystemError } from '../../error/index.js'
import { summary } from '../../network/index.js'
import { toNumber } from '../../tensor/index.js'
import { progress } from '../progress.js'
import type { Config } from './config.js'
import type { OverFolds } from './cross-validate.js'
import { type Examples, schemaOf } from './examples.js'
import { cleared, type Failure, filesOf, writeBeginning, writeModel, writeResults } from './folder.js'
import { type Course, type Epoch, epochsOf, isThrough } from './learn.js'
import { type Ready, ready } from './ready.js'
import { reportPage } from './report/page.js'
import { reportOf } from './report-of.js'
import { fileOf, linesOf, resultsOf } from './results.js'
import { examplesOf, examplesOfRun } from './source.js'

/** Where a run prints and draws, and what may end it. */
export interface Surroundings {
  readonly print: (line: string) => void
  /** Is told of every epoch, and of the results, as plain data. */
  readonly tell: (event: unknown) => void
  readonly stream: NodeJS.WriteStream
  /** Listens to signals from now on: training ends after the epoch in which it is aborted, and can be resumed. */
  readonly listen: () => AbortSignal
}
/** What is to be done: to train from the beginning, or to go on from the last checkpoint. */
export interface Run {
  readonly config: Config
  readonly out: string
  readonly resume: boolean
}
type Begun = Ready<Examples>

/** So often a checkpoint is written, and signals are listened to, in milliseconds. */
const often = { checkpoint: 2000, breath: 50 }
/** Of more epochs not each has a line. */
const mostLines = 50

/** What an epoch says, and how fast it went. */
const lineOf = ({ epoch, train, validation }: Epoch, examples: number, seconds: number): string => {
  const validated = Number.isNaN(validation) ? '' : `  validation ${validation.toFixed(4)}`
  const rate = Math.round(examples / seconds).toLocaleString('en-US')
  return `epoch ${String(epoch).padStart(2)}  cost ${train.toFixed(4)} nats${validated}  ${rate} samples/s  ${seconds.toFixed(2)} s`
}

/** How the epochs ended. */
interface Ended {
  readonly course: Course
  readonly end: 'through' | 'stopped' | DivergenceError
}

/** The epochs, from a course on, until they are through or somebody stops them. */
const epochs =
  (
    { learner, examples }: Begun,
    start: Course,
    { config, out }: Run,
    { print, stream, listen, tell }: Surroundings,
  ): TaskEither<SystemError, Ended> =>
  async () => {
    const signal = listen()
    const [count, before, begun] = [examples.data.train.x.shape[0], toNumber(start.done), performance.now()]
    const bar = progress('training', (config.epochs - before) * count, stream)
    let [course, saved, breathed] = [start, begun, begun]
    const save = saveCheckpoint(filesOf(out).checkpoints)
    const ended = (end: Ended['end']): TaskEither<SystemError, Ended> =>
      pipe(
        save(toNumber(course.done), course),
        TE.map(() => ({ course, end })),
      )
    try {
      while (!isThrough(course, config)) {
        if (signal.aborted) return await ended('stopped')()
        const [done, from] = [(toNumber(course.done) - before) * count, performance.now()]
        const next = learner.epoch(course, (seen, cost) => bar.advance(done + Math.min(seen, count), cost))
        if (isLeft(next)) {
          course = next.left.good
          return await ended(next.left.error)()
        }
        course = next.right
        const last = epochsOf(course).at(-1) as Epoch
        tell(last)
        if (config.epochs <= mostLines) bar.aside(() => print(lineOf(last, count, (performance.now() - from) / 1000)))
        if (performance.now() - saved > often.checkpoint) {
          const written = await save(toNumber(course.done), course)()
          if (isLeft(written)) return written
          saved = performance.now()
        }
        if (performance.now() - breathed > often.breath) {
          await turn()
          breathed = performance.now()
        }
      }
      bar.aside(() => print(`trained in ${((performance.now() - begun) / 1000).toFixed(1)} s`))
      return await ended('through')()
    } finally {
      bar.stop()
    }
  }

/** Where a run begins: at its last checkpoint, if it is resumed and there is one. */
const startOf = ({ learner: { begin } }: Begun, { out, resume }: Run, { print }: Surroundings): TaskEither<Failure, Course> => {
  const first = begin()
  if (!resume) return TE.right(first)
  return pipe(
    lastCheckpoint(filesOf(out).checkpoints)(first),
    TE.map((found) => {
      if (!isSome(found)) return first
      for (const error of found.value.refused) print(`passed over: ${error.message}`)
      print(`goes on after epoch ${found.value.step}`)
      return found.value.state
    }),
  )
}

/** What is said before anything is learned. */
const introduce = ({ examples, model }: Begun, { print }: Surroundings): void => {
  const { introduction, counts } = examples
  for (const line of [...introduction, counts, '', summary(model.network), '']) print(line)
}

/** Writes what came of it, and says it. */
const conclude = (
  all: Begun,
  folds: readonly OverFolds[],
  { course, end }: Ended,
  { config, out }: Run,
  { print, tell }: Surroundings,
): TaskEither<Failure | DivergenceError, void> => {
  if (end === 'stopped')
    return pipe(
      toNumber(course.bestEpoch) === 0 ? TE.right(undefined) : writeModel(out, all.model, course.best),
      TE.map(() => print(`stopped after epoch ${toNumber(course.done)}; it goes on with: foldgrad resume ${out}`)),
    )
  return pipe(
    writeModel(out, all.model, course.best),
    TE.chainEitherKW(() => resultsOf(all, course, folds, config)),
    TE.chainFirstW((results) => writeResults(out, fileOf(all, results))),
    TE.chainFirstW((results) => writeFile(filesOf(out).report)(reportPage(reportOf(all, results, config)))),
    TE.chainW((results) => {
      tell(fileOf(all, results))
      if (end !== 'through') print('it diverged: the last good state is kept')
      linesOf(all, results).forEach(print)
      print('')
      print(`saved to ${out}; pictures: ${filesOf(out).report}; new rows: foldgrad predict ${out} new.csv`)
      return end === 'through' ? TE.right(undefined) : TE.left(end)
    }),
  )
}

/**
 * Trains, or goes on with it, and writes the run into its folder.
 *
 * @error `SystemError` for files that cannot be read or written, `DecodeError` for data or a configuration that are not as they should be,
 *        `DivergenceError` for a cost that is no number: the best state before it is kept
 */
export const trainRun = (run: Run, surroundings: Surroundings): TaskEither<Failure | DivergenceError, void> =>
  pipe(
    canWrite(filesOf(run.out).config),
    TE.chainW(() => (run.resume ? examplesOfRun('resume', run.out, run.config) : examplesOf(run.config))),
    TE.chainEitherKW((examples) => ready(examples, run.config)),
    TE.chainFirstW(() => (run.resume ? TE.right(undefined) : cleared(run.out))),
    TE.chainFirstW((all) => {
      introduce(all, surroundings)
      return writeBeginning(run.out, run.config, schemaOf(all.examples))
    }),
    TE.bindTo('all'),
    TE.bindW('folds', ({ all }) => TE.fromEither(all.examples.folds(surroundings.print))),
    TE.chainW(({ all, folds }) =>
      pipe(
        startOf(all, run, surroundings),
        TE.chainW((start) => epochs(all, start, run, surroundings)),
        TE.chainW((ended) => conclude(all, folds, ended, run, surroundings)),
      ),
    ),
  )
