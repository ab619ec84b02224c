/** The order of the floats, by what they are exactly. */
import { exactly, isNegative } from './exact.js'

/** In the order of the floats: −0 is below 0, and no NaN is asked. */
export const isBelow = (x: number, y: number): boolean => {
  if (isNegative(x) !== isNegative(y)) return isNegative(x)
  if (!Number.isFinite(x) || !Number.isFinite(y)) return x !== y && (x === Number.NEGATIVE_INFINITY || y === Number.POSITIVE_INFINITY)
  return exactly(x) < exactly(y)
}
export const isNone = (x: number, y: number): boolean => Number.isNaN(x) || Number.isNaN(y)
/** Both zeros are one number. */
export const isLess = (x: number, y: number): boolean => !isNone(x, y) && !(x === 0 && y === 0) && isBelow(x, y)
