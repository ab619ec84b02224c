/** What the oracles compute with, against published digits. */
import { describe, expect, it, test } from 'vitest'
import { exactly, nearest, one, over, places } from '../../laws/oracle/exact.js'
import { cos, erf, exp, log, sin, sqrt } from '../../laws/oracle/real.js'

const fifty = (x: bigint): string => {
  const digits = ((x * 10n ** 50n) >> BigInt(places)).toString().padStart(51, '0')
  return `${digits.slice(0, -50)}.${digits.slice(-50)}`
}

/** Abramowitz and Stegun (1964), table 1.1; OEIS A001113, A002162, A002193, A049469, A049470, A073744, A099286. */
test.each([
  ['e', exp(one), '2.71828182845904523536028747135266249775724709369995'],
  ['log 2', log(2n * one), '0.69314718055994530941723212145817656807550013436025'],
  ['√2', sqrt(2n * one), '1.41421356237309504880168872420969807856967187537694'],
  ['sin 1', sin(one), '0.84147098480789650665250232163029899962256306079837'],
  ['cos 1', cos(one), '0.54030230586813971740093660744297660373231042061792'],
  ['tanh 1', over(exp(2n * one) - one, exp(2n * one) + one), '0.76159415595576488811945828260479359041276859725793'],
  ['erf 1', erf(one), '0.84270079294971486934122063508260925929606699796630'],
])('%s to fifty digits', (_, got, published) => expect(fifty(got)).toBe(published))

/** Payne and Hanek (1983); the second is the float nearest to a multiple of π/2 among all of them, Muller (2016) §11.1. */
test.each([
  [1e22, -0.8522008497671888],
  [6381956970095103 * 2 ** 797, 1],
])('sin %d, many turns away', (x, expected) => expect(nearest(sin(exactly(x)))).toBe(expected))

describe('rounding to the nearest float', () => {
  const floats = [1, -1, 0.1, 2 ** -1074, 1.5 * 2 ** -1022, Number.MAX_VALUE, 2 ** 53 - 1, 0]
  it.each(floats)('%d is itself', (x) => expect(nearest(exactly(x))).toBe(x))
  it('a tie goes to the even one, and what is beyond the largest is infinite', () => {
    const half = (x: number, y: number): number => nearest(exactly(x) + exactly(y), places + 1)
    expect(half(1, 1 + 2 ** -52)).toBe(1)
    expect(half(1 + 2 ** -52, 1 + 2 ** -51)).toBe(1 + 2 ** -51)
    expect(half(2 ** -1074, 0)).toBe(0)
    expect(nearest(2n * exactly(Number.MAX_VALUE))).toBe(Number.POSITIVE_INFINITY)
  })
})
