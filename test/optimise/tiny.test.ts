/** Gradients whose squares are nearly lost. */
import { expect, it } from 'vitest'
import { adam } from '../../src/optimise/index.js'
import { toArray, vector } from '../../src/tensor/index.js'

it('Adam sees a gradient of 3e-14, and moves it by |g| / (|g| + ε)', () => {
  const optimiser = adam({ learningRate: 1, epsilon: 1e-15 })
  const g = vector([3e-14, 3e-25, Number.NaN])
  const [updates] = optimiser.update(g, optimiser.init(g), g)
  const [seen, lost, unknown] = toArray(updates)
  expect(seen).toBeCloseTo(-30 / 31, 4)
  expect(lost).toBeCloseTo(0, 10)
  expect(unknown).toBeNaN()
})
