/**
 * A table as data to learn from: rows cut into three parts, and features fitted to the first of them alone. A network learns from one part,
 * is stopped by the second, and is judged by the third.
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
import type { Config } from './config.js'
import { type Column, categoriesIn, columnsOf, isFeature, numbersIn } from './kinds.js'
import { type Found, numbersOfTarget, scaledBy, type Target, targetIn, targetsFor } from './target.js'

export type Data = Dataset<Shape, Shape>
/** Which rows of a table are learned from, which stop the training, and which judge. */
export interface Parts<A> {
  readonly train: A
  readonly validation: A
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

/**
 * What the columns of a table are, and its target.
 *
 * @error `DecodeError` for a target that there is not, or nothing to learn from
 */
export const look = (table: Pick<CsvTable, 'columns' | 'rows'>, config: Config): Either<DecodeError, Looked> => {
  const columns = columnsOf(table)
  return pipe(
    targetIn(columns, config),
    chain((found) => {
      const own = columns.find(({ name }) => name === found.target.name) as Column
      const features = columns.filter((column) => column !== own && isFeature(column))
      const ys = numbersOfTarget(found.target, own)
      const known = ys.filter((y) => !Number.isNaN(y)).length
      const wrong = (expected: string, received: string): Either<DecodeError, never> =>
        left(new DecodeError({ who: 'train', expected, received, where: config.data }))
      if (features.length === 0) return wrong('a column to learn from, beside the target', `${columns.length - 1} others, none of them`)
      return known >= 10 ? right({ ...found, columns, features, ys }) : wrong('at least 10 rows with a target', String(known))
    }),
  )
}

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

/** The three parts of the rows that have a target. */
export const partsOf = (looked: Looked, { test, validation, seed }: Config): Parts<readonly number[]> => {
  const [others, judging] = splitting(looked, test, seed, withTarget(looked))
  const [train, stopping] = splitting(looked, validation, seed + 1, others)
  return { train, validation: stopping, test: judging }
}
/** The three parts for every fold of a cross-validation: each is once the one that judges. */
export const foldsOf = (looked: Looked, { folds, validation, seed }: Config): readonly Parts<readonly number[]>[] =>
  rowsBy(
    looked,
    withTarget(looked),
    (data) => kFold({ folds, key: foldIn(seed)(key(1)), stratify: stratifies(looked, folds) })(data as never) as never,
  ).map(([others, judging]) => {
    const [train, stopping] = splitting(looked, validation, seed + 1, others)
    return { train, validation: stopping, test: judging }
  })

/**
 * Features and targets of the three parts; what is fitted is fitted to the first.
 *
 * @error `DecodeError` for columns of which, in the rows to learn from, nothing is left
 */
export const prepare = (
  looked: Looked,
  parts: Parts<readonly number[]>,
  { classWeight }: Pick<Config, 'classWeight'>,
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
          validation: dataOf(parts.validation),
          test: dataOf(parts.test),
        },
      }
    }),
  )
}
