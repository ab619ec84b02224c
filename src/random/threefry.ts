/**
 * Threefry-2x32, 20 rounds: a counter and a key to 64 random bits by additions, rotations and exclusive ors of uint32.
 * Integer rows only, so the same key gives the same bits on every machine, in every engine, eagerly or compiled. On literals
 * one loop computes what the ops would.
 *
 * @source Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3
 */
import { tensors } from '../ops/apply.js'
import { encrypt } from '../ops/loop/threefry.js'
import { type Shape, sameShape, sizeOf } from '../shape/index.js'
import { allocate, fewestNumbersOf, type Literal, literalOf, uniform } from '../tensor/buffer.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'

type Pair = readonly [Tensor, Tensor]

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const
const parity = 0x1bd11bda

const round = ([a, b]: Pair, bits: number): Pair => {
  const sum = tensors.add(a, b)
  return [sum, tensors.xor(tensors.rotateLeft(b, { bits }), sum)]
}

const byOps = ([k0, k1]: Pair, [c0, c1]: Pair): Pair => {
  const constant = (value: number): Tensor => uniform(k0.shape as Shape, 'uint32', value)
  const k2 = tensors.xor(tensors.xor(k0, k1), constant(parity))
  const schedule = [k0, k1, k2] as const
  const keyAt = (i: number): Tensor => schedule[(i % 3) as 0 | 1 | 2]
  return [0, 1, 2, 3, 4].reduce<Pair>(
    (block, i) => {
      const [a, b] = rotations[(i % 2) as 0 | 1].reduce(round, block)
      return [tensors.add(a, keyAt(i + 1)), tensors.add(tensors.add(b, keyAt(i + 2)), constant(i + 1))]
    },
    [tensors.add(c0, k0), tensors.add(c1, k1)],
  )
}

/** A literal of uint32, whose words may be read. */
const literalIn = (x: Tensor, shape: Shape): Literal | undefined => {
  const node = wantsTensor('threefry', x)
  return node.kind === 'literal' && node.precision === 'uint32' && sameShape(node.shape, shape) ? node : undefined
}
const wordsOf = (x: Literal): Uint32Array => fewestNumbersOf(x) as Uint32Array

/** Two uint32 tensors of one shape, encrypted under two more. */
export const threefry = (key: Pair, counter: Pair): Pair => {
  const { shape } = wantsTensor('threefry', key[0])
  const [k0, k1, c0, c1] = [...key, ...counter].map((x) => literalIn(x, shape))
  // Nothing is read where not all can be: the numbers of a literal may not be made yet.
  if (k0 === undefined || k1 === undefined || c0 === undefined || c1 === undefined) return byOps(key, counter)
  const size = sizeOf(shape)
  const [a, b] = [allocate('uint32', size), allocate('uint32', size)] as [Uint32Array, Uint32Array]
  encrypt([a, b], [wordsOf(k0), wordsOf(k1)], [wordsOf(c0), wordsOf(c1)], parity)
  return [literalOf(shape, 'uint32', a), literalOf(shape, 'uint32', b)]
}
