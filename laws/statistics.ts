/**
 * Tests of samples. Every bound is one that a true sample exceeds with probability below α = 10⁻⁶ (two-sided), so that a law
 * which asks a hundred of them, at seeds that are fixed, has a chance of some 10⁻⁴ to blame an honest generator, once and for
 * all: what holds today holds tomorrow.
 *
 * - Kolmogorov and Smirnov: P(√n · D > λ) ≤ 2 exp(−2λ²) for every n (Massart), so λ = √(½ ln 2/α).
 * - χ² with k degrees: P(χ² ≥ k + 2√(kx) + 2x) ≤ e⁻ˣ and P(χ² ≤ k − 2√(kx)) ≤ e⁻ˣ (Laurent and Massart), so x = ln 2/α. Counts
 *   are multinomial, and near χ² where every cell expects some dozens.
 * - A mean of many terms of a known deviation: normal by the central limit theorem, so z = Φ⁻¹(1 − α/2).
 *
 * @source Massart (1990), The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality
 * @source Laurent and Massart (2000), Adaptive estimation of a quadratic functional, lemma 1
 */
import { differs } from './compare.js'

/** The probability with which each test blames a true sample. */
export const significance = 1e-6
const doubts = Math.log(2 / significance)
/** Φ⁻¹(1 − α/2): how many standard errors a mean may be off. */
export const standardErrors = 4.8916

export const mean = (xs: ArrayLike<number>): number => Float64Array.from(xs).reduce((sum, x) => sum + x, 0) / xs.length

/** Φ(x), good to 7.5e-8. @source Abramowitz and Stegun (1964) 26.2.17 */
export const normalBelow = (x: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce((sum, c) => (sum + c) * t, 0)
  const tail = (series * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
  return x > 0 ? 1 - tail : tail
}
/** The distribution function of the uniform numbers of [0, 1). */
export const uniformBelow = (x: number): number => Math.min(1, Math.max(0, x))

/** What draws that are multiples of 2⁻²⁴, and Φ's approximation, may add to a distance. */
const grain = 2e-7

/** The sample follows the distribution: D = sup |Fₙ(x) − F(x)|. */
export const follows = (what: string, xs: ArrayLike<number>, below: (x: number) => number): void => {
  const sorted = Float64Array.from(xs).sort()
  const n = sorted.length
  const distance = sorted.reduce((most, x, i) => Math.max(most, below(x) - i / n, (i + 1) / n - below(x)), 0)
  const bound = Math.sqrt(doubts / 2 / n) + grain
  if (!(distance <= bound)) differs(`${what}, the distance of Kolmogorov and Smirnov over ${n} numbers`, `at most ${bound}`, distance)
}

/** The counts are as expected: χ² = Σ (count − expected)² / expected; neither too far off nor too even. */
export const counted = (what: string, counts: readonly number[], expected: readonly number[]): void => {
  const chi = counts.reduce((sum, count, i) => sum + (count - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 0), 0)
  const degrees = counts.length - 1
  const [least, most] = [degrees - 2 * Math.sqrt(degrees * doubts), degrees + 2 * Math.sqrt(degrees * doubts) + 2 * doubts]
  if (!(chi >= least && chi <= most)) differs(`${what}, χ² of ${degrees} degrees`, `between ${Math.max(0, least)} and ${most}`, chi)
}

/** A mean of n terms of this deviation is as expected. */
export const averages = (what: string, expected: number, got: number, deviation: number, n: number): void => {
  const bound = (standardErrors * deviation) / Math.sqrt(n)
  if (!(Math.abs(got - expected) <= bound)) differs(`${what} over ${n} numbers`, `${expected} within ${bound}`, got)
}

/** Two samples of uniform numbers are uncorrelated: (u − ½)(v − ½) has mean 0 and deviation 1/12. */
export const uncorrelated = (what: string, us: ArrayLike<number>, vs: ArrayLike<number>): void => {
  const n = Math.min(us.length, vs.length)
  const products = Float64Array.from({ length: n }, (_, i) => ((us[i] ?? 0) - 0.5) * ((vs[i] ?? 0) - 0.5))
  averages(`${what}, the mean of (u − ½)(v − ½)`, 0, mean(products), 1 / 12, n)
}

/**
 * Words of 32 bits do not meet more often than by chance: among n of them n²/2³³ pairs are equal, a Poisson number.
 * P(k or more) ≤ λᵏ/k! is below α for λ = n²/2³³ and the k that is sought.
 */
export const disjoint = (what: string, words: readonly number[]): void => {
  const n = words.length
  const pairs = n ** 2 / 2 ** 33
  const chance = (k: number): number =>
    Array.from({ length: k }, (_, i) => pairs / (i + 1)).reduce((product, factor) => product * factor, 1)
  const bound = Array.from({ length: 200 }, (_, k) => k).find((k) => k > pairs && chance(k) < significance) ?? 200
  const met = n - new Set(words).size
  if (!(met < bound)) differs(`${what}, equal words among ${n}`, `fewer than ${bound}`, met)
}
