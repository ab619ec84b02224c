/**
 * Weights of examples: how much each counts in the mean of a batch.
 *
 *     J(θ) = Σᵢ wᵢ ℓᵢ / Σᵢ wᵢ
 *
 * An example of weight 2 is one that stands there twice, one of weight 0 is not there: so a batch is padded to a size.
 */
import { shown, ValueError } from '../error/index.js'
import { abs, and, cast, div, equal, mul, select, sumAll } from '../ops/index.js'
import type { Shape } from '../shape/index.js'
import { show } from '../shape/index.js'
import { numbersOf } from '../tensor/buffer.js'
import { nodeOf, wantsTensor } from '../tensor/node.js'
import type { Batch, Scalar, Tensor, Vector } from '../tensor/tensor.js'

/** w·x, where what has no weight counts for nothing, infinite though it be: 0 · log 0 = 0. */
export const weighted =
  (weight: Tensor) =>
  (x: Tensor): Tensor => {
    const isNothing = and(equal(Number.POSITIVE_INFINITY)(abs(x)))(equal(0)(weight))
    return mul(select(0, x)(isNothing))(weight)
  }

/** A sum to divide by: 1 in place of 0, where all that would be divided is 0. */
export const orOne = (total: Scalar): Scalar => select(1, total)(equal(0)(total)) as Scalar

/**
 * Σ wᵢ xᵢ / Σ wᵢ, and 0 where all weights are 0. An x of weight 0 counts for nothing, infinite though it be.
 *
 * @shape   weights [N], x [N]
 * @error   `ShapeError` for another number of weights than of x
 * @example
 * weightedMean(vector([3, 1]))(vector([1, 5])) // 2
 */
export const weightedMean =
  (weights: Vector<number>) =>
  (x: Vector<number>): Scalar => {
    const own = cast(wantsTensor('weightedMean', x).precision)(weights)
    return div(orOne(sumAll(own)))(sumAll(weighted(own)(x)))
  }

/** Weights, one for each of so many examples, none below zero; while a step is traced, their numbers are not known, and not asked. */
export const wantsWeights = (who: string, count: number, weights: Tensor): void => {
  const { shape } = wantsTensor(who, weights)
  if (shape.length !== 1 || shape[0] !== count)
    throw new ValueError({ who, expected: `weights of [${count}], one for each example`, received: show(shape) })
  const node = nodeOf(weights)
  if (node.kind !== 'literal') return
  const numbers = numbersOf(node)
  const at = numbers.findIndex((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY))
  if (at >= 0)
    throw new ValueError({ who, expected: 'finite weights of at least 0', received: shown(numbers[at]), where: `weights, example ${at}` })
}

/** A function of examples, which may have weights. */
export type OfExamples<I extends Shape, T extends Shape, A> = (x: Batch<I>, y: Batch<T>, weights?: Vector<number>) => A

/**
 * The function of a batch with its weights, if it has any.
 *
 * @error  `ValueError` for weights where the function takes none: they would be lost
 */
export const takingWeights =
  <I extends Shape, T extends Shape, A>(who: string, f: OfExamples<I, T, A>): OfExamples<I, T, A> =>
  (x, y, weights) => {
    if (weights === undefined) return f(x, y)
    if (f.length >= 3) return f(x, y, weights)
    throw new ValueError({
      who,
      expected: 'a cost that takes the weights of examples, (x, y, weights) => …',
      received: 'weights, and a cost of x and y alone',
      hint: 'weightedMean(weights) in place of meanAll makes one',
    })
  }
