/** A data set in parts, some to learn from and one to judge by. */
import { optionsOf, shown, ValueError, wantsBoolean } from '../error/index.js'
import type { Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import { fixed, isSize, type Shape } from '../shape/index.js'
import { vector } from '../tensor/create.js'
import { toArray } from '../tensor/read.js'
import { examplesAt, permutation } from './batches.js'
import { classesOf } from './classes.js'
import { type Dataset, wantsDataset } from './dataset.js'
import { type Group, partOfGroups, wantsGroupList, wantsGroups } from './groups.js'

interface Drawing {
  /** The key of the order in which examples are taken. */
  readonly key: Key
  /** Whether every part has as much of each class as the whole, but for rounding; targets tell the classes. */
  readonly stratify?: boolean
  /**
   * The group of each example, a number or a text: examples of one group, such as the images of one patient, never stand on both sides.
   * Parts are then as large as whole groups allow.
   */
  readonly groups?: ArrayLike<Group>
}
const drawingDefaults = fixed({ stratify: false, groups: undefined as ArrayLike<Group> | undefined })
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
/** What is asked of the order, and of groups, before there are data. */
const drawn = (
  who: string,
  { key, stratify, groups }: { readonly key: Key; readonly stratify: boolean; readonly groups: ArrayLike<Group> | undefined },
) => {
  wantsKey(who, key)
  wantsBoolean(who, 'stratify', stratify)
  return { key, stratify, groups: groups === undefined ? undefined : wantsGroupList(who, groups) }
}
type Drawn = ReturnType<typeof drawn>

/** The numbers of the examples of each part, in the order of the key: as `cut` cuts the order, or by groups into parts of these shares. */
const partsOf = (
  who: string,
  data: Dataset<Shape, Shape>,
  { key, stratify, groups }: Drawn,
  shares: readonly number[],
  cut: (order: readonly number[]) => readonly (readonly number[])[],
): readonly (readonly number[])[] => {
  if (groups === undefined) return cut(ordered(who, data, key, stratify))
  const own = wantsGroups(who, data.x.shape[0], groups)
  const order = ordered(who, data, key, false)
  const parts = partOfGroups(who, own, stratify ? classesOf(who, data.y) : own.map(() => 0), order, shares)
  return shares.map((_, p) => order.filter((i) => parts.get(own[i] as Group) === p))
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
 * @error `ValueError` for a part that is not between 0 and 1, or for fewer than two examples or groups; `ShapeError` for targets to stratify
 *        by that are no classes
 * @example
 * const { train, test } = split({ test: 0.2, key: key(1), stratify: true })(data)
 * split({ test: 0.2, key: key(1), groups: patients })(data) // no patient on both sides
 */
export const split = (options: SplitOptions): (<I extends Shape, T extends Shape>(data: Dataset<I, T>) => Split<I, T>) => {
  const { test, ...given } = optionsOf('split', drawingDefaults, options, ['test', 'key'])
  if (!(test > 0 && test < 1)) throw new ValueError({ who: 'split', expected: 'a part for testing between 0 and 1', received: shown(test) })
  const drawing = drawn('split', given)
  return (data) => {
    const count = wantsMany('split', data as Dataset<Shape, Shape>, 2)
    const tests = Math.min(count - 1, Math.max(1, Math.round(test * count)))
    const [own = [], rest = []] = partsOf('split', data as Dataset<Shape, Shape>, drawing, [test, 1 - test], (order) => [
      order.slice(0, tests),
      order.slice(tests),
    ])
    return { train: part(data, rest), test: part(data, own) }
  }
}

/**
 * The examples, shuffled by a key and cut into folds, whose sizes differ by at most one: as many splits, in each of which another fold is
 * the one to judge by and all others are there to learn from (cross-validation).
 *
 * @error `ValueError` for folds that are not a whole number of at least 2, or for fewer examples or groups than folds; `ShapeError` as `split`
 * @source Stone (1974), Cross-validatory choice and assessment of statistical predictions
 * @example
 * const costs = kFold({ folds: 5, key: key(1) })(data).map(({ train, test }) => judge(fit(train), test))
 */
export const kFold = (options: FoldOptions): (<I extends Shape, T extends Shape>(data: Dataset<I, T>) => readonly Split<I, T>[]) => {
  const { folds, ...given } = optionsOf('kFold', drawingDefaults, options, ['folds', 'key'])
  if (!isSize(folds) || folds < 2)
    throw new ValueError({ who: 'kFold', expected: 'a whole number of folds of at least 2', received: shown(folds) })
  const drawing = drawn('kFold', given)
  return (data) => {
    const count = wantsMany('kFold', data as Dataset<Shape, Shape>, folds)
    const start = (i: number): number => Math.floor((i * count) / folds)
    const places = Array.from({ length: folds }, (_, i) => i)
    const shares = places.map(() => 1 / folds)
    const parts = partsOf('kFold', data as Dataset<Shape, Shape>, drawing, shares, (order) =>
      places.map((i) => order.slice(start(i), start(i + 1))),
    )
    return parts.map((own, i) => ({ train: part(data, parts.filter((_, j) => j !== i).flat()), test: part(data, own) }))
  }
}
