/** What is drawn has the distribution that it says it has. */
import * as fc from 'fast-check'
import { toArray, toNumber } from '../../../src/tensor/index.js'
import { atMost } from '../../at-most.js'
import { differs } from '../../compare.js'
import { type Law, law } from '../../law.js'
import { averages, counted, follows, mean, normalBelow, uniformBelow } from '../../statistics.js'
import type { Generator } from './generator.js'

/** A smaller seed is no simpler sample. */
const seeds = fc.noShrink(fc.nat(2 ** 31))
const n = 2 ** 15
/** One of the 2²⁴ multiples of 2⁻²⁴ in [0, 1): a number with more bits would be rounded, and sometimes up to 1. */
const inUnit = (x: number): boolean => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 24)

/** Seeds whose first word is below 2⁸, and seeds whose first word is at least 2³² − 2⁸: a sample meets such once in 2²⁴ draws. */
const smallest = [14_620_119, 37_022_968]
const largest = [10_082_300, 14_121_421]

/** E zᵖ of a standard normal z, and the deviation of zᵖ: √(E z²ᵖ − (E zᵖ)²). */
const moments: readonly (readonly [power: number, mean: number, deviation: number])[] = [
  [1, 0, 1],
  [2, 1, Math.sqrt(2)],
  [3, 0, Math.sqrt(15)],
  [4, 3, Math.sqrt(96)],
]

/** How often each byte is there. */
const tally = (bytes: Uint8Array): readonly number[] => {
  const sorted = bytes.toSorted()
  return Array.from({ length: 256 }, (_, byte) => (sorted.includes(byte) ? sorted.lastIndexOf(byte) - sorted.indexOf(byte) + 1 : 0))
}

/** What the extreme words become. */
const edges = (g: Generator): Law =>
  law(
    {
      name: 'random.edges',
      statement: 'the smallest words are 0 and the largest 1 − 2⁻²⁴; bernoulli(0) is false and bernoulli(1) true even there',
    },
    fc.constantFrom(...smallest.map((seed) => ({ seed, edge: 0 })), ...largest.map((seed) => ({ seed, edge: 1 - 2 ** -24 }))),
    ({ seed, edge }) => {
      const k = g.key(seed)
      for (const precision of ['float32', 'float64'] as const) {
        const got = toNumber(g.uniform([], precision)(k))
        if (got !== edge) differs(`uniform of ${precision}`, edge, got)
      }
      const within = toNumber(g.uniformIn([], 1, 2)(k))
      if (!(within >= 1 && within < 2)) differs('uniformIn(1, 2)', 'in [1, 2)', within)
      if (toNumber(g.bernoulli([], 0)(k)) !== 0 || toNumber(g.bernoulli([], 1)(k)) !== 1)
        differs('bernoulli of 0 and of 1', 'false and true', 'another')
    },
  )

/** The laws of distributions. */
export const distributionLaws = (g: Generator): readonly Law[] => [
  edges(g),
  atMost(3)(
    law({ name: 'random.bits', statement: 'each byte of the words takes its 256 values equally often' }, seeds, (seed) => {
      const words = toArray(g.bits([n])(g.key(seed)))
      for (const byte of [0, 1, 2, 3]) {
        const counts = tally(Uint8Array.from(words, (word) => word >>> (8 * byte)))
        counted(`byte ${byte}`, counts, new Array<number>(256).fill(n / 256))
      }
    }),
  ),
  atMost(6)(
    law(
      { name: 'random.unit', statement: 'uniform ∈ {0, 2⁻²⁴, …, 1 − 2⁻²⁴}: never 1' },
      fc.tuple(seeds, fc.constantFrom('float32', 'float64')),
      ([seed, precision]) => {
        const wrong = toArray(g.uniform([n], precision)(g.key(seed))).find((x) => !inUnit(x))
        if (wrong !== undefined) differs('a number', 'a multiple of 2^-24 in [0, 1)', wrong)
      },
    ),
  ),
  atMost(3)(
    law(
      { name: 'random.uniform', statement: 'P(uniform < u) = u,  P(uniformIn(a, b) < a + (b − a)u) = u', source: 'Massart (1990)' },
      seeds,
      (seed) => {
        follows('uniform', toArray(g.uniform([n])(g.key(seed))), uniformBelow)
        follows('uniformIn(-3, 5)', toArray(g.uniformIn([n], -3, 5)(g.key(seed))), (x) => uniformBelow((x + 3) / 8))
      },
    ),
  ),
  law(
    { name: 'random.within', statement: 'uniformIn(a, b) ∈ [a, b), as the precision has a and b, however near they are' },
    fc.record({
      seed: seeds,
      low: fc.integer({ min: -1000, max: 1000 }),
      exponent: fc.integer({ min: -16, max: 4 }),
      precision: fc.constantFrom('float32', 'float64'),
    }),
    ({ seed, low, exponent, precision }) => {
      const [a, b] = [low, low + 2 ** exponent].map((x) => (precision === 'float32' ? Math.fround(x) : x)) as [number, number]
      const wrong = toArray(g.uniformIn([256], low, low + 2 ** exponent, precision)(g.key(seed))).find(
        (x) => !(x >= a && (x < b || a === b)),
      )
      if (wrong !== undefined) differs('a number', `in [${a}, ${b})`, wrong)
    },
  ),
  atMost(30)(
    law(
      { name: 'random.bernoulli', statement: 'true with its probability; never for 0, always for 1', source: 'Laurent and Massart (2000)' },
      fc.tuple(seeds, fc.constantFrom(0, 0.02, 0.3, 0.5, 0.9, 1)),
      ([seed, p]) => {
        const heads = Array.from(toArray(g.bernoulli([4096], p)(g.key(seed)))).reduce((sum, x) => sum + x, 0)
        if (p === 0 || p === 1) {
          if (heads !== 4096 * p) differs(`true for ${p} among 4096`, 4096 * p, heads)
        } else counted(`bernoulli of ${p}`, [heads, 4096 - heads], [4096 * p, 4096 * (1 - p)])
      },
    ),
  ),
  atMost(3)(
    law({ name: 'random.normal', statement: 'P(normal < z) = Φ(z)', source: 'Box and Muller (1958); Massart (1990)' }, seeds, (seed) => {
      follows('normal', toArray(g.normal([n])(g.key(seed))), normalBelow)
    }),
  ),
  atMost(3)(
    law({ name: 'random.moments', statement: 'E z = 0, E z² = 1, E z³ = 0, E z⁴ = 3, and z is no larger than 6' }, seeds, (seed) => {
      const zs = toArray(g.normal([n], 'float64')(g.key(seed)))
      for (const [power, expected, deviation] of moments)
        averages(`moment ${power}`, expected, mean(Float64Array.from(zs, (z) => z ** power)), deviation, n)
      const wrong = zs.find((z) => !(Math.abs(z) < 6))
      if (wrong !== undefined) differs('a number', 'of size below 6', wrong)
    }),
  ),
  atMost(1)(
    law(
      {
        name: 'random.tails',
        statement: 'P(|z| > 3) = 0.0027: a sum of a dozen uniform numbers has 0.0020',
        source: 'Irwin (1927); Hall (1927)',
      },
      seeds,
      (seed) => {
        const zs = toArray(g.normal([16 * n], 'float64')(g.key(seed)))
        const beyond = mean(Float64Array.from(zs, (z) => (Math.abs(z) > 3 ? 1 : 0)))
        averages('the share beyond 3', 2 * normalBelow(-3), beyond, Math.sqrt(2 * normalBelow(-3)), 16 * n)
      },
    ),
  ),
]
