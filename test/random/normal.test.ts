/** Normal draws: their distribution, and that they are the polynomial's bits and not some machine's logarithm. */
import { is } from 'immutable'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { type Key, key, normal } from '../../src/random/index.js'
import { toArray } from '../../src/tensor/index.js'

/** Φ(x), by Zelen and Severo's approximation, good to 7.5e-8. */
const cumulative = (x: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) *
    t *
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))
  return x > 0 ? 1 - tail : tail
}

describe('normal', () => {
  const n = 40_000
  const draws = Array.from(toArray(normal([n])(key(11)))).sort((a, b) => a - b)

  it('follows the normal distribution (Kolmogorov and Smirnov, at the level of one in a thousand)', () => {
    const distance = Math.max(...draws.map((x, i) => Math.max(Math.abs(cumulative(x) - i / n), Math.abs(cumulative(x) - (i + 1) / n))))
    expect(distance).toBeLessThan(1.95 / Math.sqrt(n))
  })
  it('has mean 0, variance 1, skewness 0 and kurtosis 3, each within four standard errors', () => {
    const moment = (p: number): number => draws.reduce((sum, x) => sum + x ** p, 0) / n
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(n))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
  })
  it('gives the same bits compiled as eagerly', () => {
    const draw = (k: Key) => normal([257])(k)
    expect(is(compile(wasm)(draw)(key(5)), draw(key(5)))).toBe(true)
  })
  it('agrees with the formula to float precision', () => {
    const wide = toArray(normal([1000], 'float64')(key(3)))
    const narrow = toArray(normal([1000])(key(3)))
    expect(Math.max(...Array.from(wide, (x, i) => Math.abs(x - (narrow[i] ?? 0))))).toBeLessThan(3e-6)
  })
})
