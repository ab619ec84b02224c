/** A right slope agrees with the differences, however steep, kinked or noisy its function is; a wrong one does not. */
import { describe, expect, it } from 'vitest'
import { slopeAt } from '../../laws/slope.js'

type Function_ = (h: number) => number
const agrees = (fs: readonly Function_[], dy: readonly number[], p: number): boolean =>
  slopeAt((h) => Float64Array.from(fs, (f) => f(h)), Float64Array.from(dy), p).agrees

/** Functions, with their slope at 0. */
const right: Readonly<Record<string, readonly [Function_, number]>> = {
  'sin 30x, far out': [(h) => Math.sin(30 * (190 + h)), 30 * Math.cos(5700)],
  'a steep logistic': [(h) => 1 / (1 + Math.exp(-100 * h)), 25],
  'a steeper one': [(h) => Math.tanh(2000 * h), 2000],
  'a kink inside the first step': [(h) => Math.abs(h - 3e-6), -1],
  'a kink inside most steps': [(h) => Math.abs(h - 3e-8), -1],
  'a stair': [(h) => Math.floor(64 * (0.3 + h)) / 64, 0],
  'a stair, near its edge': [(h) => Math.floor(64 * (0.25 - 1e-7 + h)) / 64, 0],
  'a small slope on a large value': [(h) => 1e6 + Math.sin(h), 1],
  'a polynomial of large numbers': [(h) => (100 + h) ** 5, 5e8],
}
describe.each(Object.entries(right))('%s', (_, [f, slope]) => {
  it('agrees with its slope', () => expect(agrees([f], [0.7], 0.7 * slope)).toBe(true))
  it.each([1 + 1e-3, 0.5, 2, -1])('and with none that is %f times as large', (times) =>
    expect(agrees([f], [0.7], 0.7 * (slope === 0 ? times : slope * times))).toBe(false),
  )
})

const kink: Function_ = (h) => Math.max(0, h)
it.each([
  ['the left side', 0, true],
  ['the right side', 1, true],
  ['neither', 1.01, false],
  ['the other sign', -1, false],
])('at a kink, the slope of %s: %f', (_, p, expected) => expect(agrees([kink], [1], p)).toBe(expected))
it('at two kinks, each side is chosen by itself', () => {
  expect(agrees([kink, kink], [1, -2], 1)).toBe(true)
  expect(agrees([kink, kink], [1, -2], -2)).toBe(true)
  expect(agrees([kink, kink], [1, -2], 1.1)).toBe(false)
  expect(agrees([kink, kink], [1, -2], -2.1)).toBe(false)
})
it('what is no number agrees with no number', () => {
  expect(agrees([() => Number.NaN], [1], Number.NaN)).toBe(true)
  expect(agrees([() => Number.NaN], [1], 0)).toBe(false)
  expect(agrees([(h) => h], [1], Number.NaN)).toBe(false)
})
