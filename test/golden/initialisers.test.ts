/** Variances and bounds of the initialisers against their theory, and samples against both. */
import { describe, expect, test } from 'vitest'
import * as layers from '../../src/layer/index.js'
import { type Fans, fansOf, glorot, he, type Initialiser, lecun } from '../../src/layer/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { scalar, toArray } from '../../src/tensor/index.js'
import { type Case, compared, expectExactly, expectOutput, golden, named } from './golden.js'

interface Attributes {
  readonly initialiser: string
  readonly weight_shape: Shape
  readonly fan_in: number
  readonly fan_out: number
}
const cases = golden<Attributes>('initialisers')
const initialisers: Readonly<Record<string, Initialiser>> = { glorot, he, lecun }
const covered = cases.filter(({ attributes }) => Object.hasOwn(initialisers, attributes.initialiser))
/** The variance that each is for. */
const variances: Readonly<Record<string, (fans: Fans) => number>> = {
  glorot: (fans) => 2 / (fans.in + fans.out),
  he: (fans) => 2 / fans.in,
  lecun: (fans) => 1 / fans.in,
}
const numberOf = (one: Case<Attributes>, name: string): number => named(one.outputs, name).data?.[0] ?? Number.NaN
/** At least so many draws: keys, one after the other. */
const drawn = (one: Case<Attributes>, atLeast: number): readonly number[] => {
  const { initialiser, weight_shape: shape } = one.attributes
  const size = shape.reduce((a, b) => a * b, 1)
  const draw = (initialisers[initialiser] as Initialiser)(shape)
  return Array.from({ length: Math.ceil(atLeast / size) }, (_, seed) => Array.from(toArray(draw(key(seed))))).flat()
}

describe('initialisers', () => {
  test.each(covered.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const fans = fansOf(one.attributes.weight_shape)
    expect(fans).toEqual({ in: one.attributes.fan_in, out: one.attributes.fan_out })
    const theory = (variances[one.attributes.initialiser] as (fans: Fans) => number)(fans)
    expectOutput(one, 'variance', scalar(theory, 'float64'))
    expectOutput(one, 'standard_deviation', scalar(Math.sqrt(theory), 'float64'))
    expectOutput(one, 'uniform_bound', scalar(Math.sqrt(3 * theory), 'float64'))
    const [variance, bound] = [numberOf(one, 'variance'), numberOf(one, 'uniform_bound')]
    const numbers = drawn(one, 20_000)
    const n = numbers.length
    const mean = numbers.reduce((sum, x) => sum + x, 0) / n
    const second = numbers.reduce((sum, x) => sum + x * x, 0) / n
    compared(one, 'sample', Math.abs(second - variance) / variance)
    // Five standard errors: of the mean σ/√n, of the second moment of a uniform √(4/5)·σ²/√n.
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / n))
    expect(Math.abs(second - variance)).toBeLessThan((5 * variance * Math.sqrt(4 / 5)) / Math.sqrt(n))
    // Nothing outside the bound (to the precision of float32), and the bound is nearly reached on both sides.
    expect(Math.max(...numbers.slice(0, 100_000).map(Math.abs))).toBeLessThanOrEqual(bound * (1 + 2 ** -22))
    expect(numbers.reduce((most, x) => Math.max(most, x), 0)).toBeGreaterThan(bound * 0.998)
    expect(numbers.reduce((least, x) => Math.min(least, x), 0)).toBeLessThan(-bound * 0.998)
  })

  test('every case is run', () =>
    expectExactly(
      cases,
      covered.map(({ name }) => name),
      {},
      layers,
    ))
})
