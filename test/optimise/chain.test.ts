/** What a chain remembers, and which parameters decay. */
import { describe, expect, it } from 'vitest'
import { accumulate, adam, addDecayedWeights, chain, momentum, scale, scaleByAdam } from '../../src/optimise/index.js'
import { matrix, type Tensor, toArray, vector } from '../../src/tensor/index.js'

const params = { weights: matrix([[1, -2]]), bias: vector([3]) }
const gradients = { weights: matrix([[0.5, 4]]), bias: vector([1]) }
const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))

describe('chain', () => {
  it('of two parts with states keeps both, in order', () => {
    const both = chain(accumulate({ decay: 0.5 }), scaleByAdam())
    const state = both.init(params)
    expect(state.map((part) => Object.keys(part))).toEqual([['velocity'], ['step', 'm', 'v']])
    const [, [{ velocity }, { m }]] = both.update(gradients, state, params)
    expect(numbers(velocity.weights)).toEqual([0.5, 4])
    expect(numbers(m.bias)[0]).toBeCloseTo(0.1, 6)
  })
  it('of parts without states has none', () => {
    const none = chain(scale(2), scale(3))
    expect([none.stateless, none.init(params)]).toEqual([true, {}])
  })
})

it('decay is added to weights, not to biases', () => {
  const [updates] = addDecayedWeights(0.5).update(gradients, {}, params)
  expect([numbers(updates.weights), numbers(updates.bias)]).toEqual([[1, 3], [1]])
})

it("momentum is the plain one; Nesterov's looks ahead", () => {
  const first = (nesterov: boolean | undefined): readonly number[] => {
    const t = momentum({ learningRate: 1, decay: 0.5, ...(nesterov === undefined ? {} : { nesterov }) })
    return numbers(t.update(gradients, t.init(params), params)[0].weights)
  }
  expect(first(undefined)).toEqual([-0.5, -4])
  expect(first(false)).toEqual([-0.5, -4])
  expect(first(true)).toEqual([-0.75, -6])
  const plain = accumulate({ decay: 0.5 })
  expect(numbers(plain.update(gradients, plain.init(params), params)[0].weights)).toEqual([0.5, 4])
  expect(adam({ learningRate: 1 }).stateless).toBe(false)
})
