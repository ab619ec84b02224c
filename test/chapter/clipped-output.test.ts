/** A clipped output that has left [0, 1] stops learning. */
import { describe, expect, test } from 'vitest'
import { clippedOutput } from './clipped-output.js'

const isRight = (probabilities: readonly number[] | undefined): boolean =>
  probabilities?.every((p, i) => (i < 2 ? p < 0.5 : p > 0.5)) ?? false

describe('a clipped output', () => {
  test('learns from within the interval, as a sigmoid does', () => {
    const { clipped, sigmoid } = clippedOutput(0.5, 100)
    expect(clipped.weights.at(-1)).toBeGreaterThan(0.3)
    for (const { probabilities } of [clipped, sigmoid]) expect(isRight(probabilities.at(-1))).toBe(true)
  })

  test.each([5, -5])('with a bias of %i it says the same of every point for ever; a sigmoid learns from there, too', (bias) => {
    const { clipped, sigmoid } = clippedOutput(bias, 100)
    const stuck = bias > 0 ? 1 : 0
    expect(clipped.probabilities).toEqual(clipped.probabilities.map(() => [stuck, stuck, stuck, stuck]))
    expect(new Set(clipped.weights).size).toBe(1)
    expect(isRight(sigmoid.probabilities[0])).toBe(false)
    expect(isRight(sigmoid.probabilities.at(-1))).toBe(true)
  })

  test('it is a probability all along', () => {
    const { clipped } = clippedOutput(0.5, 100)
    expect(clipped.probabilities.flat().every((p) => p >= 0 && p <= 1)).toBe(true)
  })
})
