/** A data set in two parts, one to learn from and one to judge by. */
import { optionsOf, shown, ValueError } from '../error/index.js'
import type { Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import type { Shape } from '../shape/index.js'
import { vector } from '../tensor/create.js'
import { toArray } from '../tensor/read.js'
import { examplesAt, permutation } from './batches.js'
import { type Dataset, wantsDataset } from './dataset.js'

export interface SplitOptions {
  /** The part that is kept for testing, between 0 and 1: 0.2 is a fifth. */
  readonly test: number
  /** The key of the order in which examples are taken. */
  readonly key: Key
}
export interface Split<I extends Shape, T extends Shape> {
  readonly train: Dataset<I, T>
  readonly test: Dataset<I, T>
}

/**
 * The examples, shuffled by a key and cut in two; both parts have at least one.
 *
 * @error `ValueError` for a part that is not between 0 and 1, or for fewer than two examples
 * @example
 * const { train, test } = split({ test: 0.2, key: key(1) })(data)
 */
export const split = (options: SplitOptions): (<I extends Shape, T extends Shape>(data: Dataset<I, T>) => Split<I, T>) => {
  const { test, key } = optionsOf('split', {}, options, ['test', 'key'])
  if (!(test > 0 && test < 1)) throw new ValueError({ who: 'split', expected: 'a part for testing between 0 and 1', received: shown(test) })
  wantsKey('split', key)
  return (data) => {
    const count = wantsDataset('split', data).x.shape[0]
    if (count < 2) throw new ValueError({ who: 'split', expected: 'at least two examples', received: String(count) })
    const order = Array.from(toArray(permutation(count)(key)))
    const tests = Math.min(count - 1, Math.max(1, Math.round(test * count)))
    const part = (rows: readonly number[]): typeof data => examplesAt(data, vector(rows, 'int32'))
    return { train: part(order.slice(tests)), test: part(order.slice(0, tests)) }
  }
}
