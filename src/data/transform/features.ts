/** Features [N, D] from numbers, and numbers from features: float64 inside, rounded once. */
import { ShapeError, shown, ValueError } from '../../error/index.js'
import { isFloat, type Precision } from '../../prim/index.js'
import { show } from '../../shape/index.js'
import { allocate, literalOf, type Numbers, rounded } from '../../tensor/buffer.js'
import { toArray, wantsLiteral } from '../../tensor/read.js'
import { rowOf } from './column.js'
import type { Features } from './transform.js'

/** The first number that is not finite, or the sentence that names its row and its column. */
const wantsFinite = (who: string, expected: string, numbers: Numbers, width: number, where: string | undefined): void => {
  const at = numbers.findIndex((value: number) => !Number.isFinite(value))
  if (at < 0) return
  throw new ValueError({
    who,
    expected,
    received: shown(numbers[at]),
    where: `${rowOf(where, Math.floor(at / width))}, column ${at % width}`,
  })
}

/**
 * Features of these numbers, row by row.
 *
 * @error `ValueError` for a number that the precision does not hold
 */
export const featuresOf = (
  who: string,
  shape: Features['shape'],
  numbers: ArrayLike<number>,
  precision: Precision,
  where?: string,
): Features => {
  const own = rounded(precision, numbers)
  wantsFinite(who, `numbers that ${precision} holds`, own, shape[1], where)
  return literalOf(shape, precision, own)
}

/** Features whose numbers are those that a function gives for each row and column. @error as `featuresOf` */
export const tabulated = (
  who: string,
  shape: Features['shape'],
  precision: 'float32' | 'float64',
  f: (row: number, column: number) => number,
  where?: string,
): Features => {
  const width = shape[1]
  const numbers = allocate(precision, shape[0] * width, who).map((_, i) => f(Math.floor(i / width), i % width))
  return featuresOf(who, shape, numbers, precision, where)
}

/** Features, of so many columns where that is known, whose numbers are finite; or the sentence that says what was given in their place. */
export const wantsFeatures = (who: string, x: Features, inputs?: number, where?: string): Features => {
  const { shape } = wantsLiteral(who, x)
  if (shape.length !== 2 || (inputs !== undefined && shape[1] !== inputs))
    throw new ShapeError(`${who} expects features [N, ${inputs ?? 'D'}], receives ${show(shape)}`)
  wantsFinite(who, 'finite numbers', toArray(x), x.shape[1], where)
  return x
}

/** The precision of what is computed of these: their own, if it is a float's. */
const floatOf = ({ precision }: Features): Precision => (isFloat(precision) ? precision : 'float32')

/** Every number of features, by a function of it and of its column. */
export const mapFeatures = (who: string, x: Features, f: (value: number, column: number) => number, where?: string): Features => {
  const numbers = new Float64Array(toArray(x)).map((value, i) => f(value, i % x.shape[1]))
  return featuresOf(who, x.shape, numbers, floatOf(x), where)
}

/** The numbers of every row, as float64. */
export const rowsOf = (x: Features): readonly Float64Array[] => {
  const [count, width] = x.shape
  const numbers = new Float64Array(toArray(x))
  return Array.from({ length: count }, (_, i) => numbers.subarray(i * width, (i + 1) * width))
}
