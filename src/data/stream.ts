// mutates: its own buffer of examples, and the count of those that came, escapes: nothing
/**
 * Batches of examples that come one after the other, from a file that is larger than memory, or from elsewhere. None is asked for before
 * it is needed.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import { DecodeError, optionsOf, wantsBoolean, wantsFunction, wantsRecord, wantsStream, wantsWhole } from '../error/index.js'
import { stack } from '../ops/index.js'
import { bits, foldIn, type Key } from '../random/index.js'
import { wantsKey } from '../random/key.js'
import { Expression } from '../tensor/expression.js'
import { type Nested, type Tensor, toArray } from '../tensor/index.js'
import { padded } from './batches.js'
import { type DatasetOf, type DatasetSpec, dataset } from './dataset.js'

/** What comes one after the other: now, or as it is ready. */
export type Stream<A> = AsyncIterable<A> | Iterable<A>

/** An example as it comes: numbers, nested arrays, typed arrays or tensors; a target may be the number of its class. */
export interface RawExample {
  readonly x: Nested | number | Tensor
  readonly y: Nested | number | Tensor
  /** How much it counts, at least 0; 1 if nothing is said. Of one stream, all examples have one or none has. */
  readonly weight?: number
}

export interface StreamOptions<R> {
  /** How many examples a batch has; the last may have fewer. */
  readonly size: number
  /** The example of a row; without it, rows are examples. */
  readonly example?: (row: R) => RawExample
  /** Whether the last batch has that many, too, as those of `batches`: filled up with examples of weight 0. */
  readonly pad?: boolean
  /**
   * How far examples are mixed: each is the one that a key chooses among so many that wait. With as many as there are examples, every order
   * is as likely.
   */
  readonly shuffle?: { readonly buffer: number; readonly key: Key }
}

const who = 'batchesFrom'
/** How many places are drawn at once. */
const block = 1024

/** The rows, each the one that the key chooses among those that wait. */
async function* mixed<R>(rows: Stream<R>, buffer: number, key: Key): AsyncGenerator<R, void, undefined> {
  const waiting: R[] = []
  let taken = 0
  let drawn: ArrayLike<number> = []
  /** The row that is chosen, whose place the last takes. */
  const take = (): R => {
    if (taken % block === 0) drawn = toArray(bits([block])(foldIn(Math.floor(taken / block))(key)))
    const place = Math.floor(((drawn[taken % block] as number) / 2 ** 32) * waiting.length)
    const last = waiting.pop() as R
    const [chosen] = place < waiting.length ? waiting.splice(place, 1, last) : [last]
    taken++
    return chosen as R
  }
  for await (const row of rows) {
    waiting.push(row)
    if (waiting.length >= buffer) yield take()
  }
  while (waiting.length > 0) yield take()
}

/** So many rows at a time, the last as many as are left. */
async function* inPieces<R>(rows: Stream<R>, size: number): AsyncGenerator<readonly R[], void, undefined> {
  let piece: R[] = []
  for await (const row of rows) {
    piece.push(row)
    if (piece.length === size) {
      yield piece
      piece = []
    }
  }
  if (piece.length > 0) yield piece
}

/** What examples have of one kind, as a data set takes it. */
const together = (parts: readonly (Nested | number | Tensor)[]): Nested | Tensor =>
  parts.every((part) => part instanceof Expression) ? stack(parts as readonly Tensor[]) : (parts as Nested)

const exampleOf = (given: RawExample): RawExample => wantsRecord(who, 'an example, { x, y }', given)
/** The batch of some examples, checked as every data set is. */
const batchOf = <D extends DatasetSpec>(examples: readonly RawExample[], spec: D, first: number): DatasetOf<D> => {
  const weights = examples.some(({ weight }) => weight !== undefined)
  const given = {
    x: together(examples.map(({ x }) => x)),
    y: together(examples.map(({ y }) => y)),
    ...(weights ? { weights: examples.map(({ weight }) => weight as number) } : {}),
  }
  const made = dataset(given, spec)
  if (!isLeft(made)) return made.right
  const where = `examples ${first} to ${first + examples.length - 1}`
  throw new DecodeError({ who, expected: 'examples of a data set', received: made.left.message, where })
}

/**
 * Batches of examples that come one after the other. Every batch is checked as a data set is; the next rows are asked for when the next
 * batch is, and no more than it takes.
 *
 * @param rows     what comes: rows of a table, say, from `csvStream`
 * @param spec     as `dataset`'s: the shapes of an input and of a target, or a model
 * @error  `ValueError` for options that there are not, and for rows that cannot be iterated; the iteration fails with a `DecodeError` for
 *         examples that are none of that data set (it says which), and with whatever the source fails with
 * @source Abadi et al. (2016), TensorFlow: a system for large-scale machine learning (the buffer of `tf.data`'s shuffle)
 * @example
 * const example = (row: Flower) => ({ x: [row.length, row.width], y: species.indexOf(row.species) })
 * for await (const batch of batchesFrom(rows, { input: [2], classes: 3 }, { size: 32, example })) state = step(state, batch)
 */
export const batchesFrom = <const D extends DatasetSpec, R = RawExample>(
  rows: Stream<R>,
  spec: D,
  options: StreamOptions<R>,
): AsyncIterable<DatasetOf<D>> => {
  wantsStream(who, 'rows that can be iterated', rows)
  const { size, pad, example, shuffle } = optionsOf(who, { pad: false }, options, ['size', 'example', 'shuffle'])
  wantsWhole(who, 'examples in a batch', size)
  wantsBoolean(who, 'pad', pad)
  if (example !== undefined) wantsFunction(who, 'an example of a row, a function', example)
  const mixing = shuffle === undefined ? undefined : optionsOf(who, {}, shuffle, ['buffer', 'key'])
  if (mixing !== undefined) {
    wantsWhole(who, 'examples in the buffer', mixing.buffer)
    wantsKey(who, mixing.key)
  }
  const toExample = (row: R): RawExample => exampleOf(example === undefined ? (row as unknown as RawExample) : example(row))
  return {
    async *[Symbol.asyncIterator]() {
      let first = 0
      for await (const piece of inPieces(mixing === undefined ? rows : mixed(rows, mixing.buffer, mixing.key), size)) {
        const batch = batchOf(piece.map(toExample), spec, first)
        yield pad ? (padded(batch as never, Int32Array.from(piece.keys()), size) as DatasetOf<D>) : batch
        first += piece.length
      }
    },
  }
}
