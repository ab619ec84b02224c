/** Schedules that fall. */
import { pipe } from 'fp-ts/lib/function.js'
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
export const stepDecay = ({ initial, factor, every }: GeometricDecay): Schedule => {
  positive('stepDecay', 'factor', factor)
  positive('stepDecay', 'number of steps', every)
  return (step) => mul(initial)(power(factor, pipe(step, div(every), floor)))
}

/** initial · factor^(t/every); `every` is 1 unless given. */
export const exponentialDecay = ({ initial, factor, every = 1 }: Omit<GeometricDecay, 'every'> & { readonly every?: number }): Schedule => {
  positive('exponentialDecay', 'factor', factor)
  positive('exponentialDecay', 'number of steps', every)
  return (step) => mul(initial)(power(factor, div(every)(step)))
}

/** initial / (1 + rate · t) */
export const inverseTimeDecay = ({ initial, rate }: { readonly initial: number; readonly rate: number }): Schedule => {
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
export const polynomialDecay = ({
  initial,
  final = 0,
  steps,
  power: exponent = 1,
}: EndingDecay & { readonly power?: number }): Schedule => {
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
export const cosineDecay = ({ initial, final = 0, steps }: EndingDecay): Schedule => {
  positive('cosineDecay', 'number of steps', steps)
  return (step) => cosineBetween(initial, final)(progress(steps)(step))
}
