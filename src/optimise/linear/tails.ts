/**
 * Tail probabilities of the normal distribution, Student's t and Fisher's F, by continued fractions, to some 14 digits of the tail itself.
 *
 *     P(|Z| > z) = erfc(z/√2),  P(|T| > t) = I(ν/(ν + t²); ν/2, ½),  P(F > f) = I(d₂/(d₂ + d₁f); d₂/2, d₁/2)
 *
 * @source Abramowitz and Stegun (1964) §7.1.14, §26.5.8; Press et al. (2007), Numerical recipes, §5.2, §6.2, §6.4
 */
import { erf as errorFunction } from '../../ops/error-function.js'
import { logGamma } from '../../ops/index.js'
import { scalar } from '../../tensor/create.js'
import { toNumber } from '../../tensor/read.js'

interface Fraction {
  readonly above: number
  readonly below: number
  readonly value: number
  readonly settled: boolean
}
const mostTerms = 10_000
const nonzero = (x: number): number => (x === 0 ? Number.MIN_VALUE * 2 ** 52 : x)

/** b₀ + a₁/(b₁ + a₂/(b₂ + …)), by the algorithm of Lentz. */
const continuedFraction = (b0: number, term: (i: number) => readonly [a: number, b: number]): number => {
  const first: Fraction = { above: nonzero(b0), below: 0, value: nonzero(b0), settled: false }
  return Array.from({ length: mostTerms }).reduce<Fraction>((now, _, i) => {
    if (now.settled) return now
    const [a, b] = term(i + 1)
    const below = 1 / nonzero(b + a * now.below)
    const above = nonzero(b + a / now.above)
    const factor = above * below
    return { above, below, value: now.value * factor, settled: Math.abs(factor - 1) < 2 ** -52 }
  }, first).value
}

const logGammaOf = (x: number): number => toNumber(logGamma(scalar(x, 'float64')))

/** The regularised incomplete beta function I(x; a, b) where its fraction converges quickly, for x below (a + 1)/(a + b + 2); 1 − x is given beside x. */
const lowerBeta = (x: number, rest: number, a: number, b: number): number => {
  const power = a * Math.log(x) + b * Math.log(rest) + logGammaOf(a + b) - logGammaOf(a) - logGammaOf(b)
  const fraction = continuedFraction(1, (i) => {
    const m = Math.floor(i / 2)
    const d = i % 2 === 0 ? (m * (b - m)) / ((a + 2 * m - 1) * (a + 2 * m)) : (-(a + m) * (a + b + m)) / ((a + 2 * m) * (a + 2 * m + 1))
    return [d * x, 1]
  })
  return Math.exp(power) / (a * fraction)
}
/** I(x; a, b); x and 1 − x are given as what they are parts of, so that neither loses digits. */
const incompleteBeta = (part: number, other: number, a: number, b: number): number => {
  const [x, rest] = [part / (part + other), other / (part + other)]
  // Beside an infinite part the rest is ∞/∞.
  if (x === 0) return 0
  return x < (a + 1) / (a + b + 2) ? lowerBeta(x, rest, a, b) : 1 - lowerBeta(rest, x, b, a)
}

/** P(|Z| > |z|) of a standard normal Z. */
export const normalTail = (z: number): number => {
  const y = Math.abs(z) / Math.SQRT2
  if (y < 1) return 1 - errorFunction(y)
  const fraction = continuedFraction(y * y + 0.5, (i) => [-i * (i - 0.5), y * y + 2 * i + 0.5])
  return Number.isFinite(y) ? (Math.exp(-y * y) * y) / (Math.sqrt(Math.PI) * fraction) : y === Number.POSITIVE_INFINITY ? 0 : y
}

/** P(|T| > |t|) of Student's T with so many degrees of freedom. */
export const studentTail = (t: number, degrees: number): number => incompleteBeta(degrees, t * t, degrees / 2, 1 / 2)

/** P(F > f) of Fisher's F with d₁ and d₂ degrees of freedom. */
export const fisherTail = (f: number, d1: number, d2: number): number => incompleteBeta(d2, d1 * f, d2 / 2, d1 / 2)
