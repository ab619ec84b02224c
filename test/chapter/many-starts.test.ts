/** A convex model ends at one cost from every start, a network at several. */
import { describe, expect, test } from 'vitest'
import { key } from '../../src/random/index.js'
import { bottoms, bulges } from './many-starts.js'

/** H(1/5), of which the labels cannot be freed. @unit nats */
const entropy = -(0.2 * Math.log(0.2) + 0.8 * Math.log(0.8))
const near = (costs: readonly number[], cost: number): number => costs.filter((found) => Math.abs(found - cost) < 1e-3).length

describe('many starts', () => {
  test('the linear model ends at ln 2 from every one', () => expect(near(bottoms.linear(30, key(0)), Math.LN2)).toBe(30))

  test('the network ends at H(1/5) from some, and higher up from others', () => {
    const costs = bottoms.network(30, key(0))
    expect(costs[0]).toBeGreaterThan(entropy - 1e-3)
    expect(near(costs, entropy)).toBeGreaterThanOrEqual(5)
    expect(costs.filter((cost) => cost > entropy + 0.05).length).toBeGreaterThanOrEqual(10)
  })

  test('between two points the cost of the linear model lies below their mean, that of the network at times above it', () => {
    expect(Math.max(...bulges.linear(100, key(1)))).toBeLessThan(1e-6)
    expect(bulges.network(100, key(1)).filter((bulge) => bulge > 0.1).length).toBeGreaterThan(5)
  })
})
