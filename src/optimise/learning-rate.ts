/** The size of a step: a number, or a schedule. */
import { shown, ValueError } from '../error/index.js'
import { neg } from '../ops/index.js'
import { positive } from './domain.js'
import { type ScheduleF, scale, scaleBySchedule } from './scale.js'
import type { Schedule } from './schedule/schedule.js'
import type { GradientTransformation, Stateless } from './transformation.js'

/** A learning rate: one number for all steps, or a function of the step. */
export type Rate = number | Schedule
export interface LearningRate<R extends Rate = number> {
  /** The size of a step: a positive and finite number, or a schedule. */
  readonly learningRate: R
}
/** A constant rate needs no state; a schedule counts the steps. */
export type RateF<R extends Rate> = R extends number ? Stateless : ScheduleF

const constantRate = (who: string, rate: number): number => {
  if (typeof rate === 'number') return positive(who, 'learning rate', rate)
  throw new ValueError({ who, expected: 'a positive learning rate or a schedule', received: shown(rate) })
}

/** −ε g, for an optimiser of this name. */
export const descend = <R extends Rate>(who: string, learningRate: R): GradientTransformation<RateF<R>> => {
  const rate: Rate = learningRate
  const made = typeof rate === 'function' ? scaleBySchedule((step) => neg(rate(step))) : scale(-constantRate(who, rate))
  return made as unknown as GradientTransformation<RateF<R>>
}

/** −ε g: the last link of a chain that descends. */
export const scaleByLearningRate = <R extends Rate>(learningRate: R): GradientTransformation<RateF<R>> =>
  descend('scaleByLearningRate', learningRate)
