/** A column of numbers as one feature: x, as it is, where none is missing. */
import { ValueError } from '../../error/index.js'
import { fixed } from '../../shape/index.js'
import { toArray } from '../../tensor/read.js'
import { rowOf, wantsNumericColumn } from './column.js'
import { featuresOf, wantsFeatures } from './features.js'
import { knowsAll, type NumericColumn, type Transform } from './transform.js'

const who = 'numericColumn'

/** Numbers of which none is missing, or the sentence that says which row is. */
const wantsNumbers = (column: NumericColumn, where: string | undefined): readonly number[] => {
  const row = wantsNumericColumn(who, column, where).indexOf(undefined)
  if (row < 0) return column as readonly number[]
  throw new ValueError({
    who,
    expected: 'a number in every row',
    received: 'a missing one',
    hint: 'let imputer() say what stands for it',
    where: rowOf(where, row),
  })
}

/** There is nothing to fit: this is the transform. */
export const numericColumnOf = (): Transform<NumericColumn, true> =>
  fixed<Transform<NumericColumn, true>>({
    takes: 'numbers',
    inputs: 1,
    outputs: 1,
    apply: (x, where) => {
      const numbers = wantsNumbers(x, where)
      return featuresOf(who, [numbers.length, 1], numbers, 'float64', where)
    },
    inverse: (features) => Array.from(toArray(wantsFeatures(who, features, 1))),
    names: (inputs = ['x']) => inputs,
    unknown: knowsAll,
    description: { kind: who },
  })

/**
 * The numbers themselves as a feature, in float64: a date in milliseconds has more digits than float32 before it is scaled.
 *
 * @shape  N numbers → [N, 1]
 * @error  `ValueError` for a number that is missing or not finite; it says in which row
 * @example
 * pipeline(numericColumn, standardScaler)([5.1, 4.9, 6.3]).apply([5.1]) // float64 [1, 1]
 */
export const numericColumn = (examples: NumericColumn, where?: string): Transform<NumericColumn, true> => {
  wantsNumbers(examples, where)
  return numericColumnOf()
}
