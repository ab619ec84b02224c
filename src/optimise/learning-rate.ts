/** The size of a step: a number, or a schedule. */
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

/** −ε g, for an optimiser of this name. */
export const descend = <R extends Rate>(who: string, { learningRate }: LearningRate<R>): GradientTransformation<RateF<R>> => {
  const rate: Rate = learningRate
  const made = typeof rate === 'number' ? scale(-positive(who, 'learning rate', rate)) : scaleBySchedule((step) => neg(rate(step)))
  return made as unknown as GradientTransformation<RateF<R>>
}

/** −ε g: the last link of a chain that descends. */
export const scaleByLearningRate = <R extends Rate>(learningRate: R): GradientTransformation<RateF<R>> =>
  descend('scaleByLearningRate', { learningRate })
