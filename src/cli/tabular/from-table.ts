/** The rows of a file, looked at and cut into parts. */

import { basename } from 'node:path'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { TableConfig } from './config.js'
import { crossValidated } from './cross-validate.js'
import { countsOf, type Examples } from './examples.js'
import { type Failure, readData } from './folder.js'
import { importances } from './importance.js'
import { actual } from './judge.js'
import { featuresOf, type Looked, look, type Prepared, partsOf, prepare } from './prepare.js'

/** What is said of a table before anything is learned from it. */
const introduction = (
  { columns, target, reason, features, ys }: Looked,
  { transform }: Prepared,
  { data }: TableConfig,
): readonly string[] => {
  const missing = ys.filter(Number.isNaN).length
  const others = columns.filter((column) => column.name !== target.name && !features.includes(column))
  return [
    `${data}: ${ys.length} rows, ${columns.length} columns`,
    ...(missing > 0 ? [`${missing} rows without a target are left out`] : []),
    ...others.map(({ name, kind, reason: why }) => `left out: ${name}, ${kind}: ${why}`),
    `target ${target.name}: ${target.likelihood}, ${reason}`,
    `${features.length} columns, ${transform.outputs} features`,
  ]
}

/** The rows of the file that is configured. @error `SystemError` and `DecodeError` for a file that is not as it should be */
export const tableExamples = (config: TableConfig): TaskEither<Failure, Examples> =>
  pipe(
    readData(config.data),
    TE.bindW('looked', ({ table }) => TE.fromEither(look(table, config))),
    TE.let('rows', ({ looked }) => partsOf(looked, config)),
    TE.bindW('prepared', ({ looked, rows }) => TE.fromEither(prepare(looked, rows, config))),
    TE.map(({ data: hash, looked, rows, prepared }) => ({
      ...prepared,
      hash,
      title: `${looked.target.name} of ${basename(config.data)}`,
      reason: looked.reason,
      columns: featuresOf(looked),
      introduction: introduction(looked, prepared, config),
      counts: countsOf('rows', prepared.data),
      judges: `${rows.test.length} rows that it has not seen`,
      kinds: looked.columns,
      folds: (print) => crossValidated(looked, config, (fold) => print(`fold ${fold} of ${config.folds} is done`)),
      importances: (predict) => importances(prepared, looked.features, rows.test, predict, actual(prepared.target, prepared.data.test)),
      answers: () => [],
    })),
  )
