/** A data set in parts, some to learn from and one to judge by. */
import { optionsOf, shown, ValueError, wantsBoolean } from '../error/index.js'
import type { Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import { isSize, type Shape } from '../shape/index.js'
import { vector } from '../tensor/create.js'
import { toArray } from '../tensor/read.js'
import { examplesAt, permutation } from './batches.js'
import { classesOf } from './classes.js'
import { type Dataset, wantsDataset } from './dataset.js'

interface Drawing {
  /** The key of the order in which examples are taken. */
  readonly key: Key
  /** Whether every part has as much of each class as the whole, but for rounding; targets tell the classes. */
  readonly stratify?: boolean
}
export interface SplitOptions extends Drawing {
  /** The part that is kept for testing, between 0 and 1: 0.2 is a fifth. */
  readonly test: number
}
export interface FoldOptions extends Drawing {
  /** How many folds: each is once the one to judge by. */
  readonly folds: number
}
export interface Split<I extends Shape, T extends Shape> {
  readonly train: Dataset<I, T>
  readonly test: Dataset<I, T>
}

/**
 * The examples in the order of a key. Stratified, the r-th of the n examples of a class stands at (r + ½)/n of the whole, so that every
 * stretch of the order has its share of each class.
 */
const ordered = (who: string, data: Dataset<Shape, Shape>, key: Key, stratify: boolean): readonly number[] => {
  const order = Array.from(toArray(permutation(data.x.shape[0])(key)))
  if (!stratify) return order
  const classes = classesOf(who, data.y)
  const of = order.reduce((known, i) => {
    const k = classes[i] ?? 0
    return known.set(k, [...(known.get(k) ?? []), i])
  }, new Map<number, readonly number[]>())
  return [...of.values()]
    .flatMap((own) => own.map((i, r) => [i, (r + 0.5) / own.length] as const))
    .sort(([, a], [, b]) => a - b)
    .map(([i]) => i)
}
const wantsMany = (who: string, data: Dataset<Shape, Shape>, least: number): number => {
  const count = wantsDataset(who, data).x.shape[0]
  if (count >= least) return count
  throw new ValueError({ who, expected: `at least ${least === 2 ? 'two' : least} examples`, received: String(count) })
}
const part = <I extends Shape, T extends Shape>(data: Dataset<I, T>, rows: readonly number[]): Dataset<I, T> =>
  examplesAt(data, vector(rows, 'int32'))

/**
 * The examples, shuffled by a key and cut in two; both parts have at least one.
 *
 * @error `ValueError` for a part that is not between 0 and 1, or for fewer than two examples; `ShapeError` for targets to stratify by that are
 *        no classes
 * @example
 * const { train, test } = split({ test: 0.2, key: key(1), stratify: true })(data)
 */
export const split = (options: SplitOptions): (<I extends Shape, T extends Shape>(data: Dataset<I, T>) => Split<I, T>) => {
  const { test, key, stratify } = optionsOf('split', { stratify: false }, options, ['test', 'key'])
  if (!(test > 0 && test < 1)) throw new ValueError({ who: 'split', expected: 'a part for testing between 0 and 1', received: shown(test) })
  wantsKey('split', key)
  wantsBoolean('split', 'stratify', stratify)
  return (data) => {
    const count = wantsMany('split', data as Dataset<Shape, Shape>, 2)
    const order = ordered('split', data as Dataset<Shape, Shape>, key, stratify)
    const tests = Math.min(count - 1, Math.max(1, Math.round(test * count)))
    return { train: part(data, order.slice(tests)), test: part(data, order.slice(0, tests)) }
  }
}

/**
 * The examples, shuffled by a key and cut into folds, whose sizes differ by at most one: as many splits, in each of which another fold is
 * the one to judge by and all others are there to learn from (cross-validation).
 *
 * @error `ValueError` for folds that are not a whole number of at least 2, or for fewer examples than folds; `ShapeError` as `split`
 * @source Stone (1974), Cross-validatory choice and assessment of statistical predictions
 * @example
 * const costs = kFold({ folds: 5, key: key(1) })(data).map(({ train, test }) => judge(fit(train), test))
 */
export const kFold = (options: FoldOptions): (<I extends Shape, T extends Shape>(data: Dataset<I, T>) => readonly Split<I, T>[]) => {
  const { folds, key, stratify } = optionsOf('kFold', { stratify: false }, options, ['folds', 'key'])
  if (!isSize(folds) || folds < 2)
    throw new ValueError({ who: 'kFold', expected: 'a whole number of folds of at least 2', received: shown(folds) })
  wantsKey('kFold', key)
  wantsBoolean('kFold', 'stratify', stratify)
  return (data) => {
    const count = wantsMany('kFold', data as Dataset<Shape, Shape>, folds)
    const order = ordered('kFold', data as Dataset<Shape, Shape>, key, stratify)
    const start = (i: number): number => Math.floor((i * count) / folds)
    return Array.from({ length: folds }, (_, i) => ({
      train: part(data, [...order.slice(0, start(i)), ...order.slice(start(i + 1))]),
      test: part(data, order.slice(start(i), start(i + 1))),
    }))
  }
}
