/**
 * Rows that do not fill vectors, taken together until they do: of rows of six, two are three vectors. What is the same in every row, such as a
 * bias, stands in registers, turned as each vector of the rows needs it.
 */
import type { Pointwise, PointwiseInput } from '../../program/instruction.js'
import { isDouble } from './double-lanes.js'

/** So many operations, in all vectors of the rows, that code is not longer than it is worth. */
const mostOperations = 128

const isStraight = ({ inner: step, outer: row }: PointwiseInput, inner: number): boolean => step === 1 && row === inner
export const isRepeated = ({ inner: step, outer: row }: PointwiseInput): boolean => step === 1 && row === 0
const isOne = ({ inner: step, outer: row }: PointwiseInput): boolean => step === 0 && row === 0

/** How many rows are taken together; 1 where it is no use, or there are rows that neither run on nor repeat. */
export const rowsTogether = ({ inner, outer, inputs, steps }: Pointwise): number => {
  const rows = inner % 4 === 0 ? 1 : inner % 2 === 0 ? 2 : 4
  const isKnown = inputs.every((input) => isStraight(input, inner) || isRepeated(input) || isOne(input))
  const isShort = ((rows * inner) / 4) * steps.length <= mostOperations
  return isKnown && isShort && outer >= rows && !steps.some(({ operation }) => isDouble(operation)) ? rows : 1
}

/** Where the four elements of a vector of such rows stand in a row. */
export const placesIn = (inner: number, vector: number): readonly number[] => [0, 1, 2, 3].map((lane) => (4 * vector + lane) % inner)
