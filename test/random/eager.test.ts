/** Draws on literals take shorter ways than the ops of their definition, which a compiled draw runs: the same bits. */
import * as fc from 'fast-check'
import { is, List } from 'immutable'
import { describe, expect, it, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { blockSize, inBlocks } from '../../src/ops/blocks.js'
import { less } from '../../src/ops/comparison.js'
import { add, cast, mul, select, sqrt } from '../../src/ops/index.js'
import { bits, type Key, key, normal, uniformIn } from '../../src/random/index.js'
import { threefry } from '../../src/random/threefry.js'
import { full, type Tensor, tensor, toArray } from '../../src/tensor/index.js'

const word = fc.oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.nat({ max: 2 ** 32 - 1 }))
/** Words of a shape, one by one or all alike. */
const words = (size: number): fc.Arbitrary<Tensor> =>
  fc.oneof(
    fc.array(word, { minLength: size, maxLength: size }).map((xs) => tensor([size], xs, 'uint32')),
    word.map((x) => full([size], x, 'uint32')),
  )
const compiled = compile(wasm)((k0: Tensor, k1: Tensor, c0: Tensor, c1: Tensor) => threefry([k0, k1], [c0, c1]))

test('threefry of literals gives the words of its ops', () => {
  const operands = fc.nat({ max: 9 }).chain((size) => fc.tuple(words(size), words(size), words(size), words(size)))
  fc.assert(
    fc.property(operands, ([k0, k1, c0, c1]) => {
      expect(threefry([k0, k1], [c0, c1]).map(toArray)).toEqual(compiled(k0, k1, c0, c1).map(toArray))
    }),
    { numRuns: 300 },
  )
})

test('threefry refuses what its ops refuse', () => {
  const [floats, two, one] = [full([2], 1), full([2], 1, 'uint32'), full([1], 1, 'uint32')]
  expect(() => threefry([two, two], [floats, two])).toThrow('add expects one numeric precision, receives float32 and uint32')
  expect(() => threefry([two, two], [one, two])).toThrow('add')
})

describe('what is drawn eagerly has the bits of what is drawn compiled, around the size of a block', () => {
  const sizes = [0, 1, blockSize - 1, blockSize, blockSize + 1, 2 * blockSize + 3]
  it.each(sizes)('%d numbers', (size) => {
    const draw = (k: Key) => [bits([size])(k), uniformIn([size], -3, 5)(k), normal([size])(k), normal([size], 'float64')(k)]
    expect(is(List(draw(key(size))), List(compile(wasm)(draw)(key(size))))).toBe(true)
  })
  it('of several axes', () => {
    const draw = (k: Key) => normal([3, blockSize])(k)
    expect(is(draw(key(8)), compile(wasm)(draw)(key(8)))).toBe(true)
  })
})

test('a composite in blocks is the composite', () => {
  const odd = (i: number): number => [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, -1e-45, 1e-310, 3, -2.5][i % 8] ?? 0
  const f = (x: Tensor, y: Tensor): Tensor => select(sqrt(add(y)(x)) as Tensor, mul(0.1)(y) as Tensor)(less(x)(y)) as Tensor
  const copied = (x: Tensor, y: Tensor): Tensor => cast('float64')(cast('float32')(mul(y)(x)) as Tensor) as Tensor
  for (const precision of ['float32', 'float64'] as const)
    for (const shape of [[0], [blockSize + 1], [3, blockSize - 1]]) {
      const size = shape.reduce((a, b) => a * b, 1)
      const x = tensor(
        shape,
        Array.from({ length: size }, (_, i) => odd(i)),
        precision,
      )
      const y = tensor(
        shape,
        Array.from({ length: size }, (_, i) => odd(i * 3 + (i >> 3))),
        precision,
      )
      for (const g of [f, copied]) expect(is(inBlocks(g)(x, y), g(x, y))).toBe(true)
    }
})
