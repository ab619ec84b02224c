/** An embedding is a product with one-hot rows, forward and backward, and says what is no index. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import { dense, type EmbeddingParams, embedding, flatten, input } from '../../src/layer/index.js'
import { categorical } from '../../src/likelihood/index.js'
import { matmul, oneHot } from '../../src/ops/index.js'
import { sgd } from '../../src/optimise/index.js'
import { sameTree } from '../../src/params/index.js'
import { key, normal } from '../../src/random/index.js'
import { type Batch, type Matrix, matrix, type Tensor, tensor, toArray, zeros } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

type Table = Matrix<5, 3>
type Words = Batch<readonly [4]>
const words = tensor([2, 4], [0, 3, 3, 1, 4, 0, 0, 0], 'int32') as Words
const table = normal([5, 3])(key(1)) as Table
/** Whole numbers, whose sums are exact in every order. */
const dy = tensor(
  [2, 4, 3],
  Array.from({ length: 24 }, (_, i) => ((7 * i) % 11) - 5),
) as Tensor
const net = pipe(input(4), embedding(5, 3))

describe('embedding', () => {
  const ours = (w: Table, x: Words): Tensor => batched((one: never) => net([{ weights: w }])(one))(x as never) as unknown as Tensor
  const theirs = (w: Table, x: Words): Tensor => matmul(w)(oneHot(5)(x) as never) as Tensor
  const both =
    (f: (w: Table, x: Words) => Tensor) =>
    (w: Table, x: Words, g: Tensor): readonly [Tensor, Tensor] => {
      const [y, back] = vjp((weights: Table) => f(weights, x))(w)
      return [y, back(g)]
    }

  test.each(Object.entries({ reference, wasm }))('is the product with one-hot rows, by %s', (_, engine) =>
    expect(sameTree(compile(engine)(both(ours))(table, words, dy), both(theirs)(table, words, dy))).toBe(true),
  )

  it('adds up the gradients of a row that is read several times, and has none for one that is not', () => {
    const ones = tensor([2, 4, 3], Array(24).fill(1))
    const gradient = both(ours)(table, words, ones)[1]
    expect(Array.from({ length: 5 }, (_, row) => toArray(gradient)[3 * row])).toEqual([4, 1, 0, 2, 1])
  })

  it('learns', () => {
    const { init, step } = train(categorical(pipe(input(4), embedding(5, 3), flatten, dense(2))), sgd({ learningRate: 0.5 }))
    const fast = compile(wasm)(step)
    const y = matrix([
      [1, 0],
      [0, 1],
    ])
    const states = Array.from({ length: 30 }).reduce<readonly ReturnType<typeof init>[]>(
      (all) => [...all, fast(all.at(-1) ?? init(key(3)), { x: words, y })],
      [],
    )
    const costs = states.map(({ cost }) => toArray(cost)[0] ?? Number.NaN)
    expect(costs.at(-1)).toBeLessThan(0.1 * (costs[0] ?? 0))
  })

  it('names what is no index', () => {
    const [params]: readonly EmbeddingParams<5, 3>[] = net.init(key(1))
    const of = (x: Tensor) => () => net([params as EmbeddingParams<5, 3>])(x as never)
    expect(of(zeros([4]))).toThrow("embedding expects int32 indices, receives float32; cast('int32') converts them")
    expect(of(tensor([4], [0, 1, 5, 2], 'int32'))).toThrow('embedding expects indices from 0 to 4, receives 5')
    expect(of(tensor([4], [0, 1, -1, 2], 'int32'))).toThrow('embedding expects indices from 0 to 4, receives -1')
    expect(() => embedding(0, 3)).toThrow('embedding expects whole sizes of at least 1, receives [0, 3]')
  })

  it('gives zeros for an index out of range, where indices are not known', () => {
    const y = ours(table, tensor([1, 4], [5, -1, 2, 7], 'int32') as Words)
    expect(Array.from(toArray(y)).map((v) => v !== 0)).toEqual(Array.from({ length: 12 }, (_, i) => Math.floor(i / 3) === 2))
  })
})
