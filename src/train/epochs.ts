/** Epochs as single calls: the data lie where an engine computes, and what goes there for an epoch is the order of its examples. */

import { wantsDataset } from '../data/dataset.js'
import { type BatchOptions, type Dataset, examplesAt, permutation } from '../data/index.js'
import { compile, type Engine } from '../engine/index.js'
import { optionsOf, shown, ValueError, wantsBoolean, wantsFunction, wantsWhole } from '../error/index.js'
import { scan } from '../graph/index.js'
import { mul } from '../ops/index.js'
import type { Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import type { Shape } from '../shape/index.js'
import { literalOf } from '../tensor/buffer.js'
import { tensor } from '../tensor/create.js'
import { toArray } from '../tensor/read.js'
import type { Matrix, Vector } from '../tensor/tensor.js'

export type EpochsOptions = Pick<BatchOptions, 'size' | 'pad'>

/** The examples of an epoch, by their numbers: batches of one size, and what is left. */
interface Order {
  readonly whole?: readonly [rows: Matrix<number, number>, mask?: Matrix<number, number>]
  readonly rest?: Vector<number>
}

/** The order that `batches` gives, and, where it pads, which rows count. */
const orderOf = ({ x, weights }: Dataset<Shape, Shape>, { size, pad }: EpochsOptions, key: Key): Order => {
  const order = toArray(permutation(x.shape[0])(key)) as Int32Array
  const count = pad ? Math.ceil(order.length / size) : Math.floor(order.length / size)
  const rows = Int32Array.from({ length: count * size }, (_, i) => order[i] ?? (order[(count - 1) * size] as number))
  const mask = Array.from(rows, (_, i) => (i < order.length ? 1 : 0))
  const rest = order.slice(count * size)
  const shape = [count, size] as const
  const whole: Order['whole'] = [
    literalOf(shape, 'int32', rows),
    ...(pad ? ([tensor(shape, mask, weights?.precision)] as const) : ([] as const)),
  ]
  return {
    ...(count === 0 ? {} : { whole }),
    ...(rest.length === 0 ? {} : { rest: literalOf([rest.length], 'int32', rest) }),
  }
}

/**
 * The explicit loop over the batches of an epoch, as one call of an engine: the data go there once, with the first epoch, and afterwards only numbers of rows. Bit for
 * bit
 *
 *     epochs(engine)(step, data, { size })(state, key) = iterate(compile(engine)(step))(state, batches(data, { size, key }))
 *
 * which copies every batch in and every state out. The last batch, if it is smaller, or padded (`pad`), belongs to the same program.
 *
 * @shape   examples [N, …I] and [N, …T]
 * @error   `ValueError` for a size that is not a whole number of at least 1, for what is no engine, step, data set or key
 * @source  §8.1.3, minibatches; jax.lax.scan over an epoch
 * @example
 * const epoch = epochs(wasm)(step, data, { size: 128 })
 * let state = init(key(42))
 * for (let e = 1; e <= 10; e++) state = epoch(state, foldIn(e)(key(7)))
 */
export const epochs =
  (engine: Engine) =>
  <S, I extends Shape, T extends Shape>(
    step: (state: S, batch: Dataset<I, T>) => S,
    data: Dataset<I, T>,
    options: Pick<EpochsOptions, 'size'> & Partial<EpochsOptions>,
  ): ((state: S, key: Key) => S) => {
    wantsFunction('epochs', 'a step, a function of state and batch', step)
    if (typeof engine?.prepare !== 'function')
      throw new ValueError({ who: 'epochs', expected: 'an engine', received: shown(engine), hint: 'epochs(engine)(step, data, { size })' })
    const own = wantsDataset('epochs', data)
    const { size, pad } = optionsOf('epochs', { pad: false }, options, ['size'])
    wantsWhole('epochs', 'examples in a batch', size)
    wantsBoolean('epochs', 'pad', pad)
    const batchOf = (rows: Vector<number>, mask?: Vector<number>): Dataset<I, T> => {
      const batch = examplesAt(own, rows)
      if (mask === undefined) return batch
      return { ...batch, weights: batch.weights === undefined ? mask : mul(mask)(batch.weights) }
    }
    const through = (state: unknown, { whole, rest }: Order): unknown => {
      const body = (each: S, [rows, mask]: readonly [Vector<number>, Vector<number>?]) => [step(each, batchOf(rows, mask)), []] as const
      const after = (whole === undefined ? state : scan(body as never)(state as never, whole as never)[0]) as S
      return rest === undefined ? after : step(after, batchOf(rest))
    }
    const epoch = compile(engine)(through as (state: object, order: Order) => object)
    return (state, key) => epoch(state as object, orderOf(own, { size, pad }, wantsKey('epochs', key))) as S
  }
