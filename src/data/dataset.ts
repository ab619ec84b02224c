/** A data set: inputs and targets, one example along each first axis, checked once. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { DecodeError } from '../error/index.js'
import { fixed, type Shape, show } from '../shape/index.js'
import { numbersOf } from '../tensor/buffer.js'
import { wantsLiteral } from '../tensor/read.js'
import type { Batch, Tensor } from '../tensor/tensor.js'

export interface Dataset<I extends Shape, T extends Shape> {
  readonly x: Batch<I>
  readonly y: Batch<T>
}

const firstBad = (x: Tensor): number => numbersOf(wantsLiteral('dataset', x)).findIndex((value) => !Number.isFinite(value))

/**
 * Inputs and targets as a data set.
 *
 * @error `DecodeError` for no examples, different counts, or a number that is not finite (it says in which example)
 */
export const dataset = <I extends Shape, T extends Shape>(x: Batch<I>, y: Batch<T>): Either<DecodeError, Dataset<I, T>> => {
  const wrong = (expected: string, received: string, where?: string): Either<DecodeError, never> =>
    left(new DecodeError({ who: 'dataset', expected, received, ...(where === undefined ? {} : { where }) }))
  const [count, targets] = [x.shape[0], y.shape[0]]
  if (count !== targets) return wrong('as many targets as inputs', `${show(x.shape)} and ${show(y.shape)}`)
  if (count === 0) return wrong('at least one example', show(x.shape))
  for (const [name, values] of [
    ['x', x],
    ['y', y],
  ] as const) {
    const at = firstBad(values)
    const perExample = values.shape.slice(1).reduce((a, b) => a * b, 1)
    if (at >= 0)
      return wrong(
        'finite numbers',
        String(numbersOf(wantsLiteral('dataset', values))[at]),
        `${name}, example ${Math.floor(at / perExample)}`,
      )
  }
  return right(fixed({ x, y }))
}

/** How many examples there are. */
export const sizeOfDataset = ({ x }: Dataset<Shape, Shape>): number => x.shape[0]
