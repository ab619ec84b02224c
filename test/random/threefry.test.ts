/** Threefry-2x32-20 against the known answers of Random123, and what keys promise: determinism, splitting, near uniformity. */
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { batched } from '../../src/graph/index.js'
import { bernoulli, bits, foldIn, type Key, key, next, split, splitMany, uniform, uniformIn } from '../../src/random/index.js'
import { threefry } from '../../src/random/threefry.js'
import { scalar, type Tensor, toArray, vector } from '../../src/tensor/index.js'

const words = (x: Tensor): readonly number[] => Array.from(toArray(x))
const hex = (...xs: readonly Tensor[]): string => xs.map((x) => (words(x)[0] ?? 0).toString(16).padStart(8, '0')).join(' ')
const word = (x: number): Tensor => scalar(x, 'uint32')

describe('threefry', () => {
  test.each([
    [0, 0, 0, 0, '6b200159 99ba4efe'],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, '1cb996fc bb002be7'],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 'c4923a9c 483df7a0'],
  ])('known answer for counter %i %i under key %i %i', (c0, c1, k0, k1, answer) => {
    expect(hex(...threefry([word(k0), word(k1)], [word(c0), word(c1)]))).toBe(answer)
    const compiled = compile(reference)((...[a, b, c, d]: readonly [Tensor, Tensor, Tensor, Tensor]) => threefry([a, b], [c, d]))
    expect(hex(...compiled(word(k0), word(k1), word(c0), word(c1))), 'compiled').toBe(answer)
  })
})

describe('keys', () => {
  test('hold 64 bits of a seed, high word first', () => {
    expect(words(key(42))).toEqual([0, 42])
    expect(words(key(2 ** 32 + 7))).toEqual([1, 7])
    expect(words(key(Number.MAX_SAFE_INTEGER))).toEqual([2 ** 21 - 1, 0xffffffff])
  })

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('key(%d) is refused', (seed) => {
    expect(() => key(seed)).toThrow(`key expects a whole seed from 0 to 2^53 - 1, receives ${seed}`)
  })

  test('the same key gives the same numbers; another gives others', () => {
    expect(is(uniform([5])(key(1)), uniform([5])(key(1)))).toBe(true)
    expect(is(uniform([5])(key(1)), uniform([5])(key(2)))).toBe(false)
  })

  test('children differ from each other, from their parent, and from the next key', () => {
    const parent = key(9)
    const [a, b] = split(parent)
    const all = [parent, a, b, next(parent), ...splitMany(6)(parent).slice(2), foldIn(0)(a), foldIn(0)(b)]
    expect(new Set(all.map((k) => words(k).join())).size).toBe(all.length)
    expect(is(a, foldIn(0)(parent)) && is(b, foldIn(1)(parent))).toBe(true)
  })

  test('foldIn of a tensor is foldIn of its number, batched too', () => {
    const keys = batched((i: Tensor<readonly []>) => foldIn(i)(key(5)))(vector([0, 1, 2], 'uint32') as never) as unknown as Tensor
    expect(words(keys)).toEqual(splitMany(3)(key(5)).flatMap(words))
  })

  test('1,000 keys in a row are 1,000 keys, and their draws differ', () => {
    const row = Array.from({ length: 999 }).reduce<readonly Key[]>((keys) => [...keys, next(keys.at(-1) ?? key(0))], [key(0)])
    expect(new Set(row.map((k) => words(k).join())).size).toBe(1000)
    expect(new Set(row.map((k) => words(bits([2])(k)).join())).size).toBe(1000)
  })
})

describe('streams', () => {
  const n = 50_000
  test('of split keys share no 32-bit words beyond chance', () => {
    const [a, b] = split(key(123))
    const first = new Set(words(bits([n])(a)))
    const shared = words(bits([n])(b)).filter((w) => first.has(w)).length
    // n² / 2³² = 0.58 expected; Poisson, so 8 or more has probability below 1e-6.
    expect(shared).toBeLessThan(8)
  })

  test('of split keys are uncorrelated', () => {
    const [a, b] = split(key(123))
    const [xs, ys] = [words(uniform([n])(a)), words(uniform([n])(b))]
    const covariance = xs.reduce((sum, x, i) => sum + (x - 0.5) * ((ys[i] ?? 0) - 0.5), 0) / n
    expect(Math.abs(covariance * 12)).toBeLessThan(5 / Math.sqrt(n))
  })

  test('a prefix of a longer draw is the shorter draw', () => {
    expect(words(bits([10])(key(3)))).toEqual(words(bits([1000])(key(3))).slice(0, 10))
    expect(words(bits([2, 5])(key(3)))).toEqual(words(bits([10])(key(3))))
  })
})

describe('uniform', () => {
  const n = 100_000
  const xs = words(uniform([n])(key(2024)))
  const moment = (p: number): number => xs.reduce((sum, x) => sum + x ** p, 0) / n

  test('lies in [0, 1), on multiples of 2^-24', () => {
    expect(xs.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 24))).toBe(true)
  })

  test.each([1, 2, 3, 4])('moment %i is 1/(p + 1), within five standard errors', (p) => {
    const variance = 1 / (2 * p + 1) - 1 / (p + 1) ** 2
    expect(Math.abs(moment(p) - 1 / (p + 1))).toBeLessThan(5 * Math.sqrt(variance / n))
  })

  test('falls evenly into 256 cells: chi squared of 255 degrees', () => {
    const cells = new Array<number>(256).fill(0)
    for (const x of xs) cells[Math.floor(x * 256)] = (cells[Math.floor(x * 256)] ?? 0) + 1
    const expected = n / 256
    const chi2 = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // Mean 255, deviation √510 = 22.6: five of them either way.
    expect(chi2).toBeGreaterThan(255 - 113)
    expect(chi2).toBeLessThan(255 + 113)
  })

  test('every bit of the words is fair', () => {
    const draws = words(bits([20_000])(key(77)))
    for (let bit = 0; bit < 32; bit++) {
      const ones = draws.filter((w) => (w >>> bit) & 1).length
      expect(Math.abs(ones - 10_000), `bit ${bit}`).toBeLessThan(5 * Math.sqrt(5_000))
    }
  })

  test('uniformIn stays in its interval; bernoulli has its probability; float64 draws the same numbers', () => {
    const shifted = words(uniformIn([n], -3, 5)(key(1)))
    expect(shifted.every((x) => x >= -3 && x < 5)).toBe(true)
    const heads = words(pipe(key(1), bernoulli([n], 0.3))).reduce((sum, x) => sum + x, 0)
    expect(Math.abs(heads - 0.3 * n)).toBeLessThan(5 * Math.sqrt(0.21 * n))
    expect(words(bernoulli([100], 0)(key(1))).every((x) => x === 0)).toBe(true)
    expect(words(bernoulli([100], 1)(key(1))).every((x) => x === 1)).toBe(true)
    expect(words(uniform([50], 'float64')(key(8)))).toEqual(words(uniform([50])(key(8))))
  })
})
