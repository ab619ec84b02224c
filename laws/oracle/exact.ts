/**
 * Numbers without rounding: whole multiples of 2⁻¹⁴⁰⁰, as integers of any size. Every float is one, since the smallest is 2⁻¹⁰⁷⁴;
 * and what is computed with them is rounded once, to the nearest float, where it is given out.
 *
 * @source IEEE 754-2019 §3.4, §4.3.1
 */

/** After the point. @unit bits */
export const places = 1400
const scale = BigInt(places)
export const one = 1n << scale

const bitsOf = (x: number): bigint => new BigUint64Array(Float64Array.of(x).buffer)[0] ?? 0n
/** Whether the sign bit is set: of −0, too. */
export const isNegative = (x: number): boolean => bitsOf(x) >> 63n === 1n
/** The same bits, but for the sign. */
export const withSign = (negative: boolean, x: number): number => {
  const magnitude = bitsOf(x) & ((1n << 63n) - 1n)
  return new Float64Array(BigUint64Array.of(negative ? magnitude | (1n << 63n) : magnitude).buffer)[0] ?? Number.NaN
}

/** A finite float as what it is. */
export const exactly = (x: number): bigint => {
  const bits = bitsOf(x)
  const [fraction, exponent] = [bits & ((1n << 52n) - 1n), (bits >> 52n) & 0x7ffn]
  const magnitude = exponent === 0n ? fraction << (scale - 1074n) : (fraction | (1n << 52n)) << (scale + exponent - 1075n)
  return isNegative(x) ? -magnitude : magnitude
}

/** How many binary digits a positive number has. */
export const lengthOf = (n: bigint): number => n.toString(2).length

interface Format {
  /** @unit bits */
  readonly digits: number
  /** The smallest number above 0 is 2^−this. */
  readonly smallest: number
  /** What is as large is infinite. */
  readonly beyond: number
}
export const formats = {
  float64: { digits: 53, smallest: 1074, beyond: Number.POSITIVE_INFINITY },
  float32: { digits: 24, smallest: 149, beyond: 2 ** 128 },
} as const satisfies Readonly<Record<string, Format>>

/** The float nearest to n · 2^−fraction; of two that are as near, the one whose last bit is 0. */
export const nearest = (n: bigint, fraction = places, { digits, smallest, beyond }: Format = formats.float64): number => {
  if (n < 0n) return -nearest(-n, fraction, { digits, smallest, beyond })
  const dropped = Math.max(lengthOf(n) - digits, fraction - smallest, 1)
  const cut = BigInt(dropped)
  const [kept, rest, half] = [n >> cut, n & ((1n << cut) - 1n), 1n << (cut - 1n)]
  const isUp = rest > half || (rest === half && (kept & 1n) === 1n)
  const value = Number(isUp ? kept + 1n : kept) * 2 ** (dropped - fraction)
  return value >= beyond ? Number.POSITIVE_INFINITY : value
}

/** A product of numbers, cut towards 0. */
export const times = (a: bigint, b: bigint): bigint => {
  const product = a * b
  return product < 0n ? -(-product >> scale) : product >> scale
}
/** A quotient, cut towards 0. */
export const over = (a: bigint, b: bigint): bigint => (a << scale) / b
