/**
 * The elementary functions to more than a thousand bits, by their series:
 *
 *     exp x = (Σ (x / 2⁶⁴)ⁿ / n!)^(2⁶⁴),   log x = e log 2 + 2 artanh((m − 1) / (m + 1)) for x = m · 2ᵉ,
 *     artanh t = Σ t²ⁿ⁺¹ / (2n + 1),   π = 16 arctan ⅕ − 4 arctan 1/239,   sin x = Σ (−1)ⁿ x²ⁿ⁺¹ / (2n + 1)!,
 *     erf x = 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1))
 *
 * @source Abramowitz and Stegun (1964) §4.1, §4.2, §4.3, §7.1; Machin (1706)
 */
import { lengthOf, one, over, places, times } from './exact.js'

/** term + next(term, n) + …, until a term is 0. */
const series = (term: bigint, n: bigint, next: (term: bigint, n: bigint) => bigint): bigint =>
  term === 0n ? 0n : term + series(next(term, n), n + 1n, next)

const halvings = 64
const squared = (x: bigint, times_: number): bigint => (times_ === 0 ? x : squared(times(x, x), times_ - 1))
/** eˣ */
export const exp = (x: bigint): bigint => {
  const part = x / (1n << BigInt(halvings))
  return squared(
    series(one, 1n, (term, n) => times(term, part) / n),
    halvings,
  )
}

/** artanh t = Σ t²ⁿ⁺¹ / (2n + 1) */
const artanh = (t: bigint): bigint => {
  const square = times(t, t)
  const odd = (power: bigint, n: bigint): bigint => (power === 0n ? 0n : power / n + odd(times(power, square), n + 2n))
  return odd(t, 1n)
}
const log2 = 2n * artanh(one / 3n)
/** log x, x > 0 */
export const log = (x: bigint): bigint => {
  const exponent = lengthOf(x) - places
  const below = exponent < 0 ? x << BigInt(-exponent) : x >> BigInt(exponent)
  /** In [0.7, 1.4). */
  const [m, e] = 10n * below < 7n * one ? [2n * below, exponent - 1] : [below, exponent]
  return BigInt(e) * log2 + 2n * artanh(over(m - one, m + one))
}

/** √x, x ≥ 0, cut: by Newton's steps from above. */
export const sqrt = (x: bigint): bigint => {
  const square = x << BigInt(places)
  const down = (root: bigint): bigint => {
    const next = (root + square / root) / 2n
    return next >= root ? root : down(next)
  }
  return square === 0n ? 0n : down(1n << BigInt(Math.ceil(lengthOf(square) / 2)))
}

/** So many more bits, since the largest float is 2¹⁰²⁴, and is to be reduced to less than π. */
const more = 1100n
const arctanOfInverse = (k: bigint): bigint => {
  const odd = (power: bigint, n: bigint, sign: bigint): bigint =>
    power === 0n ? 0n : (sign * power) / n + odd(power / (k * k), n + 2n, -sign)
  return odd((one << more) / k, 1n, 1n)
}
const turn = 2n * (16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n))
/** x without its whole turns, in (−2π, 2π). */
const reduced = (x: bigint): bigint => ((x << more) % turn) / (1n << more)

/** Σ of every other term of the series of eⁱˣ, from `first` on. */
const alternating = (x: bigint, first: bigint, n: bigint): bigint => {
  const square = times(x, x)
  return series(first, 0n, (term, k) => -times(term, square) / ((n + 2n * k) * (n + 2n * k + 1n)))
}
export const sin = (x: bigint): bigint => alternating(reduced(x), reduced(x), 2n)
export const cos = (x: bigint): bigint => alternating(reduced(x), one, 1n)

const twoOverRootPi = over(2n * one, sqrt(turn >> (more + 1n)))
/** erf x: its terms reach e^x², whose digits are lost again. */
export const erf = (x: bigint): bigint => {
  const square = times(x, x)
  const sum = (term: bigint, n: bigint): bigint => (term === 0n ? 0n : term / (2n * n + 1n) + sum(-times(term, square) / (n + 1n), n + 1n))
  return times(twoOverRootPi, sum(x, 0n))
}
