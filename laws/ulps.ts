/**
 * Distances in units in the last place: how many floats of a precision lie between two. Both zeros are neighbours, so that a
 * lost sign of zero is one unit; NaN is at no distance from NaN, and infinitely far from all else.
 *
 * @source Goldberg (1991), What every computer scientist should know about floating-point arithmetic, §1.2
 */
import { sameShape, show } from '../src/shape/index.js'
import { type Tensor, toArray } from '../src/tensor/index.js'
import { Broken } from './compare.js'

/** The place of a float among all floats of its precision, in order; −0 directly before 0. */
const place32 = (x: number): number => {
  const bits = new Int32Array(Float32Array.of(x).buffer)[0] ?? 0
  return bits >= 0 ? bits : -(bits & 0x7fffffff) - 1
}
const place64 = (x: number): bigint => {
  const bits = new BigInt64Array(Float64Array.of(x).buffer)[0] ?? 0n
  return bits >= 0n ? bits : -BigInt.asUintN(63, bits) - 1n
}

/** How many floats x and y are apart. */
export const ulpsApart = (x: number, y: number, precision: 'float32' | 'float64'): number => {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y) ? 0 : Number.POSITIVE_INFINITY
  return precision === 'float32'
    ? Math.abs(place32(x) - place32(y))
    : Number(place64(x) - place64(y) < 0n ? place64(y) - place64(x) : place64(x) - place64(y))
}

/** Two tensors of one precision, number by number, at most `ulps` floats apart; integers and conditions are equal. */
export const nearUlps = (what: string, expected: Tensor, got: Tensor, ulps: number): void => {
  if (!sameShape(expected.shape, got.shape)) throw new Broken(`${what}, shape`, show(expected.shape), show(got.shape))
  if (expected.precision !== got.precision) throw new Broken(`${what}, precision`, expected.precision, got.precision)
  const { precision } = expected
  const have = toArray(got)
  toArray(expected).forEach((x, i) => {
    const y = have[i] ?? Number.NaN
    const apart = precision === 'float32' || precision === 'float64' ? ulpsApart(x, y, precision) : x === y ? 0 : Number.POSITIVE_INFINITY
    if (!(apart <= ulps))
      throw new Broken(
        `${what}, number ${i} of ${show(expected.shape)}`,
        `${x} within ${ulps} units in the last place`,
        `${y}, ${apart} away`,
      )
  })
}
