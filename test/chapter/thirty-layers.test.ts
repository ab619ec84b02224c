/** He's start against Glorot's, through thirty layers of rectifiers. */
import { describe, expect, test } from 'vitest'
import { key } from '../../src/random/index.js'
import { type Start, thirtyLayers } from './thirty-layers.js'

const [he, glorot] = (['he', 'glorot'] as readonly Start[]).map((which) => thirtyLayers(which, key(0), { steps: 200 })) as [
  ReturnType<typeof thirtyLayers>,
  ReturnType<typeof thirtyLayers>,
]
const last = (xs: readonly number[]): number => xs.at(-1) ?? Number.NaN
const most = (xs: readonly number[]): number => Math.max(...xs)

describe('thirty layers', () => {
  test("Glorot's start halves the signal in every layer; He's keeps it within two orders", () => {
    const halved = Math.log2(last(glorot.signals) / (glorot.signals[0] ?? 0)) / 29
    expect(Math.abs(halved + 1)).toBeLessThan(0.25)
    expect(last(he.signals)).toBeGreaterThan(0.01)
    expect(most(he.signals)).toBeLessThan(100)
  })

  test('as little is left of its gradient', () => {
    expect(he.gradients.length).toBe(29)
    expect(most(glorot.gradients)).toBeLessThan(1e-5 * Math.min(...he.gradients))
  })

  test('from the one start it learns, from the other it stands still', () => {
    expect(last(he.costs)).toBeLessThan(0.1)
    expect(Math.abs(last(glorot.costs) - Math.LN2)).toBeLessThan(0.01)
    expect(most(glorot.costs) - Math.min(...glorot.costs)).toBeLessThan(0.01)
  })
})
