/**
 * Schedules: numbers, usually learning rates, as functions of the step. The step comes as a scalar from an optimiser's state,
 * counted from 0, at the precision of the gradients that the number will multiply; so a schedule compiles like everything else.
 *
 * A float32 tells whole steps apart up to 2²⁴; beyond, a schedule sees every second or fourth step.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, shown, ValueError, wantsFunction, wantsList } from '../../error/index.js'
import { greaterEqual, maximum, select, sub } from '../../ops/index.js'
import { fixed } from '../../shape/index.js'
import { full } from '../../tensor/create.js'
import type { Scalar } from '../../tensor/tensor.js'

/** From the step, counted from 0, to a scalar of the same precision. */
export type Schedule = (step: Scalar) => Scalar

/** The same number at every step. */
export const constantSchedule =
  (value: number): Schedule =>
  ({ precision }) =>
    full([], value, precision)

/**
 * Schedules one after the other: each begins at its boundary, and counts its steps from there.
 *
 * @error  `ValueError` unless there is one schedule more than boundaries, and these rise
 * @example
 * joinSchedules([linearWarmUp({ peak: 0.1, steps: 100 }), cosineDecay({ initial: 0.1, steps: 900 })], [100])
 */
export const joinSchedules = (schedules: readonly [Schedule, ...Schedule[]], boundaries: readonly number[]): Schedule => {
  wantsList('joinSchedules', 'a list of boundaries', boundaries)
  const [first, ...rest] = wantsList('joinSchedules', 'a list of schedules', schedules)
  for (const each of schedules) wantsFunction('joinSchedules', 'schedules, which are functions of the step', each)
  const starts = fixed(boundaries)
  if (first === undefined || rest.length !== boundaries.length)
    throw new ValueError({
      who: 'joinSchedules',
      expected: first === undefined ? 'at least one schedule' : `${rest.length} boundaries`,
      received: first === undefined ? 'none' : String(boundaries.length),
    })
  if (!boundaries.every((b, i) => Number.isFinite(b) && b > (boundaries[i - 1] ?? 0)))
    throw new ValueError({ who: 'joinSchedules', expected: 'boundaries that rise from 0', received: shown(boundaries) })
  return (step) =>
    rest.reduce<Scalar>((before, schedule, i) => {
      const start = starts[i] ?? 0
      // Before its boundary a schedule sees step 0: what is not chosen is a number all the same.
      const after = schedule(pipe(step, sub(start), maximum(0)))
      return pipe(step, greaterEqual(start), select(after, before))
    }, first(step))
}

/** One number before the first boundary, the next from there on, and so on; one value more than boundaries. */
export const piecewiseConstant = (options: {
  readonly values: readonly [number, ...number[]]
  readonly boundaries: readonly number[]
}): Schedule => {
  const { values, boundaries } = optionsOf('piecewiseConstant', {}, options, ['values', 'boundaries'])
  wantsList('piecewiseConstant', 'a list of values', values)
  const [first, ...rest] = values
  return joinSchedules([constantSchedule(first), ...rest.map(constantSchedule)], boundaries)
}
