/** A number at another precision. */
import { isFloat, type Precision } from '../../src/prim/index.js'
import { word } from './arithmetic.js'
import { exactly, formats, nearest } from './exact.js'

const toWhole = (x: number, to: Precision): number => {
  const [least, largest] = to === 'int32' ? [-(2n ** 31n), 2n ** 31n - 1n] : [0n, 2n ** 32n - 1n]
  if (Number.isNaN(x)) return 0
  if (!Number.isFinite(x)) return Number(x < 0 ? least : largest)
  const whole = BigInt(Math.trunc(x))
  return Number(whole < least ? least : whole > largest ? largest : whole)
}
export const converted = (x: number, from: Precision, to: Precision): number => {
  if (to === 'bool') return Number(x !== 0)
  if (to === 'float64') return x
  if (to === 'float32') return Number.isFinite(x) && x !== 0 ? nearest(exactly(x), undefined, formats.float32) : x
  return isFloat(from) ? toWhole(x, to) : word(BigInt(x), to)
}
