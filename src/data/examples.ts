/**
 * Data sets made of data sets, example by example.
 *
 *     mapExamples(f)(data)[i] = f(data[i]),   filterExamples(p)(data) = [data[i] | p(data[i], i)],   shuffle(k)(data)[i] = data[π(i)]
 */
import { optionsOf, ValueError, wantsBoolean, wantsFunction, wantsRecord } from '../error/index.js'
import { type BatchOf, batched } from '../graph/index.js'
import { at } from '../ops/index.js'
import type { Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import type { Shape } from '../shape/index.js'
import { vector } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import { examplesAt, permutation } from './batches.js'
import { type Dataset, wantsDataset } from './dataset.js'

/** An input and its target. */
export interface Example<I extends Shape, T extends Shape> {
  readonly x: Tensor<I>
  readonly y: Tensor<T>
}

/**
 * Every example, changed by a function of one, which is written with ops: it is batched, and weights stay as they are.
 *
 *     mapExamples(f)(data)[i] = f(data[i])
 *
 * @shape  f: ([...I], [...T]) → ([...J], [...U]); [N, ...I], [N, ...T] → [N, ...J], [N, ...U]
 * @error  `ValueError` for what is no function, and for one that gives no example
 * @example
 * pipe(data, mapExamples(({ x, y }) => ({ x: div(255)(x), y })))
 */
export const mapExamples = <I extends Shape, T extends Shape, J extends Shape, U extends Shape>(
  f: (example: Example<I, T>) => Example<J, U>,
): ((data: Dataset<I, T>) => Dataset<J, U>) => {
  wantsFunction('mapExamples', 'a function of an example, { x, y }', f)
  const one = (example: Example<I, T>): Example<J, U> => {
    const { x, y } = wantsRecord('mapExamples', 'a function that gives an example, { x, y }', f(example))
    return { x, y }
  }
  return (data) => {
    const { x, y, weights } = wantsDataset('mapExamples', data)
    const changed = batched(one)({ x, y } as BatchOf<Example<I, T>>) as unknown as Dataset<J, U>
    return wantsDataset('mapExamples', { ...changed, ...(weights === undefined ? {} : { weights }) })
  }
}

/**
 * The examples that a condition holds for, in their order, with their weights. The condition is asked of one example after the other, and
 * reads their numbers.
 *
 * @error  `ValueError` for what is no function, for one that answers anything but true or false, and where no example is left
 * @example
 * pipe(data, filterExamples(({ y }) => toNumber(y) < 50))
 * pipe(data, filterExamples((_, i) => years[i] !== 2020))
 */
export const filterExamples = <I extends Shape, T extends Shape>(
  holds: (example: Example<I, T>, index: number) => boolean,
): ((data: Dataset<I, T>) => Dataset<I, T>) => {
  wantsFunction('filterExamples', 'a condition, a function of an example and its number', holds)
  return (data) => {
    const { x, y } = wantsDataset('filterExamples', data)
    const rows = Array.from({ length: x.shape[0] }, (_, i) => i).filter((i) =>
      wantsBoolean('filterExamples', 'whether an example stays', holds({ x: at(i)(x) as Tensor<I>, y: at(i)(y) as Tensor<T> }, i)),
    )
    if (rows.length > 0) return examplesAt(data, vector(rows, 'int32'))
    throw new ValueError({ who: 'filterExamples', expected: 'a condition that holds for an example', received: 'one that holds for none' })
  }
}

export interface ShuffleOptions {
  /** The key of the order. */
  readonly key: Key
}

/**
 * All examples, in an order that depends on the key alone. `batches` shuffles by itself, in every epoch by another key.
 *
 * @error  `ValueError` for what is no key
 * @example
 * pipe(data, shuffle({ key: key(1) }))
 */
export const shuffle = (options: ShuffleOptions): (<I extends Shape, T extends Shape>(data: Dataset<I, T>) => Dataset<I, T>) => {
  const { key } = optionsOf('shuffle', {}, options, ['key'])
  wantsKey('shuffle', key)
  return (data) => examplesAt(data, permutation(wantsDataset('shuffle', data).x.shape[0])(key))
}
