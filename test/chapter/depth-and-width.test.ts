/** Universal approximation in numbers: wider is nearer, deeper is nearer with fewer units, and folds double the pieces. */
import { describe, expect, test } from 'vitest'
import { key } from '../../src/random/index.js'
import { errorOf, piecesOf, type Target, targets } from './depth-and-width.js'

const options = { steps: 2000, starts: 3 }

describe('width', () => {
  test.each(Object.keys(targets) as readonly Target[])('%s: 32 units come near it, one does not', (target) => {
    const [one = 0, four = 0, many = 0] = [1, 4, 32].map((width) => errorOf(target, options, key(0))(1, width))
    expect(many).toBeLessThan(3e-4)
    expect(many).toBeLessThan(four / 3)
    expect(many).toBeLessThan(one / 8)
  })
})

describe('depth', () => {
  test('four units in each of three layers fit one and a half waves a hundred times better than four in one', () => {
    const [shallow = 0, deep = 0] = [1, 3].map((depth) => errorOf('wave', options, key(0))(depth, 4))
    expect(shallow).toBeGreaterThan(0.1)
    expect(deep).toBeLessThan(shallow / 100)
  })

  test('k folds of two rectifiers have 2ᵏ linear pieces', () =>
    expect([0, 1, 2, 3, 4, 5, 6].map(piecesOf)).toEqual([1, 2, 4, 8, 16, 32, 64]))
})
