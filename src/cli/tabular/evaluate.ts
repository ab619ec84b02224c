/** `foldgrad evaluate run/ other.csv`: how good a trained model is on the part of its examples that judges, or on the rows of another file. */
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
import { type Failure, readConfig, readData, readModel, readSchema, type Schema } from './folder.js'
import { actual, type Measure, measures, predictions } from './judge.js'
import { columnsOf } from './kinds.js'
import { knownColumns, type Speaking } from './predict.js'
import { type Data, tableOf } from './prepare.js'
import { examplesOfRun } from './source.js'
import { numbersOfTarget, targetsFor } from './target.js'

/** The rows of a table that have a target, as examples. */
const rowsOf = (where: string, schema: Schema, table: Table): Either<DecodeError, Data> => {
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
    map(({ own, rows }) => ({
      x: transform.apply(
        tableOf(
          own,
          rows.map(({ i }) => i),
        ) as never,
      ) as unknown as Batch<Shape>,
      y: targetsFor(
        target,
        rows.map((row) => row.y),
      ),
    })),
  )
}

export interface Evaluating {
  readonly run: string
  /** A file with other rows; the part of its own that judges, where nothing is said. */
  readonly data?: string
  readonly json: boolean
}

/** The examples to judge by, and what they are. */
const judging = ({ run, data }: Evaluating, schema: Schema): TaskEither<Failure, { readonly judges: string; readonly examples: Data }> =>
  data === undefined
    ? pipe(
        readConfig(run),
        TE.chain((config) => examplesOfRun('evaluate', run, config)),
        TE.map(({ judges, data: { test: examples } }) => ({ judges, examples })),
      )
    : pipe(
        readData(data),
        TE.chainEitherKW(({ table }) => rowsOf(data, schema, table)),
        TE.map((examples) => ({ judges: `${examples.x.shape[0]} rows`, examples })),
      )

const measured = ({ target }: Schema, { model, params }: StoredModel, examples: Data): readonly Measure[] =>
  measures(target, predictions(model, target)(params, examples.x), actual(target, examples))

/** How good a model is on the rows of a file, or on those that judged it. @error as `predictTable` */
export const evaluateRun = (evaluating: Evaluating, { print }: Speaking): TaskEither<Failure, void> =>
  pipe(
    TE.Do,
    TE.bindW('schema', () => readSchema(evaluating.run)),
    TE.bindW('stored', () => readModel(evaluating.run)),
    TE.bindW('judging', ({ schema }) => judging(evaluating, schema)),
    TE.map(({ schema, stored, judging: { judges, examples } }) => {
      const all = measured(schema, stored, examples)
      return evaluating.json
        ? `${JSON.stringify({ rows: examples.x.shape[0], ...Object.fromEntries(all.map(({ name, value }) => [name, value])) })}\n`
        : `${plainTable(
            [judges, ''],
            all.map(({ name, value }) => [name, String(Number(value.toPrecision(4)))]),
          )}\n`
    }),
    TE.map(print),
  )
