/** Schedules that fall. */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../../error/index.js'
import { add, cos, div, floor, minimum, mul, pow, sub } from '../../ops/index.js'
import { full } from '../../tensor/create.js'
import type { Scalar } from '../../tensor/tensor.js'
import { notNegative, positive } from '../domain.js'
import type { Schedule } from './schedule.js'

/** min(t, n)/n: from 0 to 1, where it stays. */
export const progress =
  (steps: number) =>
  (step: Scalar): Scalar =>
    pipe(step, minimum(steps), div(steps))

const power = (base: number, exponent: Scalar): Scalar => pow(exponent)(full([], base, exponent.precision))

export interface GeometricDecay {
  readonly initial: number
  /** What is left after `every` steps. */
  readonly factor: number
  readonly every: number
}
/** initial · factor^⌊t/every⌋ */
export const stepDecay = (options: GeometricDecay): Schedule => {
  const { initial, factor, every } = optionsOf('stepDecay', {}, options, ['initial', 'factor', 'every'])
  positive('stepDecay', 'factor', factor)
  positive('stepDecay', 'number of steps', every)
  return (step) => mul(initial)(power(factor, pipe(step, div(every), floor)))
}

/** initial · factor^(t/every); `every` is 1 unless given. */
export const exponentialDecay = (options: Omit<GeometricDecay, 'every'> & { readonly every?: number }): Schedule => {
  const { initial, factor, every } = optionsOf('exponentialDecay', { every: 1 }, options, ['initial', 'factor'])
  positive('exponentialDecay', 'factor', factor)
  positive('exponentialDecay', 'number of steps', every)
  return (step) => mul(initial)(power(factor, div(every)(step)))
}

/** initial / (1 + rate · t) */
export const inverseTimeDecay = (options: { readonly initial: number; readonly rate: number }): Schedule => {
  const { initial, rate } = optionsOf('inverseTimeDecay', {}, options, ['initial', 'rate'])
  notNegative('inverseTimeDecay', 'rate', rate)
  return (step) => div(pipe(step, mul(rate), add(1)))(full([], initial, step.precision))
}

export interface EndingDecay {
  readonly initial: number
  /** Where it ends and stays: 0 unless given. */
  readonly final?: number
  /** How many steps it takes. */
  readonly steps: number
}
/** final + (initial − final)(1 − t/steps)^power, until `steps`; then final. Linear unless a power is given. */
export const polynomialDecay = (options: EndingDecay & { readonly power?: number }): Schedule => {
  const { initial, final, steps, power: exponent } = optionsOf('polynomialDecay', { final: 0, power: 1 }, options, ['initial', 'steps'])
  positive('polynomialDecay', 'number of steps', steps)
  positive('polynomialDecay', 'power', exponent)
  return (step) => {
    const left = sub(progress(steps)(step))(full([], 1, step.precision))
    return pipe(left, pow(exponent), mul(initial - final), add(final))
  }
}

/** From a to b as x goes from 0 to 1, along half a cosine: b + (a − b)(1 + cos πx)/2. */
export const cosineBetween =
  (a: number, b: number) =>
  (x: Scalar): Scalar =>
    pipe(x, mul(Math.PI), cos, add(1), mul((a - b) / 2), add(b))

/**
 * final + (initial − final)(1 + cos(πt/steps))/2 until `steps`; then final. PyTorch's `CosineAnnealingLR` rises again from there.
 *
 * @source Loshchilov and Hutter (2017), equation 5
 */
export const cosineDecay = (options: EndingDecay): Schedule => {
  const { initial, final, steps } = optionsOf('cosineDecay', { final: 0 }, options, ['initial', 'steps'])
  positive('cosineDecay', 'number of steps', steps)
  return (step) => cosineBetween(initial, final)(progress(steps)(step))
}
