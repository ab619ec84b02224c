/** The laws of schedules: where they begin and end, that they do not jump, that they fall. */
import * as fc from 'fast-check'
import type { Schedule } from '../../src/optimise/index.js'
import * as ours from '../../src/optimise/index.js'
import { scalar, toNumber } from '../../src/tensor/index.js'
import { positive } from '../arbitrary/tensors.js'
import { differs, holds, near } from '../compare.js'
import { type Law, law } from '../law.js'

/** What the laws are about. */
export type Schedules = Pick<
  typeof ours,
  | 'cosineDecay'
  | 'exponentialDecay'
  | 'inverseTimeDecay'
  | 'joinSchedules'
  | 'linearWarmUp'
  | 'oneCycle'
  | 'piecewiseConstant'
  | 'polynomialDecay'
  | 'stepDecay'
  | 'warmUpThenCosine'
>
const at = (schedule: Schedule, t: number): number => toNumber(schedule(scalar(t, 'float64')))
/** A few rounded operations and one cosine or power: 2⁻⁵³ each. */
const ROUNDED = 1e-13
const steps = fc.integer({ min: 2, max: 40 })
const every = (n: number): readonly number[] => Array.from({ length: n }, (_, t) => t)

/** The largest difference of neighbours among the first n. */
const jump = (schedule: Schedule, n: number): number => Math.max(...every(n).map((t) => Math.abs(at(schedule, t + 1) - at(schedule, t))))

const falling = (all: Schedules): readonly Law[] => {
  const made = {
    cosineDecay: (initial: number, final: number, n: number) => all.cosineDecay({ initial, final, steps: n }),
    polynomialDecay: (initial: number, final: number, n: number) => all.polynomialDecay({ initial, final, steps: n, power: 2 }),
  }
  return Object.entries(made).flatMap(([name, make]) => [
    law(
      { name: `schedule.${name}.ends`, statement: 's(0) = initial, s(t) = final for t ≥ n' },
      fc.tuple(positive, positive, steps, fc.nat(50)),
      ([initial, final, n, more]) => {
        near('s(0)', initial, at(make(initial, final, n), 0), ROUNDED)
        near('s(n + …)', final, at(make(initial, final, n), n + more), ROUNDED)
      },
    ),
    law(
      { name: `schedule.${name}.smooth`, statement: '|s(t + 1) − s(t)| ≤ 2|initial − final|/n' },
      fc.tuple(positive, positive, steps),
      ([initial, final, n]) => holds('no jump', jump(make(initial, final, n), n + 3) <= (2 * Math.abs(initial - final)) / n + ROUNDED),
    ),
  ])
}

const geometric = ({ exponentialDecay, inverseTimeDecay, stepDecay }: Schedules): readonly Law[] => [
  law(
    { name: 'schedule.exponentialDecay.ratio', statement: 's(0) = initial, s(t + n) = factor · s(t)' },
    fc.tuple(positive, fc.constantFrom(0.5, 0.9), steps, fc.nat(50)),
    ([initial, factor, n, t]) => {
      const s = exponentialDecay({ initial, factor, every: n })
      near('s(0)', initial, at(s, 0), 0)
      near('s(t + n)', factor * at(s, t), at(s, t + n), ROUNDED)
    },
  ),
  law(
    { name: 'schedule.stepDecay.steps', statement: 's(t) is that of exponentialDecay at the last multiple of n' },
    fc.tuple(positive, fc.constantFrom(0.5, 0.9), steps, fc.nat(200)),
    ([initial, factor, n, t]) =>
      near(
        's(t)',
        at(exponentialDecay({ initial, factor, every: n }), n * Math.floor(t / n)),
        at(stepDecay({ initial, factor, every: n }), t),
        ROUNDED,
      ),
  ),
  law(
    { name: 'schedule.inverseTimeDecay', statement: 's(t)(1 + rate · t) = initial' },
    fc.tuple(positive, positive, fc.nat(200)),
    ([initial, rate, t]) => near('initial', initial, at(inverseTimeDecay({ initial, rate }), t) * (1 + rate * t), ROUNDED),
  ),
]

const rising = ({ linearWarmUp, oneCycle, warmUpThenCosine }: Schedules): readonly Law[] => [
  law(
    { name: 'schedule.linearWarmUp', statement: 's(0) = initial, s(t) = peak for t ≥ n, and equal steps between' },
    fc.tuple(positive, positive, steps, fc.nat(50)),
    ([initial, peak, n, more]) => {
      const s = linearWarmUp({ initial, peak, steps: n })
      near('s(0)', initial, at(s, 0), ROUNDED)
      near('s(n + …)', peak, at(s, n + more), ROUNDED)
      for (const t of every(n)) near(`s(${t + 1}) − s(${t})`, (peak - initial) / n, at(s, t + 1) - at(s, t), ROUNDED)
    },
  ),
  law(
    { name: 'schedule.warmUpThenCosine', statement: 'from initial to peak at the end of the warm-up, to final at n, without a jump' },
    fc.tuple(positive, steps, steps),
    ([peak, warmUp, rest]) => {
      const s = warmUpThenCosine({ peak, warmUp, steps: warmUp + rest })
      near('s(0)', 0, at(s, 0), ROUNDED)
      near('the peak', peak, at(s, warmUp), ROUNDED)
      near('the end', 0, at(s, warmUp + rest), ROUNDED)
      holds('no jump', jump(s, warmUp + rest + 3) <= Math.max(peak / warmUp, (2 * peak) / rest) + ROUNDED)
    },
  ),
  ...(['cosine', 'linear'] as const).map((anneal) =>
    law(
      {
        name: `schedule.oneCycle.${anneal}`,
        statement: 'from peak/25 to the peak at 0.3n − 1, to peak/250,000 at n − 1, where it stays, without a jump',
        source: 'Smith and Topin (2018)',
      },
      fc.tuple(positive, fc.integer({ min: 1, max: 5 })),
      ([peak, tens]) => {
        const n = 10 * tens
        const s = oneCycle({ peak, steps: n, anneal })
        near('s(0)', peak / 25, at(s, 0), ROUNDED)
        near('the peak', peak, at(s, 3 * tens - 1), ROUNDED)
        near('the end', peak / 250_000, at(s, n - 1), ROUNDED)
        near('behind the end', peak / 250_000, at(s, n + 7), ROUNDED)
        holds('no jump', jump(s, n + 3) <= (2 * peak) / (3 * tens - 1) + ROUNDED)
      },
    ),
  ),
]

const joined = ({ joinSchedules, piecewiseConstant }: Schedules): readonly Law[] => [
  law(
    { name: 'schedule.joinSchedules', statement: 's(t) = a(t) before the boundary, b(t − boundary) from there on' },
    fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(40)),
    ([boundary, t]) => {
      const a: Schedule = ours.exponentialDecay({ initial: 1, factor: 0.9 })
      const b: Schedule = ours.inverseTimeDecay({ initial: 3, rate: 0.5 })
      near('s(t)', t < boundary ? at(a, t) : at(b, t - boundary), at(joinSchedules([a, b], [boundary]), t), 0)
    },
  ),
  law(
    { name: 'schedule.piecewiseConstant', statement: 's(t) is the value with as many boundaries ≤ t before it' },
    fc.tuple(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }), fc.nat(50)),
    ([drawn, t]) => {
      const boundaries = drawn.toSorted((x, y) => x - y)
      const values: readonly [number, ...number[]] = [7, ...boundaries.map((_, i) => i + 0.5)]
      near('s(t)', values[boundaries.filter((b) => b <= t).length] ?? Number.NaN, at(piecewiseConstant({ values, boundaries }), t), 0)
    },
  ),
]

/** Every law of schedules; `others` stand in the place of ours. */
export const scheduleLaws = (others: Partial<Schedules> = {}): readonly Law[] => {
  const all: Schedules = { ...ours, ...others }
  return [falling, geometric, rising, joined].flatMap((laws) => laws(all))
}

/** Steps from the first to the last that a uint32 counts, each power of 2 among them. */
const everyStep = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 32 - 1),
  fc.integer({ min: 0, max: 31 }).map((power) => 2 ** power),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
)

/**
 * The laws of one schedule, of your own too.
 *
 * @example
 * for (const law of scheduleLawsOf('mine', (t) => div(add(1)(t))(scalar(0.1)))) it(law.name, () => check(law))
 */
export const scheduleLawsOf = (name: string, schedule: Schedule): readonly Law[] => [
  law(
    { name: `schedule.${name}.precision`, statement: 'a scalar at the precision of its step, and near the one of float64' },
    fc.nat(60),
    (t) => {
      const single = schedule(scalar(t, 'float32'))
      holds('a scalar of float32', single.shape.length === 0 && single.precision === 'float32')
      // Some operations rounded to 2⁻²⁴ each, one of them a power of up to 60 or the cosine of an angle of up to π.
      near('s(t)', at(schedule, t), toNumber(single), 1e-5)
    },
  ),
  law(
    { name: `schedule.${name}.bounded`, statement: 'finite and not negative for t = 0 … 2³² − 1, at both precisions' },
    fc.record({ t: everyStep, precision: fc.constantFrom<'float32' | 'float64'>('float32', 'float64') }),
    ({ t, precision }) => {
      const rate = toNumber(schedule(scalar(t, precision)))
      if (!(Number.isFinite(rate) && rate >= 0)) differs(`s(${t})`, 'a number of at least 0', rate)
    },
  ),
]
