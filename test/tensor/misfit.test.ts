/** The check of literals' numbers is a written-out loop: it finds what asking number by number does. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds, type Precision } from '../../src/prim/index.js'
import { misfit } from '../../src/tensor/loop/misfit.js'

const thing = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(0, 1, -0, true, false) },
  { weight: 3, arbitrary: fc.constantFrom(2, -1, 0.5, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 32 - 1, 1e300, 5e-324) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, undefined, null, '1', 1n, [1], {}) },
)
const lists = fc.oneof(fc.array(thing), fc.array(fc.constantFrom(0, 1)), fc.array(fc.double()), fc.sparseArray(fc.constant(1)))

test.each<Precision>(['float32', 'float64', 'int32', 'uint32', 'bool'])('of %s', (precision) => {
  const fits = (x: unknown): boolean => (typeof x === 'number' ? holds(precision, x) : precision === 'bool' && typeof x === 'boolean')
  fc.assert(
    fc.property(lists, (xs) => {
      expect(misfit(precision, xs)).toBe(xs.findIndex((x) => !fits(x)))
    }),
    { numRuns: 500 },
  )
})
