/** Reading the numbers of a literal; a placeholder has none, and says so. */
import { ValueError } from '../error/index.js'
import { sizeOf } from '../shape/index.js'
import { type Literal, type Numbers, numbersOf } from './buffer.js'
import { noNumbers } from './expression.js'
import { wantsTensor } from './node.js'
import type { Tensor } from './tensor.js'

export const isLiteral = (x: Tensor): boolean => wantsTensor('isLiteral', x).kind === 'literal'

/** The literal behind a tensor, or the sentence that says why there is none. */
export const wantsLiteral = (who: string, x: Tensor): Literal => {
  const node = wantsTensor(who, x)
  if (node.kind === 'literal') return node
  throw noNumbers(who, node)
}

/**
 * A copy of the numbers, row by row.
 *
 * @error `ValueError` for a placeholder, whose numbers are not known
 * @example
 * toArray(vector([1, 2])) // => Float32Array [1, 2]
 */
export const toArray = (x: Tensor): Numbers => numbersOf(wantsLiteral('toArray', x)).slice()

/**
 * The number of a scalar.
 *
 * @error `ValueError` for a placeholder, whose number is not known, and for anything but one number
 * @example
 * toNumber(scalar(3)) // => 3
 */
export const toNumber = (x: Tensor): number => {
  const literal = wantsLiteral('toNumber', x)
  const [value] = numbersOf(literal)
  if (value === undefined || sizeOf(literal.shape) !== 1)
    throw new ValueError({ who: 'toNumber', expected: 'one number', received: literal.type })
  return value
}
