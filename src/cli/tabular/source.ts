/** The examples of a configuration. */
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { DecodeError } from '../../error/index.js'
import type { Config } from './config.js'
import type { Examples } from './examples.js'
import { type Failure, readSchema } from './folder.js'
import { mnistExamples } from './from-mnist.js'
import { tableExamples } from './from-table.js'
import { xorExamples } from './from-xor.js'

/** What there is to learn from, to stop by and to judge by. @error `SystemError` and `DecodeError` for files that are not as they should be */
export const examplesOf = (config: Config): TaskEither<Failure, Examples> => {
  if (config.source === 'table') return tableExamples(config)
  return config.source === 'mnist' ? mnistExamples(config) : TE.fromEither(xorExamples())
}

/** The same, if they are those that a run began with. @error as `examplesOf`, and `DecodeError` for others */
export const examplesOfRun = (who: string, run: string, config: Config): TaskEither<Failure, Examples> =>
  pipe(
    examplesOf(config),
    TE.chainFirst(({ hash }) =>
      pipe(
        readSchema(run),
        TE.filterOrElseW(
          ({ data }) => data === hash,
          () =>
            new DecodeError({
              who,
              expected: 'the data that the run began with',
              received: 'other data',
              where: config.source === 'xor' ? run : config.data,
              hint: 'foldgrad train begins anew',
            }),
        ),
      ),
    ),
  )
