/** A saturated unit learns slowly from the squared error, and at once from the cross-entropy. */
import { describe, expect, test } from 'vitest'
import { saturation } from './saturation.js'

const { squaredError, crossEntropy } = saturation(300, 0.15)
const sigma = (z: number): number => 1 / (1 + Math.exp(-z))
/** The steepest of a list, and where it is. */
const steepest = (xs: readonly number[]): number => xs.indexOf(Math.max(...xs))

describe('x = 1, y = 0, from w = b = 2', () => {
  test('both begin at a = σ(4)', () => {
    for (const { outputs } of [squaredError, crossEntropy]) expect(outputs[0]).toBeCloseTo(sigma(4), 6)
  })

  test('the slopes are (a − y)σ′(z)x and (a − y)x, at every step', () => {
    squaredError.slopes.forEach((slope, i) => {
      const a = squaredError.outputs[i] ?? Number.NaN
      expect(slope).toBeCloseTo(a * a * (1 - a), 5)
    })
    crossEntropy.slopes.forEach((slope, i) => {
      expect(slope).toBeCloseTo(crossEntropy.outputs[i] ?? Number.NaN, 5)
    })
  })

  test('at the start, where the error is greatest, the one is 1/57 of the other', () => {
    expect((crossEntropy.slopes[0] ?? 0) / (squaredError.slopes[0] ?? 0)).toBeCloseTo(1 / (sigma(4) * (1 - sigma(4))), 1)
    expect(steepest(crossEntropy.slopes)).toBe(0)
    expect(steepest(squaredError.slopes)).toBeGreaterThan(150)
  })

  test('after 100 steps the one is still wrong, the other right; after 300 the one is where the other was long before', () => {
    expect(squaredError.outputs[100]).toBeGreaterThan(0.95)
    expect(crossEntropy.outputs[100]).toBeLessThan(0.05)
    expect(squaredError.outputs[300]).toBeCloseTo(0.2, 2)
    expect(crossEntropy.outputs.findIndex((a) => a < 0.2)).toBeLessThan(50)
  })
})
