/** Tail probabilities against series of thirty digits (mpmath). */
import { expect, test } from 'vitest'
import { fisherTail, normalTail, studentTail } from '../../../src/optimise/linear/tails.js'

const close = (got: number, want: number): void => expect(Math.abs(got / want - 1), `${got} should be ${want}`).toBeLessThan(3e-13)

test.each([
  [0.1, 0.920344325445942],
  [1, 0.3173105078629141],
  [-1.4, 0.16151331846754213],
  [1.5, 0.13361440253771614],
  [3, 0.002699796063260189],
  [8, 1.2441921148543568e-15],
  [-30, 9.813427854296374e-198],
])('P(|Z| > %d)', (z, want) => close(normalTail(z), want))

test.each([
  [0.3, 1, 0.8144528418445153],
  [2.667, 9, 0.025748723264203997],
  [-4.241, 9, 0.0021710861629233766],
  [2, 0.5, 0.44551489018313123],
  [60, 3, 1.0199593673319755e-5],
  [1e-8, 5, 0.9999999924078662],
  [35, 200, 3.198043743601084e-87],
  [1.2, 1e6, 0.23013962472],
])('P(|T| > %d) of %d degrees', (t, degrees, want) => expect(studentTail(t, degrees)).toBeCloseTo(want, 11))

test.each([
  [17.99, 1, 9, 0.0021696073612644763],
  [330.285, 6, 9, 4.98405342264847e-10],
  [0.5, 3, 1000, 0.6823568468219964],
  [91.38, 1, 30, 1.293203815325696e-10],
])('P(F > %d) of %d and %d degrees', (f, d1, d2, want) => close(fisherTail(f, d1, d2), want))

test('the ends: 1 at 0, 0 far out, NaN of NaN', () => {
  expect([normalTail(0), studentTail(0, 4), fisherTail(0, 2, 3)]).toEqual([1, 1, 1])
  expect([normalTail(Number.POSITIVE_INFINITY), studentTail(-1e200, 4), fisherTail(Number.POSITIVE_INFINITY, 2, 3)]).toEqual([0, 0, 0])
  expect([normalTail(Number.NaN), studentTail(Number.NaN, 4), fisherTail(Number.NaN, 2, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN])
})
