/** A batch cut into parts, and what each contributes. */
import type { Dataset } from '../data/index.js'
import { shown, ValueError } from '../error/index.js'
import type { Objective } from '../likelihood/index.js'
import { takingWeights } from '../likelihood/weights.js'
import { cast, slice, sumAll } from '../ops/index.js'
import type { Key } from '../random/index.js'
import { isSize, type Shape } from '../shape/index.js'
import { scalar } from '../tensor/create.js'
import type { Tensor, Vector } from '../tensor/tensor.js'
import { foldTree, type Share, shares } from './share.js'

/** Examples `first` to `first + size − 1` of a batch. */
export interface Part {
  readonly first: number
  readonly size: number
}

/** The parts of a batch: contiguous, of sizes that differ by at most one; a small batch has fewer, an empty one an empty one. */
export const partsOf = (examples: number, parts: number): readonly Part[] => {
  if (!isSize(parts) || parts < 1)
    throw new ValueError({ who: 'train', expected: 'a whole number of parts of at least 1', received: shown(parts) })
  const start = (i: number): number => Math.floor((i * examples) / parts)
  return Array.from({ length: parts }, (_, i) => ({ first: start(i), size: start(i + 1) - start(i) })).filter(
    ({ size }, i) => size > 0 || (examples === 0 && i === 0),
  )
}

const cut = (x: Tensor, { first, size }: Part): Tensor =>
  slice({ starts: x.shape.map((_, i) => (i === 0 ? first : 0)), sizes: [size, ...x.shape.slice(1)] })(x)

/** What one part of a batch contributes. Whoever computes it, wherever, gets the same bits. */
export const shareOf =
  <P, I extends Shape, T extends Shape>(model: Objective<P, I, T>) =>
  (params: P, key: Key) =>
  ({ x, y, weights }: Dataset<I, T>, part: Part): Share<P> => {
    const own = weights === undefined ? undefined : (cut(weights, part) as Vector<number>)
    const gradient = takingWeights('step', model.gradient(params, key, part.first))
    const [cost, gradients] = gradient(cut(x, part) as typeof x, cut(y, part) as typeof y, own)
    return { gradients, cost, examples: own === undefined ? scalar(part.size) : cast('float32')(sumAll(own)) }
  }

/** The cost and the gradient of a batch, as the fold of its parts over a fixed tree. */
export const foldedGradient =
  <P, I extends Shape, T extends Shape>(model: Objective<P, I, T>, parts: number) =>
  (params: P, key: Key) =>
  (batch: Dataset<I, T>): Share<P> =>
    foldTree(
      shares(params),
      partsOf(batch.x.shape[0], parts).map((part) => shareOf(model)(params, key)(batch, part)),
    )
