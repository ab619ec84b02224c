/** `foldgrad evaluate run/ other.csv`: how good a trained model is on the rows of another file. */
import { bind, bindW, Do, type Either, left, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { StoredModel } from '../../codec/index.js'
import type { Table } from '../../codec/tables/index.js'
import { DecodeError, shown } from '../../error/index.js'
import type { Shape } from '../../shape/index.js'
import type { Batch } from '../../tensor/index.js'
import { plainTable } from '../plain-table.js'
import { type Failure, readData, readModel, readSchema, type Schema } from './folder.js'
import { actual, type Measure, measures, predictions } from './judge.js'
import { columnsOf } from './kinds.js'
import { knownColumns, type Predicting, type Speaking } from './predict.js'
import { tableOf } from './prepare.js'
import { numbersOfTarget, targetsFor } from './target.js'

/** The measures of a model on the rows of a table that have a target. */
const judged = (
  where: string,
  schema: Schema,
  { model, params }: StoredModel,
  table: Table,
): Either<DecodeError, { readonly rows: number; readonly measures: readonly Measure[] }> => {
  const { target, transform } = schema
  const column = columnsOf(table).find(({ name }) => name === target.name)
  if (column === undefined)
    return left(
      new DecodeError({ who: 'evaluate', expected: `the target ${target.name}`, received: `the columns ${shown(table.columns)}`, where }),
    )
  return pipe(
    Do,
    bind('own', () => knownColumns(where, schema, table)),
    bindW('rows', () => {
      const ys = numbersOfTarget(target, column)
      const rows = ys.flatMap((y, i) => (Number.isNaN(y) ? [] : [{ y, i }]))
      return rows.length > 0
        ? right(rows)
        : left(new DecodeError({ who: 'evaluate', expected: 'rows with a target', received: 'none', where }))
    }),
    map(({ own, rows }) => {
      const x = transform.apply(
        tableOf(
          own,
          rows.map(({ i }) => i),
        ) as never,
      ) as unknown as Batch<Shape>
      const y = targetsFor(
        target,
        rows.map((row) => row.y),
      )
      return { rows: rows.length, measures: measures(target, predictions(model, target)(params, x), actual(target, { y })) }
    }),
  )
}

/** How good a model is on the rows of a file. @error as `predictTable` */
export const evaluateTable = ({ run, data, json }: Omit<Predicting, 'out'>, { print }: Speaking): TaskEither<Failure, void> =>
  pipe(
    TE.Do,
    TE.bindW('schema', () => readSchema(run)),
    TE.bindW('stored', () => readModel(run)),
    TE.bindW('file', () => readData(data)),
    TE.chainEitherKW(({ schema, stored, file }) => judged(data, schema, stored, file.table)),
    TE.map(({ rows, measures: all }) =>
      json
        ? `${JSON.stringify({ rows, ...Object.fromEntries(all.map(({ name, value }) => [name, value])) })}\n`
        : `${plainTable(
            [`${rows} rows`, ''],
            all.map(({ name, value }) => [name, String(Number(value.toPrecision(4)))]),
          )}\n`,
    ),
    TE.map(print),
  )
