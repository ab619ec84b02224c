/** Batches of examples that come: those that are there, in the order that was asked for, and no more of them read than a batch takes. */
import * as fc from 'fast-check'
import { isLeft, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { batchesFrom, dataset, inSequence, type RawExample, type Stream } from '../../src/data/index.js'
import { orThrow } from '../../src/error/index.js'
import { dense, input } from '../../src/layer/index.js'
import { categorical, gaussian } from '../../src/likelihood/index.js'
import { adam } from '../../src/optimise/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { toArray, toNested, vector } from '../../src/tensor/index.js'
import { iterate, iterateAsync, train } from '../../src/train/index.js'

const spec = { input: [2], target: [1] } as const
const example = (i: number): RawExample => ({ x: [i, -i], y: 2 * i })
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)
const all = async <A>(batches: AsyncIterable<A>): Promise<readonly A[]> => {
  const found: A[] = []
  for await (const batch of batches) found.push(batch)
  return found
}
const firsts = async (batches: AsyncIterable<{ readonly x: Parameters<typeof toArray>[0] }>): Promise<readonly (readonly number[])[]> =>
  (await all(batches)).map(({ x }) => [...toArray(x)].filter((_, i) => i % 2 === 0))
/** Numbers that come one after the other, and how many were asked for. */
const counted = (count: number) => {
  const read = { rows: 0, left: false }
  const rows = async function* (): AsyncGenerator<number> {
    try {
      for (let i = 0; i < count; i++) {
        read.rows++
        yield i
      }
    } finally {
      read.left = true
    }
  }
  return { read, rows: rows() }
}

describe('batchesFrom', () => {
  it('gives the batches of the data set of all examples, padded or not, whether they come or are there', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        fc.boolean(),
        async (count, size, pad, weighted) => {
          const one = (i: number): RawExample => ({ ...example(i), ...(weighted ? { weight: i + 1 } : {}) })
          const weights = weighted ? { weights: numbers(count).map((i) => i + 1) } : {}
          const data = orThrow(dataset({ x: numbers(count).map((i) => [i, -i]), y: numbers(count).map((i) => 2 * i), ...weights }, spec))
          const wanted = [...inSequence(data, { size, pad })]
          for (const rows of [numbers(count), counted(count).rows] as readonly Stream<number>[])
            expect(sameTree(await all(batchesFrom(rows, spec, { size, pad, example: one })), wanted)).toBe(true)
        },
      ),
    ))
  it('takes examples as they are, of numbers, arrays or tensors, for shapes, classes and models', async () => {
    const given: readonly RawExample[] = [{ x: Float32Array.of(1, 2), y: 0 }, { x: Float32Array.of(3, 4), y: 2 }] // biome-ignore format: a table
    const tensors: readonly RawExample[] = [{ x: vector([1, 2]), y: vector([1, 0, 0]) }, { x: vector([3, 4]), y: vector([0, 0, 1]) }] // biome-ignore format: a table
    for (const rows of [given, tensors])
      for (const like of [{ input: [2], classes: 3 } as const, categorical(pipe(input(2), dense(3)))]) {
        const [batch] = await all(batchesFrom(rows, like, { size: 2 }))
        expect(batch && [toNested(batch.x), toNested(batch.y)]).toEqual([[[1, 2], [3, 4]], [[1, 0, 0], [0, 0, 1]]]) // biome-ignore format: a table
      }
  })
  it('reads a batch when it is asked for, and leaves its source when it is left', async () => {
    const { read, rows } = counted(1000)
    const batches = batchesFrom(rows, spec, { size: 8, example })[Symbol.asyncIterator]()
    expect(read.rows).toBe(0)
    for (let i = 1; i <= 5; i++) {
      await batches.next()
      expect(read.rows).toBe(8 * i)
    }
    await batches.return?.()
    expect([read.rows, read.left]).toEqual([40, true])
  })
  it('reads as far ahead as its buffer, if it shuffles, and no further', async () => {
    const { read, rows } = counted(1000)
    const batches = batchesFrom(rows, spec, { size: 8, example, shuffle: { buffer: 100, key: key(1) } })[Symbol.asyncIterator]()
    for (let i = 1; i <= 5; i++) {
      await batches.next()
      expect(read.rows).toBe(100 + 8 * i - 1)
    }
  })
  it('shuffled, holds every example once; one key gives one order, and none comes before the buffer is full', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        fc.nat(2 ** 31 - 1),
        async (count, buffer, seed) => {
          const shuffle = { buffer, key: key(seed) }
          const order = (await firsts(batchesFrom(counted(count).rows, spec, { size: 4, example, shuffle }))).flat()
          expect([...order].sort((a, b) => a - b)).toEqual(numbers(count))
          expect((await firsts(batchesFrom(numbers(count), spec, { size: 4, example, shuffle }))).flat()).toEqual(order)
          // The i-th is among those that had come by then.
          expect(order.every((i, place) => i < place + buffer)).toBe(true)
          if (buffer === 1) expect(order).toEqual(numbers(count))
        },
      ),
    ))
  it('shuffled with a buffer for all, puts each example into each place as often', async () => {
    const orders = await Promise.all(
      numbers(3000).map(async (seed) =>
        (await firsts(batchesFrom([0, 1, 2], spec, { size: 3, example, shuffle: { buffer: 3, key: key(seed) } }))).join(),
      ),
    )
    const counts = [...new Set(orders)].map((order) => orders.filter((other) => other === order).length)
    expect(counts.length).toBe(6)
    // Five standard deviations of a count of 3000 in which each of six is as likely.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt((3000 * 5) / 36))
  })
  it('draws anew however many come', async () => {
    const shuffle = { buffer: 2, key: key(3) }
    const order = (await firsts(batchesFrom(numbers(3100), spec, { size: 100, example, shuffle }))).flat()
    // Of two that wait, the one that came last is taken, or is not: that is what was drawn.
    const drawn = order.map((i, place) => Number(i === place + 1)).join('')
    expect(new Set([0, 1, 2].map((block) => drawn.slice(1024 * block, 1024 * (block + 1)))).size).toBe(3)
  })
  const refused = async (rows: readonly RawExample[]): Promise<string> =>
    all(batchesFrom(rows, spec, { size: 2 })).then(() => 'nothing refused', String)
  it('says which examples are none of that data set', async () => {
    const good = example(1)
    expect(await refused([good, good, good, { x: [1, 2, 3], y: 0 }])).toBe(
      'DecodeError: batchesFrom expects examples of a data set, receives dataset expects nested arrays of numbers, or a tensor, receives fromNested expects 2 entries in every bracket of a level, receives 3 (at [1]) (x) (examples 2 to 3)',
    )
    expect(await refused([good, good, { x: [1, Number.NaN], y: 0 }])).toBe(
      'DecodeError: batchesFrom expects examples of a data set, receives dataset expects finite numbers, receives NaN (x, example 0) (examples 2 to 2)',
    )
    expect(await refused([{ ...good, weight: 1 }, good])).toContain('(weights) (examples 0 to 1)')
    expect(await refused([7 as never])).toBe('ValueError: batchesFrom expects an example, { x, y }, receives 7')
  })
  it('says what it was given instead', () => {
    const of =
      (options: unknown, rows: unknown = []) =>
      () =>
        batchesFrom(rows as never, spec, options as never)
    expect(of({ size: 2 }, 7)).toThrow('batchesFrom expects rows that can be iterated, receives 7')
    expect(of({})).toThrow('batchesFrom expects a whole number of examples in a batch of at least 1, receives undefined')
    expect(of({ size: 2, pad: 1 })).toThrow('batchesFrom expects true or false for pad, receives 1')
    expect(of({ size: 2, example: 1 })).toThrow('batchesFrom expects an example of a row, a function, receives 1')
    expect(of({ size: 2, shuffle: true })).toThrow('batchesFrom expects a record of options, buffer or key, receives true')
    expect(of({ size: 2, shuffle: { buffer: 0, key: key(1) } })).toThrow(
      'batchesFrom expects a whole number of examples in the buffer of at least 1, receives 0',
    )
    expect(of({ size: 2, shuffle: { buffer: 2 } })).toThrow('batchesFrom expects a key, receives undefined')
    expect(of({ size: 2, epochs: 2 })).toThrow('receives the option epochs')
  })
})

describe('iterateAsync', () => {
  const { init, step } = train(gaussian(pipe(input(2), dense(1))), adam({ learningRate: 0.01 }))
  const start = init(key(1))
  const options = { size: 3, example, shuffle: { buffer: 5, key: key(2) } }
  it('is iterate over the same batches, bit for bit, whether a step takes its time or not', async () => {
    const batches = await all(batchesFrom(numbers(10), spec, options))
    const there = iterate(step)(start, batches)
    const same = async (result: ReturnType<ReturnType<typeof iterateAsync<typeof start, (typeof batches)[number]>>>) =>
      sameTree(orThrow(await result()), there)
    expect(await same(iterateAsync(step)(start, batchesFrom(counted(10).rows, spec, options)))).toBe(true)
    expect(await same(iterateAsync(step)(start, batches))).toBe(true)
    expect(
      await same(iterateAsync(async (state: typeof start, batch: (typeof batches)[number]) => step(state, batch))(start, batches)),
    ).toBe(true)
    expect(await iterateAsync(step)(start, [])()).toEqual(right(start))
  })
  it('asks for a batch when the step before is done', async () => {
    const { read, rows } = counted(9)
    const seen: number[] = []
    const slow = async (sum: number, row: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      seen.push(read.rows)
      return sum + row
    }
    expect(await iterateAsync(slow)(0, rows)()).toEqual(right(36))
    expect(seen).toEqual(numbers(9).map((i) => i + 1))
  })
  it('has on its left what the batches or a step fail with, and does nothing before it is run', async () => {
    const message = async (result: ReturnType<ReturnType<typeof iterateAsync<number, number>>>) =>
      pipe(await result(), (ended) => (isLeft(ended) ? ended.left.message : 'no error'))
    const broken = async function* (): AsyncGenerator<number> {
      yield 1
      throw new Error('the line is dead')
    }
    expect(await message(iterateAsync((sum: number, row: number) => sum + row)(0, broken()))).toBe('the line is dead')
    expect(await message(iterateAsync((_: number, row: number): number => { throw new Error(`no ${row}`) })(0, [7]))).toBe('no 7') // biome-ignore format: one line
    const { read, rows } = counted(3)
    iterateAsync((sum: number, row: number) => sum + row)(0, rows)
    expect(read.rows).toBe(0)
    expect(() => iterateAsync(7 as never)(0, [])).toThrow('iterateAsync expects a step, a function of state and batch, receives 7')
    expect(() => iterateAsync(step)(start, 7 as never)).toThrow('iterateAsync expects batches that can be iterated, receives 7')
  })
})
