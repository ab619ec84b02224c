/** Batches with weights, for the laws of objectives that take them. */
import type { Dataset } from '../../src/data/index.js'
import type { Objective } from '../../src/likelihood/index.js'
import { takeRows } from '../../src/ops/index.js'
import type { Shape } from '../../src/shape/index.js'
import { vector } from '../../src/tensor/index.js'

/** Whether a cost takes weights: one that does not refuses them in a sentence, which is right, too. */
export const takesWeights = <P, I extends Shape, T extends Shape>(model: Objective<P, I, T>, params: P): boolean =>
  model.cost(params).length >= 3

/** The examples at these places of a batch, each with its weight. */
export const weightedBatch = <I extends Shape, T extends Shape>(
  { x, y }: Dataset<I, T>,
  places: readonly number[],
  weights?: readonly number[],
): Dataset<I, T> => {
  const rows = vector(places, 'int32')
  const own = weights === undefined ? {} : { weights: vector(weights) }
  return { x: takeRows(rows)(x), y: takeRows(rows)(y), ...own }
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)

/** The batch, and so many examples more, of weight 0: its own again, from the last to the first. */
export const paddedBatch = <I extends Shape, T extends Shape>(batch: Dataset<I, T>, more: number): Dataset<I, T> => {
  const size = batch.x.shape[0]
  const weights = [...upTo(size).map(() => 1), ...upTo(more).map(() => 0)]
  return weightedBatch(batch, [...upTo(size), ...upTo(more).map((i) => size - 1 - (i % size))], weights)
}
