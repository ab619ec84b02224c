/** `foldgrad train data.csv --target species`: looks at the columns, trains a network, and says how good it is beside what needs none. */
import { setImmediate as turn } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isSome } from 'fp-ts/lib/Option.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { canWrite, lastCheckpoint, saveCheckpoint, writeFile } from '../../codec/files/index.js'
import { DecodeError, type DivergenceError, type SystemError } from '../../error/index.js'
import { toNumber } from '../../tensor/index.js'
import { progress } from '../progress.js'
import type { Config } from './config.js'
import { crossValidated, type OverFolds } from './cross-validate.js'
import { cleared, type Failure, filesOf, readData, readSchema, writeBeginning, writeModel, writeResults } from './folder.js'
import { type Course, epochsOf, isThrough } from './learn.js'
import { look, partsOf } from './prepare.js'
import { type Ready, ready } from './ready.js'
import { reportPage } from './report/page.js'
import { reportOf } from './report-of.js'
import { fileOf, linesOf, resultsOf } from './results.js'

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

/** So often a checkpoint is written, and signals are listened to, in milliseconds. */
const often = { checkpoint: 2000, breath: 50 }

/** How the epochs ended. */
interface Ended {
  readonly course: Course
  readonly end: 'through' | 'stopped' | DivergenceError
}

/** The epochs, from a course on, until they are through or somebody stops them. */
const epochs =
  ({ learner }: Ready, start: Course, { config, out }: Run, { stream, listen, tell }: Surroundings): TaskEither<SystemError, Ended> =>
  async () => {
    const signal = listen()
    const bar = progress('training', config.epochs, stream, 'epochs')
    let [course, saved, breathed] = [start, performance.now(), performance.now()]
    const save = saveCheckpoint(filesOf(out).checkpoints)
    const ended = (end: Ended['end']): TaskEither<SystemError, Ended> =>
      pipe(
        save(toNumber(course.done), course),
        TE.map(() => ({ course, end })),
      )
    try {
      while (!isThrough(course, config)) {
        if (signal.aborted) return await ended('stopped')()
        const next = learner.epoch(course)
        if (isLeft(next)) return await ended(next.left)()
        course = next.right
        const last = epochsOf(course).at(-1)
        tell(last)
        bar.advance(toNumber(course.done), last?.validation ?? Number.NaN)
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
      return await ended('through')()
    } finally {
      bar.stop()
    }
  }

/** Where a run begins: at its last checkpoint, if it is resumed and there is one. */
const startOf = ({ learner: { begin } }: Ready, { out, resume }: Run, { print }: Surroundings): TaskEither<Failure, Course> => {
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

/** What is said of a table before anything is learned from it. */
const introduce = ({ looked, rows, prepared, learner }: Ready, { config }: Run, { print }: Surroundings): void => {
  const { columns, target, reason, features, ys } = looked
  const missing = ys.filter(Number.isNaN).length
  const others = columns.filter((column) => column.name !== target.name && !features.includes(column))
  print(`${config.data}: ${ys.length} rows, ${columns.length} columns`)
  if (missing > 0) print(`${missing} rows without a target are left out`)
  for (const { name, kind, reason: why } of others) print(`left out: ${name}, ${kind}: ${why}`)
  print(`target ${target.name}: ${target.likelihood}, ${reason}`)
  print(`${features.length} columns, ${prepared.transform.outputs} features, ${learner.parameters.toLocaleString('en-US')} parameters`)
  print(`rows to learn from ${rows.train.length}, to stop by ${rows.validation.length}, to judge by ${rows.test.length}`)
}

/** Writes what came of it, and says it. */
const conclude = (
  all: Ready,
  folds: readonly OverFolds[],
  { course, end }: Ended,
  { config, out }: Run,
  { print, tell }: Surroundings,
): TaskEither<Failure | DivergenceError, void> => {
  const isNothing = toNumber(course.bestEpoch) === 0
  if (end === 'stopped')
    return pipe(
      isNothing ? TE.right(undefined) : writeModel(out, all.model, course.best),
      TE.map(() => print(`stopped after epoch ${toNumber(course.done)}; it goes on with: foldgrad resume ${out}`)),
    )
  if (end !== 'through' && isNothing) return TE.left(end)
  return pipe(
    writeModel(out, all.model, course.best),
    TE.chainEitherKW(() => resultsOf(all, course, folds, config)),
    TE.chainFirstW((results) => writeResults(out, fileOf(all, results))),
    TE.chainFirstW((results) => writeFile(filesOf(out).report)(reportPage(reportOf(all, results, config)))),
    TE.chainW((results) => {
      tell(fileOf(all, results))
      linesOf(all, results).forEach(print)
      print('')
      print(`saved to ${out}; pictures: ${filesOf(out).report}; new rows: foldgrad predict ${out} new.csv`)
      return end === 'through' ? TE.right(undefined) : TE.left(end)
    }),
  )
}

/** The data that a run goes on with is what it began with. */
const wantsSameData = ({ out, config }: Run, data: string): TaskEither<Failure, void> =>
  pipe(
    readSchema(out),
    TE.chainW((schema) =>
      schema.data === data
        ? TE.right(undefined)
        : TE.left(
            new DecodeError({
              who: 'resume',
              expected: 'the data that the run began with',
              received: 'other data',
              where: config.data,
              hint: 'foldgrad train begins anew',
            }),
          ),
    ),
  )

/**
 * Trains on a table, or goes on with it, and writes the run into its folder.
 *
 * @error `SystemError` for files that cannot be read or written, `DecodeError` for a table or a configuration that is not as it should be,
 *        `DivergenceError` for a cost that is no number: the best state before it is kept
 */
export const trainTable = (run: Run, surroundings: Surroundings): TaskEither<Failure | DivergenceError, void> =>
  pipe(
    canWrite(filesOf(run.out).config),
    TE.chainW(() => readData(run.config.data)),
    TE.chainFirstW(({ data }) => (run.resume ? wantsSameData(run, data) : TE.right(undefined))),
    TE.bindW('looked', ({ table }) => TE.fromEither(look(table, run.config))),
    TE.bindW('all', ({ looked }) => TE.fromEither(ready(looked, partsOf(looked, run.config), run.config))),
    TE.chainFirstW(() => (run.resume ? TE.right(undefined) : cleared(run.out))),
    TE.chainFirstW(({ all, data }) => {
      introduce(all, run, surroundings)
      const { looked, prepared } = all
      const columns = looked.features.map(({ name, kind }) => ({ name, kind: kind as 'numeric' }))
      return writeBeginning(run.out, run.config, { data, columns, target: prepared.target, transform: prepared.transform })
    }),
    TE.bindW('folds', ({ looked }) =>
      TE.fromEither(crossValidated(looked, run.config, (fold) => surroundings.print(`fold ${fold} of ${run.config.folds} is done`))),
    ),
    TE.chainW(({ all, folds }) =>
      pipe(
        startOf(all, run, surroundings),
        TE.chainW((start) => epochs(all, start, run, surroundings)),
        TE.chainW((ended) => conclude(all, folds, ended, run, surroundings)),
      ),
    ),
  )
