/** Elementary functions and functions of physics in float64, against values of 40 digits. */
import { describe, expect, test } from 'vitest'
import { erf, logGamma, sigmoid, softplus } from '../../src/ops/index.js'
import { scalar, toNumber } from '../../src/tensor/index.js'

const of = (f: (x: ReturnType<typeof double>) => unknown, x: number): number => toNumber(f(double(x)) as never)
const double = (x: number) => scalar(x, 'float64')
const inf = Number.POSITIVE_INFINITY

describe('erf', () => {
  /** Around the ends of its intervals, at 0.84375, 1.25 and 1/0.35; the last but three are numbers beyond 1/0.35 where the quotient of the interval before has another last digit. */
  test.each([
    [0, 0],
    [1e-300, 1.1283791670955126e-300],
    [0.5, 0.5204998778130465],
    [0.8437499999999999, 0.7672256612323416],
    [0.84375, 0.7672256612323416],
    [1, 0.8427007929497149],
    [1.2499999999999998, 0.9229001282564582],
    [2, 0.9953222650189527],
    [2.8, 0.9999249868053346],
    [2.8571428571428568, 0.9999466876886117],
    [2.857142857142857, 0.9999466876886117],
    [3, 0.9999779095030014],
    [3.5810881804183454, 0.9999995903618508],
    [3.6168347816029423, 0.9999996862204815],
    [3.7717009811136304, 0.9999999039225438],
    [3.8171789350825582, 0.9999999327270246],
    [4, 0.9999999845827421],
    [5, 0.9999999999984626],
    [5.9, 0.9999999999999999],
    [6, 1],
    [40, 1],
    [inf, 1],
  ])('of ±%d is ±%d', (x, y) => {
    expect(of(erf, x)).toBe(y)
    expect(of(erf, -x)).toBe(-y)
  })
  test('of 1.25 within a unit in the last place', () =>
    expect(Math.abs(of(erf, 1.25) - 0.9229001282564583)).toBeLessThanOrEqual(Number.EPSILON / 2))
  test('of NaN is NaN', () => expect(of(erf, Number.NaN)).toBeNaN())
})

describe('sigmoid and softplus', () => {
  test('of what exp overflows at', () => {
    expect(of(sigmoid, -720)).toBe(2.0322308024e-313)
    expect(of(sigmoid, -745)).toBe(5e-324)
    expect([-inf, 720, inf].map((x) => of(sigmoid, x))).toEqual([0, 1, 1])
    expect(of(softplus, -720)).toBe(2.0322308024e-313)
    expect([-inf, 720, inf].map((x) => of(softplus, x))).toEqual([0, 720, inf])
  })
  test('of 0', () => expect([of(sigmoid, 0), of(softplus, 0)]).toEqual([0.5, Math.LN2]))
})

describe('logGamma', () => {
  /** Its error is a few units in the last place of 10 below 8, and of itself beyond. */
  test.each([
    [0.001, 6.907178885383853],
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247001],
    [1, 0],
    [1.5, -0.12078223763524522],
    [2, 0],
    [3.7, 1.428072326665388],
    [5, 3.1780538303479458],
    [7.999, 8.523145786158915],
    [8, 8.525161361065415],
    [8.5, 9.549267257300997],
    [10, 12.801827480081469],
    [25.25, 55.585686044869426],
    [100, 359.1342053695754],
  ])('of %d is %d', (x, y) => expect(Math.abs(of(logGamma, x) - y)).toBeLessThan(3e-16 * Math.max(30, y)))
  test('of a negative number is NaN', () => expect(of(logGamma, -0.5)).toBeNaN())
  test('refuses what is no tensor', () => expect(() => logGamma(1 as never)).toThrow('logGamma expects a tensor, receives 1'))
})
