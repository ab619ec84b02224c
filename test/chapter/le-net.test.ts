/** LeNet-5 after one epoch of MNIST; the paper's table, after twenty, is another matter. */
import { describe, expect, test } from 'vitest'
import { readMnist } from '../../src/codec/files/index.js'
import { orThrow } from '../../src/error/index.js'
import { count } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { leNet5, leNetEpoch } from './le-net.js'

const mean = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length

describe('LeNet-5', () => {
  test('has 61,706 parameters', () => expect(count(leNet5.init(key(0)))).toBe(61_706))

  test('one epoch takes it from guessing one digit in ten to more than 95 in 100', async () => {
    const { accuracies, costs } = leNetEpoch(orThrow(await readMnist()()), key(0))
    const [before, after] = accuracies
    expect(before).toBeLessThan(0.2)
    expect(after).toBeGreaterThan(0.95)
    expect(costs.length).toBe(600)
    expect(costs[0]).toBeGreaterThan(0.9 * Math.log(10))
    expect(mean(costs.slice(-100))).toBeLessThan(0.3)
  })
})
