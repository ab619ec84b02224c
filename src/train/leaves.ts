/** A batch cut into leaves, and what each contributes. */
import { shown, ValueError } from '../error/index.js'
import type { Objective } from '../likelihood/index.js'
import { slice } from '../ops/index.js'
import type { Key } from '../random/index.js'
import { isSize, type Shape } from '../shape/index.js'
import { scalar } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Examples } from './examples.js'
import { foldTree, type Share, shares } from './share.js'

/** Examples `first` to `first + size − 1` of a batch. */
export interface Leaf {
  readonly first: number
  readonly size: number
}

/** The leaves of a batch: contiguous, of sizes that differ by at most one; a small batch has fewer, an empty one an empty one. */
export const leavesOf = (examples: number, leaves: number): readonly Leaf[] => {
  if (!isSize(leaves) || leaves < 1)
    throw new ValueError({ who: 'train', expected: 'a whole number of leaves of at least 1', received: shown(leaves) })
  const start = (i: number): number => Math.floor((i * examples) / leaves)
  return Array.from({ length: leaves }, (_, i) => ({ first: start(i), size: start(i + 1) - start(i) })).filter(
    ({ size }, i) => size > 0 || (examples === 0 && i === 0),
  )
}

const part = (x: Tensor, { first, size }: Leaf): Tensor =>
  slice({ starts: x.shape.map((_, i) => (i === 0 ? first : 0)), sizes: [size, ...x.shape.slice(1)] })(x)

/** What one leaf of a batch contributes. Whoever computes it, wherever, gets the same bits. */
export const shareOf =
  <P, I extends Shape, T extends Shape>(model: Objective<P, I, T>) =>
  (params: P, key: Key) =>
  ({ x, y }: Examples<I, T>, leaf: Leaf): Share<P> => {
    const [cost, gradients] = model.gradient(params, key, leaf.first)(part(x, leaf) as typeof x, part(y, leaf) as typeof y)
    return { gradients, cost, examples: scalar(leaf.size) }
  }

/** The cost and the gradient of a batch, as the fold of its leaves over a fixed tree. */
export const foldedGradient =
  <P, I extends Shape, T extends Shape>(model: Objective<P, I, T>, leaves: number) =>
  (params: P, key: Key) =>
  (batch: Examples<I, T>): Share<P> =>
    foldTree(
      shares(params),
      leavesOf(batch.x.shape[0], leaves).map((leaf) => shareOf(model)(params, key)(batch, leaf)),
    )
