/**
 * Threefry-2x32, 20 rounds: a counter and a key to 64 random bits by additions, rotations and exclusive ors of uint32.
 * Integer rows only, so the same key gives the same bits on every machine, in every engine, eagerly or compiled.
 *
 * @source Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3
 */
import { tensors } from '../ops/apply.js'
import type { Shape } from '../shape/index.js'
import { uniform } from '../tensor/buffer.js'
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

/** Two uint32 tensors of one shape, encrypted under two more. */
export const threefry = ([k0, k1]: Pair, [c0, c1]: Pair): Pair => {
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
