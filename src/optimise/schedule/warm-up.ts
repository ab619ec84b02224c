/** Schedules that rise, and those that rise and then fall. */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, ValueError } from '../../error/index.js'
import { add, div, lessEqual, maximum, minimum, mul, select, sub } from '../../ops/index.js'
import type { Scalar } from '../../tensor/tensor.js'
import { positive } from '../domain.js'
import { cosineBetween, cosineDecay, progress } from './decay.js'
import { joinSchedules, type Schedule } from './schedule.js'

/** From a to b as x goes from 0 to 1, along a line. */
const lineBetween =
  (a: number, b: number) =>
  (x: Scalar): Scalar =>
    pipe(x, mul(b - a), add(a))

/** From `initial`, 0 unless given, along a line to `peak` after `steps`, where it stays. */
export const linearWarmUp = (options: { readonly initial?: number; readonly peak: number; readonly steps: number }): Schedule => {
  const { initial, peak, steps } = optionsOf('linearWarmUp', { initial: 0 }, options, ['peak', 'steps'])
  positive('linearWarmUp', 'number of steps', steps)
  return (step) => lineBetween(initial, peak)(progress(steps)(step))
}

/** Along a line to `peak` in the first `warmUp` steps, then along half a cosine to `final` at `steps`, all counted from 0. */
export const warmUpThenCosine = (options: {
  readonly initial?: number
  readonly peak: number
  readonly final?: number
  readonly warmUp: number
  readonly steps: number
}): Schedule => {
  const { initial, peak, final, warmUp, steps } = optionsOf('warmUpThenCosine', { initial: 0, final: 0 }, options, [
    'peak',
    'warmUp',
    'steps',
  ])
  return joinSchedules(
    [linearWarmUp({ initial, peak, steps: warmUp }), cosineDecay({ initial: peak, final, steps: steps - warmUp })],
    [warmUp],
  )
}

export interface OneCycleOptions {
  readonly peak: number
  /** How many steps the cycle has: the last is number `steps` − 1. */
  readonly steps: number
  /** What part of them rises: 0.3 unless given. */
  readonly warmUpFraction?: number
  /** The first rate is peak / initialDivisor; 25 unless given. */
  readonly initialDivisor?: number
  /** The last rate is the first / finalDivisor; 1e4 unless given. */
  readonly finalDivisor?: number
  readonly anneal?: 'cosine' | 'linear'
}
const oneCycleDefaults = { warmUpFraction: 0.3, initialDivisor: 25, finalDivisor: 1e4, anneal: 'cosine' }
/**
 * From peak/25 up to the peak at step 0.3n − 1, and down to peak/250,000 at step n − 1, where it stays; PyTorch's `OneCycleLR`,
 * whose formula this is, refuses further steps, and also moves the momentum.
 *
 * @source Smith and Topin (2018)
 */
export const oneCycle = (options: OneCycleOptions): Schedule => {
  const { peak, steps, warmUpFraction, initialDivisor, finalDivisor, anneal } = optionsOf('oneCycle', oneCycleDefaults, options, [
    'peak',
    'steps',
  ])
  const [turn, last] = [warmUpFraction * steps - 1, steps - 1]
  if (!(turn > 0 && turn < last))
    throw new ValueError({
      who: 'oneCycle',
      expected: 'a warm-up of more than one step and less than all',
      received: `${warmUpFraction} of ${steps} steps`,
    })
  const low = peak / positive('oneCycle', 'initialDivisor', initialDivisor)
  const end = low / positive('oneCycle', 'finalDivisor', finalDivisor)
  const between = anneal === 'cosine' ? cosineBetween : lineBetween
  return (step) => {
    const rise = between(low, peak)(progress(turn)(step))
    const fall = between(peak, end)(pipe(step, sub(turn), maximum(0), div(last - turn), minimum(1)))
    return pipe(step, lessEqual(turn), select(rise, fall))
  }
}
