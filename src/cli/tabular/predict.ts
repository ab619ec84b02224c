/** `foldgrad predict run/ new.csv`: what a trained model says of other rows. */
import { type Either, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { writeFile } from '../../codec/files/index.js'
import type { StoredModel } from '../../codec/index.js'
import { type Cell, encodeCsv, type Table } from '../../codec/tables/index.js'
import { DecodeError, didYouMean, shown, ValueError } from '../../error/index.js'
import { interval } from '../../likelihood/index.js'
import type { Shape } from '../../shape/index.js'
import { type Batch, toArray, toNested } from '../../tensor/index.js'
import { type Failure, readData, readModel, readSchema, type Schema } from './folder.js'
import { predictions } from './judge.js'
import { type Column, columnsOf } from './kinds.js'
import { tableOf } from './prepare.js'
import { unscaled } from './target.js'

/** The probability of the interval that stands beside a number. */
const within = 0.9

type Row = Readonly<Record<string, Cell>>
/** What is said of rows, and what of them was not as it was learned. */
export interface Said {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly remarks: readonly string[]
}

/** The columns that a model goes by, as they were learned. @error `DecodeError` that names those that are missing */
export const knownColumns = (where: string, { columns }: Schema, table: Table): Either<DecodeError, readonly Column[]> => {
  const found = columnsOf(table)
  const missing = columns.filter(({ name }) => !table.columns.includes(name)).map(({ name }) => name)
  const [first] = missing
  if (first !== undefined) {
    return left(
      new DecodeError({
        who: 'predict',
        expected: `the columns that were learned from, ${missing.length > 1 ? `${missing.slice(0, 6).join(', ')} among them` : `${first} among them`}`,
        received: `the columns ${shown(table.columns)}`,
        where,
        ...didYouMean(first, table.columns),
      }),
    )
  }
  return right(columns.flatMap(({ name, kind }) => found.filter((column) => column.name === name).map((column) => ({ ...column, kind }))))
}

/** Cells that are there, and are no numbers, in a column of numbers. */
const odd = ({ name, kind, cells }: Column): readonly string[] => {
  const numbers = tableOf([{ name, kind, cells, reason: '' }])[name] ?? []
  const lost = kind === 'categorical' ? [] : cells.filter((cell, i) => cell !== undefined && numbers[i] === undefined)
  return lost.length === 0
    ? []
    : [`${name}: ${lost.length} cells that are no ${kind === 'date' ? 'dates' : 'numbers'} count as missing, ${shown(lost[0])} say`]
}
const remarksOf = ({ columns, target, transform }: Schema, own: readonly Column[], table: Table): readonly string[] => {
  const unknown = transform.unknown(tableOf(own) as never)
  const names = [...new Set(unknown.map(({ column }) => column ?? ''))]
  const over = table.columns.filter((name) => name !== target.name && !columns.some((column) => column.name === name))
  return [
    ...names.map((name) => {
      const of = unknown.filter(({ column }) => column === name)
      return `${name}: ${of.length} rows of categories that were not learned, ${shown(of[0]?.value)} say`
    }),
    ...own.flatMap(odd),
    ...(over.length === 0 ? [] : [`columns that are not used: ${over.slice(0, 12).join(', ')}${over.length > 12 ? ', …' : ''}`]),
  ]
}

/** What is done with columns; an error about a row is one of the file. */
const bindRows =
  (f: (own: readonly Column[]) => Said, where: string) =>
  (columns: Either<DecodeError, readonly Column[]>): Either<DecodeError, Said> =>
    columns._tag === 'Left'
      ? columns
      : tryCatch(
          () => f(columns.right),
          (error) =>
            new DecodeError({
              who: 'predict',
              expected: 'rows that can be read',
              received: error instanceof ValueError ? error.message : shown(error),
              where,
            }),
        )

/** What a model says of the rows of a table. @error `DecodeError` for columns that are missing, or rows that cannot be read */
export const said = (where: string, schema: Schema, { model, params }: StoredModel, table: Table): Either<DecodeError, Said> => {
  const { target, transform } = schema
  return pipe(
    knownColumns(where, schema, table),
    bindRows((own) => {
      const x = transform.apply(tableOf(own) as never) as unknown as Batch<Shape>
      const ys = toNested(predictions(model, target)(params, x)) as readonly (readonly number[])[]
      const remarks = remarksOf(schema, own, table)
      if (target.kind === 'classes') {
        const names = target.classes.map((name) => `p(${name})`)
        const rows = ys.map((p): Row => {
          const best = p.reduce((top, value, k) => (value > (p[top] ?? 0) ? k : top), 0)
          return { [target.name]: target.classes[best], ...Object.fromEntries(names.map((name, k) => [name, p[k]])) }
        })
        return { columns: [target.name, ...names], rows, remarks }
      }
      if (model.likelihood.quantile === undefined) {
        return { columns: [target.name], rows: ys.map(([y]): Row => ({ [target.name]: y })), remarks }
      }
      const [low, high] = interval(model, within)(params)(x).map((edge) => unscaled(target, Array.from(toArray(edge as never))))
      const names = [`low ${within * 100} %`, `high ${within * 100} %`] as const
      const rows = ys.map(([y], i): Row => ({ [target.name]: y, [names[0]]: low?.[i], [names[1]]: high?.[i] }))
      return { columns: [target.name, ...names], rows, remarks }
    }, where),
  )
}

/** The text of what was said: a table, or a line of JSON for each row. */
const written = ({ columns, rows }: Said, isJson: boolean): string =>
  isJson ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : encodeCsv(columns)(rows)

export interface Predicting {
  readonly run: string
  readonly data: string
  /** Where it is written; printed, where nothing is said. */
  readonly out?: string
  readonly json: boolean
}
/** Where results go, and where remarks about them do. */
export interface Speaking {
  readonly print: (text: string) => void
  readonly remark: (line: string) => void
}

/** Predictions for the rows of a file. @error as `said`, and `SystemError` for files */
export const predictTable = ({ run, data, out, json }: Predicting, { print, remark }: Speaking): TaskEither<Failure, void> =>
  pipe(
    TE.Do,
    TE.bindW('schema', () => readSchema(run)),
    TE.bindW('stored', () => readModel(run)),
    TE.bindW('file', () => readData(data)),
    TE.chainEitherKW(({ schema, stored, file }) => said(data, schema, stored, file.table)),
    TE.chainW((all) => {
      all.remarks.forEach(remark)
      if (out !== undefined) return writeFile(out)(written(all, json))
      print(written(all, json))
      return TE.right(undefined)
    }),
  )
