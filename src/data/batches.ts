/** Batches: every example once, in an order that a key gives. */
import { optionsOf, shown, ValueError, wantsBoolean } from '../error/index.js'
import { takeRows } from '../ops/index.js'
import { bits, type Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import { fixed, isSize, type Shape } from '../shape/index.js'
import { literalOf } from '../tensor/buffer.js'
import { ones, tensor } from '../tensor/create.js'
import { toArray } from '../tensor/read.js'
import type { Vector } from '../tensor/tensor.js'
import { type Dataset, wantsDataset } from './dataset.js'

/** 0 … n − 1 in an order that depends on the key alone: by random bits, ties by number. */
export const permutation =
  (n: number) =>
  (key: Key): Vector<number> => {
    const rank = toArray(bits([n])(key))
    return literalOf(
      [n],
      'int32',
      Int32Array.from({ length: n }, (_, i) => i).sort((i, j) => (rank[i] as number) - (rank[j] as number) || i - j),
    )
  }

export interface BatchOptions {
  /** How many examples a batch has; the last may have fewer. */
  readonly size: number
  /** The key of the order. Use another for every epoch: `foldIn(epoch)(key)`. */
  readonly key: Key
  /**
   * Whether the last batch has that many, too: what it lacks is filled up with its first example, of weight 0. All batches have one
   * shape then, and weights; a compiled step is compiled once.
   */
  readonly pad: boolean
}

/** The examples of these rows. */
export const examplesAt = <I extends Shape, T extends Shape>(data: Dataset<I, T>, rows: Vector<number>): Dataset<I, T> => {
  const { x, y, weights } = wantsDataset('examplesAt', data)
  const own = weights === undefined ? {} : { weights: takeRows(rows)(weights) }
  return { x: takeRows(rows)(x), y: takeRows(rows)(y), ...own }
}

/**
 * One epoch: every example once, shuffled, in batches; they are cut as they are asked for.
 *
 * @error `ValueError` for a size that is not a whole number of at least 1; `ShapeError` for targets of another count than inputs
 * @example
 * for (const batch of batches(data, { size: 128, key: foldIn(epoch)(key(7)) })) state = step(state, batch)
 */
export const batches = <I extends Shape, T extends Shape>(
  data: Dataset<I, T>,
  options: Pick<BatchOptions, 'size' | 'key'> & Partial<BatchOptions>,
): Iterable<Dataset<I, T>> => {
  const { size, key, pad } = optionsOf('batches', { pad: false }, options, ['size', 'key'])
  const { x } = wantsDataset('batches', data)
  return inOrder('batches', data, toArray(permutation(x.shape[0])(wantsKey('batches', key))) as Int32Array, { size, pad })
}

/** The examples in the order of the data, in batches: for evaluation. @error as `batches` */
export const inSequence = <I extends Shape, T extends Shape>(
  data: Dataset<I, T>,
  options: Pick<BatchOptions, 'size'> & Partial<Pick<BatchOptions, 'pad'>>,
): Iterable<Dataset<I, T>> => {
  const { size, pad } = optionsOf('inSequence', { pad: false }, options, ['size'])
  const { x } = wantsDataset('inSequence', data)
  return inOrder(
    'inSequence',
    data,
    Int32Array.from({ length: x.shape[0] }, (_, i) => i),
    { size, pad },
  )
}

/** As many examples as a batch has: those of these rows, then the first again, which the cost is defined at, of weight 0. */
export const padded = <I extends Shape, T extends Shape>(data: Dataset<I, T>, rows: Int32Array, size: number): Dataset<I, T> => {
  const filled = Int32Array.from({ length: size }, (_, i) => rows[i] ?? (rows[0] as number))
  const batch = examplesAt(data, literalOf([size], 'int32', filled))
  const weights = toArray(batch.weights ?? ones([size]))
  return {
    ...batch,
    weights: tensor(
      [size],
      weights.map((w, i) => (i < rows.length ? w : 0)),
      batch.weights?.precision,
    ),
  }
}

const inOrder = <I extends Shape, T extends Shape>(
  who: string,
  data: Dataset<I, T>,
  order: Int32Array,
  { size, pad }: Pick<BatchOptions, 'size' | 'pad'>,
): Iterable<Dataset<I, T>> => {
  if (!isSize(size) || size < 1) throw new ValueError({ who, expected: 'a whole batch size of at least 1', received: shown(size) })
  wantsBoolean(who, 'pad', pad)
  const own = fixed(data)
  const starts = Array.from({ length: Math.ceil(order.length / size) }, (_, i) => i * size)
  return {
    *[Symbol.iterator]() {
      for (const start of starts) {
        const rows = order.slice(start, start + size)
        yield pad ? padded(own, rows, size) : examplesAt(own, literalOf([rows.length], 'int32', rows))
      }
    },
  }
}
