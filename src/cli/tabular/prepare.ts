/**
 * A table as data to learn from: rows cut into three parts, and features fitted to the first of them alone. A network learns from one part,
 * is stopped by the second, if there is one, and is judged by the third.
 */
import { chain, type Either, left, map, right, tryCatch } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Table as CsvTable } from '../../codec/tables/index.js'
import {
  balanced,
  type Columns,
  columnTransformer,
  type Dataset,
  type Fitting,
  featureHasher,
  imputer,
  kFold,
  oneHotEncoder,
  pipeline,
  type SomeTransform,
  split,
  standardScaler,
} from '../../data/index.js'
import { DecodeError, shown } from '../../error/index.js'
import { foldIn, key } from '../../random/index.js'
import type { Shape } from '../../shape/index.js'
import { type Batch, matrix, toArray } from '../../tensor/index.js'
import type { TableConfig } from './config.js'
import { type Column, categoriesIn, columnsOf, isFeature, numbersIn } from './kinds.js'
import { type Found, numbersOfTarget, scaledBy, type Target, targetIn, targetsFor } from './target.js'

export type Data = Dataset<Shape, Shape>
/** What is learned from, what stops the training, if something does, and what judges. */
export interface Parts<A> {
  readonly train: A
  readonly validation?: A
  readonly test: A
}
/** A table that was looked at. */
export interface Looked extends Found {
  readonly columns: readonly Column[]
  readonly features: readonly Column[]
  /** The target of every row; NaN where there is none. */
  readonly ys: readonly number[]
}
export interface Prepared {
  readonly target: Target
  readonly transform: SomeTransform
  readonly data: Parts<Data>
}

/** More categories than this are hashed to as many features as this. */
const mostCategories = 64

type Asked = Pick<TableConfig, 'data' | 'target' | 'likelihood'>
const wrong = ({ data }: Asked, expected: string, received: string): Either<DecodeError, never> =>
  left(new DecodeError({ who: 'train', expected, received, where: data }))

/**
 * What the columns of a table are, and its target.
 *
 * @error `DecodeError` for a target that there is not, or no column to learn from
 */
export const lookAt = (table: Pick<CsvTable, 'columns' | 'rows'>, asked: Asked): Either<DecodeError, Looked> => {
  const columns = columnsOf(table)
  return pipe(
    targetIn(columns, asked),
    chain((found) => {
      const own = columns.find(({ name }) => name === found.target.name) as Column
      const features = columns.filter((column) => column !== own && isFeature(column))
      return features.length === 0
        ? wrong(asked, 'a column to learn from, beside the target', `${columns.length - 1} others, none of them`)
        : right({ ...found, columns, features, ys: numbersOfTarget(found.target, own) })
    }),
  )
}
/** As many rows as can be cut into parts. */
const leastRows = 10

/** The same, if there are rows enough to be cut into parts. @error `DecodeError` as `lookAt`, and for too few rows */
export const look = (table: Pick<CsvTable, 'columns' | 'rows'>, asked: Asked): Either<DecodeError, Looked> =>
  pipe(
    lookAt(table, asked),
    chain((looked) => {
      const known = withTarget(looked).length
      return known >= leastRows ? right(looked) : wrong(asked, `at least ${leastRows} rows with a target`, String(known))
    }),
  )

/** The columns that features are made of, as other rows have them. */
export const featuresOf = ({ features }: Looked) =>
  features.map(({ name, kind }) => ({ name, kind: kind as 'numeric' | 'date' | 'categorical' }))

/** How a column becomes features: fitted to the column of the rows to learn from. */
const fittingOf = ({ kind, cells }: Column): Fitting<never> => {
  const isAnyMissing = cells.includes(undefined)
  if (kind === 'categorical')
    return (new Set(cells).size > mostCategories
      ? featureHasher({ size: mostCategories })
      : oneHotEncoder({ missing: isAnyMissing ? 'feature' : 'zeros' })) as unknown as Fitting<never>
  return pipeline(imputer({ indicator: isAnyMissing }), standardScaler) as unknown as Fitting<never>
}
/** The columns of these rows, as transforms take them. */
export const tableOf = (columns: readonly Column[], rows?: readonly number[]): Columns =>
  Object.fromEntries(
    columns.map((column) => {
      const all = column.kind === 'categorical' ? categoriesIn(column) : numbersIn(column)
      return [column.name, (rows === undefined ? all : rows.map((i) => all[i])) as Columns[string]]
    }),
  )

/** The numbers of rows, cut by something that cuts data sets; a target of classes is stratified by. */
const rowsBy = (
  { target, ys }: Pick<Looked, 'target' | 'ys'>,
  rows: readonly number[],
  cut: (data: Dataset<readonly [1], Shape>) => readonly { readonly train: Data; readonly test: Data }[],
): readonly (readonly [train: readonly number[], test: readonly number[]])[] => {
  const own = rows.map((i) => ys[i] ?? 0)
  const data = {
    x: matrix(
      rows.map((i) => [i]),
      'float64',
    ) as unknown as Batch<readonly [1]>,
    y: targetsFor(target, own),
  }
  const numbers = ({ x }: Data): readonly number[] => Array.from(toArray(x as never))
  return cut(data as never).map(({ train, test }) => [numbers(train), numbers(test)] as const)
}
/** So few of a class cannot stand in every part of it. */
const stratifies = ({ target, ys }: Pick<Looked, 'target' | 'ys'>, parts: number): boolean => {
  if (target.kind === 'number') return false
  const counts = ys.reduce((known, y) => (Number.isNaN(y) ? known : known.set(y, (known.get(y) ?? 0) + 1)), new Map<number, number>())
  return [...counts.values()].every((count) => count >= parts)
}
const splitting = (looked: Looked, part: number, seed: number, rows: readonly number[]): readonly [readonly number[], readonly number[]] =>
  rowsBy(looked, rows, (data) => [
    split({ test: part, key: foldIn(seed)(key(0)), stratify: stratifies(looked, 3) })(data as never) as never,
  ])[0] as readonly [readonly number[], readonly number[]]

const withTarget = ({ ys }: Looked): readonly number[] => ys.flatMap((y, i) => (Number.isNaN(y) ? [] : [i]))

/** Rows that judge, and the others, of which some stop the training. */
const parted = (
  looked: Looked,
  { validation, seed }: Pick<TableConfig, 'validation' | 'seed'>,
  others: readonly number[],
  test: readonly number[],
): Parts<readonly number[]> => {
  if (validation === 0) return { train: others, test }
  const [train, stopping] = splitting(looked, validation, seed + 1, others)
  return { train, validation: stopping, test }
}

/** The parts of the rows that have a target. */
export const partsOf = (looked: Looked, config: TableConfig): Parts<readonly number[]> => {
  const [others, judging] = splitting(looked, config.test, config.seed, withTarget(looked))
  return parted(looked, config, others, judging)
}
/** The parts for every fold of a cross-validation: each is once the one that judges. */
export const foldsOf = (looked: Looked, config: TableConfig): readonly Parts<readonly number[]>[] => {
  const { folds, seed } = config
  return rowsBy(
    looked,
    withTarget(looked),
    (data) => kFold({ folds, key: foldIn(seed)(key(1)), stratify: stratifies(looked, folds) })(data as never) as never,
  ).map(([others, judging]) => parted(looked, config, others, judging))
}

/**
 * Features and targets of the parts; what is fitted is fitted to the first.
 *
 * @error `DecodeError` for columns of which, in the rows to learn from, nothing is left
 */
export const prepare = (
  looked: Looked,
  parts: Parts<readonly number[]>,
  { classWeight }: Pick<TableConfig, 'classWeight'>,
): Either<DecodeError, Prepared> => {
  const { features, ys } = looked
  const of = (rows: readonly number[]): readonly number[] => rows.map((i) => ys[i] ?? 0)
  const target = scaledBy(looked.target, of(parts.train))
  return pipe(
    tryCatch(
      () =>
        columnTransformer(Object.fromEntries(features.map((column) => [column.name, fittingOf(column)])))(
          tableOf(features, parts.train) as never,
        ),
      (error) => new DecodeError({ who: 'train', expected: 'columns to learn from', received: shown(error) }),
    ),
    map((fitted) => {
      const transform = fitted as unknown as SomeTransform
      const dataOf = (rows: readonly number[]): Data =>
        ({ x: transform.apply(tableOf(features, rows)), y: targetsFor(target, of(rows)) }) as unknown as Data
      const train = dataOf(parts.train)
      return {
        target,
        transform,
        data: {
          train: classWeight === 'balanced' && target.kind === 'classes' ? balanced(train) : train,
          ...(parts.validation === undefined ? {} : { validation: dataOf(parts.validation) }),
          test: dataOf(parts.test),
        },
      }
    }),
  )
}
