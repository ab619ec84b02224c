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
import { fewestNumbersOf, literalOf, uniform } from '../tensor/buffer.js'
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

/** The words of a literal of uint32. */
const wordsOf = (x: Tensor, shape: Shape): Uint32Array | undefined => {
  const node = wantsTensor('threefry', x)
  const numbers = node.kind === 'literal' && sameShape(node.shape, shape) ? fewestNumbersOf(node) : undefined
  return numbers instanceof Uint32Array ? numbers : undefined
}

/** Two uint32 tensors of one shape, encrypted under two more. */
export const threefry = (key: Pair, counter: Pair): Pair => {
  const { shape } = wantsTensor('threefry', key[0])
  const [k0, k1, c0, c1] = [...key, ...counter].map((x) => wordsOf(x, shape))
  if (k0 === undefined || k1 === undefined || c0 === undefined || c1 === undefined) return byOps(key, counter)
  const size = sizeOf(shape)
  const [a, b] = [new Uint32Array(size), new Uint32Array(size)]
  encrypt([a, b], [k0, k1], [c0, c1], parity)
  return [literalOf(shape, 'uint32', a), literalOf(shape, 'uint32', b)]
}
