/** The line search, by the sizes that it tries: each follows from the formula of the cubic, its bounds, or a doubling. */
import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type LineSearchOptions, strongWolfe, type Trial } from '../../src/optimise/index.js'

type Line = (size: number) => Pick<Trial<unknown>, 'value' | 'slope'>
const parabola =
  (minimum: number): Line =>
  (size) => ({ value: (size - minimum) ** 2, slope: 2 * (size - minimum) })

/** What is found on a line, and what was tried. */
const searched = (line: Line, first: number, options: Partial<LineSearchOptions> = {}) => {
  const tried: number[] = []
  const trial = (size: number): Trial<number> => ({ size, ...line(size), at: size })
  const phi = (size: number): Trial<number> => {
    tried.push(size)
    return trial(size)
  }
  return { found: strongWolfe(options)(phi, trial(0), first), tried }
}
const sizes = (line: Line, first: number, options: Partial<LineSearchOptions> = {}) => {
  const { found, tried } = searched(line, first, options)
  const shown = (size: number): number => Number(size.toPrecision(12))
  return { found: found && shown(found.size), tried: tried.map(shown) }
}

describe('a line search tries', () => {
  test.each<readonly [string, Line, number, Partial<LineSearchOptions>, readonly number[]]>([
    ['the first size alone, where that will do', parabola(3), 1, {}, [1]],
    ['twice as far, until a minimum lies behind, and then the minimum of the cubic', parabola(3), 1, { curvature: 0.1 }, [1, 2, 4, 3]],
    ['back from what is too far', parabola(3), 10, {}, [10, 3]],
    ['no nearer to the near end than a tenth', parabola(0.01), 1, {}, [1, 0.1, 0.01]],
    ['no nearer to the far end than a tenth', parabola(1.96), 1, { curvature: 0.01 }, [1, 2, 1.9, 1.96]],
    ['behind itself, where the slope has turned', parabola(1.5), 2, { curvature: 0.1 }, [2, 1.5]],
    ['the middle, where there is no number', (s) => (s < 1 ? parabola(0.5)(s) : { value: Infinity, slope: NaN }), 4, {}, [4, 2, 1, 0.5]],
    ['on and on, until it may no more', (s) => ({ value: -s, slope: -1 }), 1, { trials: 4 }, [1, 2, 4, 8]],
    ['no more than it may, and takes what falls', parabola(1.96), 1, { curvature: 0.01, trials: 2 }, [1, 2]],
  ])('%s', (_, line, first, options, tried) => expect(sizes(line, first, options)).toEqual({ found: tried.at(-1), tried }))

  test.each<readonly [string, Line, number, Partial<LineSearchOptions>, readonly number[]]>([
    ['nothing where it rises', parabola(-1), 1, {}, []],
    ['nothing where it is level', parabola(0), 1, {}, []],
    ['what it may, where all of it is too high', parabola(0.001), 10, { trials: 2 }, [10, 1]],
  ])('%s, and finds none', (_, line, first, options, tried) => expect(sizes(line, first, options)).toEqual({ found: undefined, tried }))
})

describe('a fall', () => {
  const level =
    (value: number, slope: number): Line =>
    (s) =>
      s === 0 ? { value: 1, slope: -1 } : { value, slope }
  it('is of at least c₁ times what the slope promises', () => {
    expect(sizes(level(0.9, 0.85), 1, { decrease: 0.1, trials: 1 }).found).toBe(1)
    expect(sizes(level(0.9001, 0.85), 1, { decrease: 0.1, trials: 1 }).found).toBeUndefined()
  })
  it('is flat up to c₂ times the slope at its start, on either side', () => {
    for (const slope of [0.5, -0.5]) expect(sizes(level(0, slope), 1, { curvature: 0.5, trials: 9 }).tried).toEqual([1])
    for (const slope of [0.51, -0.51]) expect(sizes(level(0, slope), 1, { curvature: 0.5, trials: 9 }).tried.length).toBeGreaterThan(1)
  })
  it('that rounding hides is known by its slope', () => {
    const hidden = (value: number, slope: number, noise: number) => sizes(level(value, slope), 1, { noise, trials: 1 }).found
    expect([hidden(1.001, 0.5, 0.001), hidden(1.002, 0.5, 0.001), hidden(1.001, 0.5, 0)]).toEqual([1, undefined, undefined])
    // (2 c₁ − 1) φ′(0) is 0.9998.
    expect([hidden(1.001, 0.8, 0.001), hidden(1.001, 1.1, 0.001)]).toEqual([1, undefined])
    expect(sizes(level(1.001, 1.1), 1, { noise: 0.001, trials: 1, curvature: 2 }).found).toBeUndefined()
  })
})

test('what is found satisfies the strong Wolfe conditions, within the trials', () => {
  const wave = fc.record({ a: fc.double({ min: 0.1, max: 10, noNaN: true }), m: fc.double({ min: 0.1, max: 5, noNaN: true }) })
  const first = fc.double({ min: 0.01, max: 20, noNaN: true })
  const curvature = fc.constantFrom(0.1, 0.5, 0.9)
  fc.assert(
    fc.property(wave, first, curvature, ({ a, m }, size, c2) => {
      const line: Line = (s) => ({ value: a * (s - m) ** 2 + Math.cos(s), slope: 2 * a * (s - m) - Math.sin(s) })
      const start = line(0)
      const { found, tried } = searched(line, size, { curvature: c2 })
      expect(found).toBeDefined()
      if (found === undefined) return
      expect(found).toMatchObject({ at: found.size, ...line(found.size) })
      expect(tried.length).toBeLessThanOrEqual(30)
      expect(found.value).toBeLessThanOrEqual(start.value + 1e-4 * found.size * start.slope)
      expect(Math.abs(found.slope)).toBeLessThanOrEqual(-c2 * start.slope)
    }),
  )
})
