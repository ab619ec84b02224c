/**
 * Stability where it is claimed, for |z| ≤ 1e4: no NaN and no infinity, in values and gradients; invariance under a shift; and
 * in float32 the numbers of a float64 oracle within a budget.
 */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { vjp } from '../../src/graph/index.js'
import { sumAll } from '../../src/ops/index.js'
import { ones, type Tensor, tensor, toArray } from '../../src/tensor/index.js'
import { Broken, identical, within } from '../compare.js'
import { type Law, law } from '../law.js'
import { type Claimed, claims } from '../stability/claims.js'
import { oracles } from '../stability/oracles.js'

export interface StabilityOptions {
  readonly claimed: Claimed
  readonly engine: Engine
  /** Units in the last place of an elementary function. */
  readonly ulps: number
}
const { abs, log } = Math
const names = Object.keys(claims) as readonly (keyof Claimed)[]

/** z near each other or far apart, anywhere up to 1e4; y one-hot. */
const examples = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(1, 30, 200, 1e4), fc.double({ min: -1, max: 1, noNaN: true }))
  .chain(([n, spread, centre]) =>
    fc.tuple(
      fc.array(
        fc.double({ min: -spread, max: spread, noNaN: true }).map((x) => Math.fround(centre * (1e4 - spread) + x)),
        { minLength: n, maxLength: n },
      ),
      fc.nat(n - 1),
    ),
  )
  .map(([z, k]) => ({ z, y: z.map((_, i) => (i === k ? 1 : 0)) }))

/** Multiples of 1/64 up to 4096, on which z + c and z − m are exact in float32. */
const grid = fc.integer({ min: -(2 ** 18), max: 2 ** 18 }).map((k) => k / 64)
const onGrid = fc.tuple(fc.array(grid, { minLength: 1, maxLength: 6 }), grid)

type Float = 'float32' | 'float64'
export const stabilityLaws = (options: Partial<StabilityOptions> = {}): readonly Law[] => {
  const { claimed, engine, ulps } = { claimed: claims, engine: reference, ulps: 1, ...options }
  const run = compile(engine)
  const withSlope = (name: keyof Claimed): ((z: Tensor, y: Tensor) => readonly [Tensor, Tensor]) =>
    run((z: Tensor, y: Tensor) => {
      const [value, pullback] = vjp((x: Tensor) => claimed[name](x, y))(z)
      return [value, pullback(ones(value.shape, value.precision))] as const
    })
  const of = (xs: readonly number[], float: Float): Tensor => tensor([xs.length], xs, float)
  const finite = (name: keyof Claimed, float: Float): Law => {
    const f = withSlope(name)
    return law(
      { name: `stability.${name}.finite.${float}`, statement: 'value and gradient are finite for |z| ≤ 1e4' },
      examples,
      ({ z, y }) => {
        const numbers = f(of(z, float), of(y, float)).map((t) => Array.from(toArray(t)))
        if (!numbers.flat().every(Number.isFinite)) throw new Broken(name, 'finite numbers', numbers.map((t) => t.join(', ')).join(' and '))
      },
    )
  }
  const accurate = (name: keyof Claimed): Law => {
    const f = withSlope(name)
    return law(
      {
        name: `stability.${name}.accurate`,
        statement: 'float32 is float64 within its budget',
        source: 'Higham (2002) §1.6, Blanchard, Higham, Higham (2021)',
      },
      examples,
      ({ z, y }) => {
        const judged = oracles[name](z, y, ulps)
        const [value, slope] = f(of(z, 'float32'), of(y, 'float32'))
        const wanted = (xs: readonly number[], like: Tensor): Tensor => tensor(like.shape, xs, 'float64')
        within('value', wanted(judged.value, value), value, (i) => 2 ** -23 * judged.valueBudget(i))
        within('gradient', wanted(judged.slope, slope), slope, (i) => 2 ** -23 * judged.slopeBudget(i))
      },
    )
  }
  const shift = (name: 'logSoftmax' | 'softmax', float: Float): Law => {
    const f = run(claimed[name])
    return law(
      {
        name: `stability.${name}.shift.${float}`,
        statement: `${name}(z + c) = ${name}(z), bit for bit where z + c is exact`,
        source: 'Goodfellow et al. (2016) §6.2.2.3',
      },
      onGrid,
      ([z, c]) =>
        identical(
          name,
          f(of(z, float)),
          f(
            of(
              z.map((x) => x + c),
              float,
            ),
          ),
        ),
    )
  }
  const shiftOut = (float: Float): Law => {
    const f = run(claimed.logSumExp)
    return law(
      {
        name: `stability.logSumExp.shift.${float}`,
        statement: 'logSumExp(z + c) = logSumExp(z) + c, within a unit of each sum',
        source: 'Goodfellow et al. (2016) §4.1',
      },
      onGrid,
      ([z, c]) => {
        const [before, after] = [
          f(of(z, float)),
          f(
            of(
              z.map((x) => x + c),
              float,
            ),
          ),
        ]
        const moved = tensor(
          before.shape,
          Array.from(toArray(before), (y) => y + c),
          'float64',
        )
        const largest = Math.max(...z.map(abs)) + abs(c) + log(z.length)
        within('logSumExp', moved, after, () => (float === 'float32' ? 2 ** -23 : 2 ** -52) * 2 * largest)
      },
    )
  }
  const normalised = (float: Float): Law => {
    const f = run((z: Tensor) => sumAll(claimed.softmax(z)))
    return law(
      {
        name: `stability.softmax.normalised.${float}`,
        statement: 'Σ softmax(z) = 1 for |z| ≤ 1e4',
        source: 'Goodfellow et al. (2016) §6.2.2.3',
      },
      examples,
      ({ z }) => {
        /** Σ p·(L + u + 2·|log p|) ≤ L + u + 2·log n, and the sum. */
        const n = z.length
        const budget = ulps * (2 + log(n)) + n + 2 * log(n) + n
        within('Σ softmax', tensor([], [1], 'float64'), f(of(z, float)), () => (float === 'float32' ? 2 ** -23 : 2 ** -52) * budget)
      },
    )
  }
  return [
    ...names.flatMap((name) => [finite(name, 'float32'), finite(name, 'float64'), accurate(name)]),
    ...(['float32', 'float64'] as const).flatMap((float) => [
      shift('logSoftmax', float),
      shift('softmax', float),
      shiftOut(float),
      normalised(float),
    ]),
  ]
}
