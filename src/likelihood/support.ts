/** The targets that a distribution can give: a cost of any others would fall without end, or mean nothing. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { shown, ValueError, wantsWhole } from '../error/index.js'
import { fixed, sizeOf } from '../shape/index.js'
import { numbersOf } from '../tensor/buffer.js'
import { nodeOf } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import type { Likelihood, Support } from './likelihood.js'

/** Any numbers. */
export const realNumbers: Support = fixed({ expected: 'finite numbers', holds: (y) => y.every(Number.isFinite) })
/** Probabilities, 0 and 1 among them: a target between is a mixture of both. */
export const probabilities: Support = fixed({ expected: 'numbers from 0 to 1', holds: (y) => y.every((p) => p >= 0 && p <= 1) })
/** Numbers above 0. */
export const positiveNumbers: Support = fixed({
  expected: 'finite numbers above 0',
  holds: (y) => y.every((v) => v > 0 && v < Number.POSITIVE_INFINITY),
})
const isCount = (v: number): boolean => Number.isInteger(v) && v >= 0
/** How often something happened. */
export const counts: Support = fixed({ expected: 'whole numbers of at least 0', holds: (y) => y.every(isCount) })
/** How often something happened, of so many trials. */
export const countsUpTo = (trials: number): Support => {
  const most = wantsWhole('countsUpTo', 'trials', trials)
  return fixed({ expected: `whole numbers from 0 to ${most}`, holds: (y) => y.every((v) => isCount(v) && v <= most) })
}
/** The number of one of so many classes. */
export const classNumbers = (classes: number): Support => {
  const many = wantsWhole('classNumbers', 'classes', classes)
  return fixed({ expected: `a class from 0 to ${many - 1}`, holds: (y) => y.every((v) => isCount(v) && v < many) })
}
/** How far from 1 a sum of float32 probabilities may be. */
const slack = 1e-3
/** A distribution over the classes; one-hot in most data sets. */
export const distributions: Support = fixed({
  expected: 'one 1 among zeros, or probabilities of sum 1',
  holds: (y) => probabilities.holds(y) && Math.abs(y.reduce((sum, p) => sum + p, 0) - 1) <= slack,
})

/**
 * Whether the likelihood supports every target of a batch. Of a batch whose numbers are not known, while a step is traced, nothing is asked.
 *
 * @error  `ValueError`, with the first example that is not supported
 */
export const supported = (who: string, { name, support }: Pick<Likelihood, 'name' | 'support'>, y: Tensor): Either<ValueError, void> => {
  const node = nodeOf(y)
  if (node.kind !== 'literal' || support === undefined) return right(undefined)
  const [count = 0, ...each] = node.shape
  const [numbers, size] = [numbersOf(node), sizeOf(each)]
  const target = (i: number): readonly number[] => Array.from(numbers.subarray(i * size, (i + 1) * size))
  const wrong = Array.from({ length: count }, (_, i) => i).find((i) => !support.holds(target(i)))
  if (wrong === undefined) return right(undefined)
  return left(
    new ValueError({
      who,
      expected: `targets of ${name}, ${support.expected}`,
      received: shown(target(wrong)),
      where: `y, example ${wrong}`,
    }),
  )
}
