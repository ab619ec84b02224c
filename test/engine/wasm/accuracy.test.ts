import { describe, expect, it } from 'vitest'
import { near } from '../program/lane-oracles.js'
import { A, B, floats, kernel, OUT, words } from './kernel-host.js'

type Name = keyof typeof near.unary
/** Allowed error in units in the last place. */
const limits: { readonly [K in Name]: number } = {
  exp: 1,
  log: 1,
  log1p: 1,
  expm1: 1.7,
  tanh: 1.5,
  sigmoid: 2.5,
  softplus: 3,
  erf: 1.5,
  sin: 1.8,
  cos: 1.8,
}
const functions = (Object.keys(limits) as Name[]).map((name) => [name, near.unary[name] as (x: number) => number, limits[name]] as const)

/** The distance of two neighbouring float32 near x; that of the denormals near 0. */
const unit = (x: number): number => {
  const exponent = Math.floor(Math.log2(Math.abs(Math.fround(x)) || 1e-45))
  return 2 ** (Math.min(127, Math.max(-126, exponent)) - 23)
}

/** |got − want| in units in the last place; a wrong sign of zero, Infinity or NaN counts as infinitely far. */
const distance = (got: number, want: number): number => {
  const rounded = Math.fround(want)
  if (Object.is(got, rounded)) return 0
  if (got === 0 && rounded === 0) return Infinity
  if (!Number.isFinite(rounded) || !Number.isFinite(got)) return Infinity
  return Math.abs(got - want) / unit(want)
}

const COUNT = 16384
/** Bit patterns all over float32, and the same number of moderate values. */
const arguments_ = (seed: number): void => {
  for (let i = 0; i < COUNT; ++i) {
    if (i % 2 === 0) words[A / 4 + i] = Math.imul(i + seed * COUNT, 0x9e3779b1)
    else floats[A / 4 + i] = ((i * 0.6180339887 + seed * 0.377) % 1) * 60 - 30
  }
}

/** Infinite results are compared where float64 and float32 agree that they are: not within a unit of the largest float32. */
const isBorderline = (want: number): boolean => Math.abs(want) > 3.4028234e38 && Math.abs(want) < 3.4028237e38

describe('error in units in the last place', () => {
  it.each(functions)('%s', (name, f, limit) => {
    let worst = { error: 0, x: 0, got: 0 }
    for (let seed = 0; seed < 12; ++seed) {
      arguments_(seed)
      kernel(name)(OUT, 1, COUNT, A, COUNT, 1)
      for (let i = 0; i < COUNT; ++i) {
        const x = floats[A / 4 + i] ?? 0
        const got = floats[OUT / 4 + i] ?? 0
        const error = isBorderline(f(x)) ? 0 : distance(got, f(x))
        if (error > worst.error) worst = { error, x, got }
      }
    }
    expect(worst.error, `${name}(${worst.x}) = ${worst.got}`).toBeLessThanOrEqual(limit)
  })

  const edges = [
    0,
    -0,
    1,
    -1,
    Infinity,
    -Infinity,
    NaN,
    1e-45,
    -1e-45,
    1e-39,
    -1e-39,
    89,
    -89,
    88.72,
    -103.9,
    -104,
    -110,
    3e38,
    -3e38,
    2 ** 89,
    131072,
  ]
  it.each(functions)('%s at the edges', (name, f, limit) => {
    floats.set(edges, A / 4)
    kernel(name)(OUT, 1, edges.length, A, edges.length, 1)
    const errors = edges.map((_, i) => {
      const x = floats[A / 4 + i] ?? 0
      return { x, error: distance(floats[OUT / 4 + i] ?? 0, f(x)) }
    })
    expect(errors.filter(({ error }) => !(error <= limit))).toEqual([])
  })
})

describe('pow', () => {
  const at = (x: number, y: number): { error: number; x: number; y: number; got: number } => {
    floats[A / 4] = x
    floats[B / 4] = y
    kernel('pow')(OUT, 1, 1, A, 1, 1, B, 1, 1)
    const got = floats[OUT / 4] ?? 0
    return { error: distance(got, near.binary.pow(Math.fround(x), Math.fround(y))), x, y, got }
  }
  const far = (xs: readonly number[], ys: readonly number[]) =>
    xs.flatMap((x) => ys.map((y) => at(x, y))).filter(({ error }) => !(error <= 0.51))

  it('at the edges is Math.pow, but for powers of 1 and infinite ones of −1, which are 1', () => {
    const xs = [0, -0, 1, -1, Infinity, -Infinity, NaN, 0.5, -0.5, 2, 3, -3, 1e-45, -1e-45, 1e38, -1e38]
    expect(far(xs, [...xs, 2.5, -2.5, 16777215, 16777216, -16777215])).toEqual([])
  })
  it('holds over the bias corrections of Adam', () => {
    const steps = [...Array(200).keys(), ...Array.from({ length: 400 }, (_, i) => 200 + i * i * 6)]
    expect(far([0.9, 0.99, 0.999, 0.9999], steps)).toEqual([])
  })
  it('holds for fractional exponents', () => {
    const xs = Array.from({ length: 60 }, (_, i) => 1.3 ** (i - 30))
    expect(
      far(
        xs,
        Array.from({ length: 60 }, (_, i) => i * 0.37 - 11),
      ),
    ).toEqual([])
  })
})
