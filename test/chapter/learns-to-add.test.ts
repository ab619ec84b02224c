/** A recurrent network learns to add two numbers of twenty, which it must remember. */
import { describe, expect, test } from 'vitest'
import { key } from '../../src/random/index.js'
import { toArray } from '../../src/tensor/index.js'
import { learnsToAdd, steps, sums } from './learns-to-add.js'

describe('adding', () => {
  test('two numbers of every sequence are marked, and their sum is wanted', () => {
    const { x, y } = sums(100, key(3))
    const [numbers, wanted] = [toArray(x), toArray(y)]
    const pairs = Array.from({ length: 100 * steps }, (_, i) => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0] as const)
    const rows = Array.from({ length: 100 }, (_, i) => pairs.slice(i * steps, (i + 1) * steps))
    expect(rows.map((row) => row.reduce((sum, [, mark]) => sum + mark, 0))).toEqual(rows.map(() => 2))
    rows.forEach((row, i) => {
      expect(wanted[i]).toBeCloseTo(
        row.reduce((sum, [u, mark]) => sum + mark * u, 0),
        6,
      )
    })
  })

  test.each([0, 1])('from seed %i the error falls from that of chance, 1/6, below a fiftieth of it', (seed) => {
    const { chance, errors } = learnsToAdd(key(seed), { rounds: 10, batches: 60 })
    expect(Math.abs(chance - 1 / 6)).toBeLessThan(0.02)
    expect(errors[0]).toBeGreaterThan(chance)
    expect(errors.at(-1)).toBeLessThan(chance / 50)
  })
})
