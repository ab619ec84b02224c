/** Gradients times a number; and the number of a step, from a schedule. */
import { add, cast, mul } from '../ops/index.js'
import { mapTree } from '../params/index.js'
import { scalar } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { eachPrecision } from './moments.js'
import type { Schedule } from './schedule/schedule.js'
import { type GradientTransformation, type Stateless, type StateOf, stateless } from './transformation.js'

/** Every gradient times a number. */
export const scale = (factor: number): GradientTransformation<Stateless> =>
  stateless((gradients) => mapTree((g) => mul(factor)(g))(gradients))

/** No update at all: the group of parameters that are not learned. */
export const setToZero: GradientTransformation<Stateless> = stateless((gradients) => mapTree((g) => mul(0)(g))(gradients))

export interface ScheduleState {
  /** How many steps were made: uint32, which counts to 2³² − 1. */
  readonly step: Scalar
}
export interface ScheduleF extends StateOf {
  readonly state: ScheduleState
  readonly stateless: false
}
/**
 * Every gradient times the number that the schedule gives for the step, counted from 0 in the state: a count on the host
 * would be frozen into a compiled step, and the first number would come back for ever.
 *
 * @example
 * chain(scaleByAdam(), scaleBySchedule(cosineDecay({ initial: -1e-3, steps: 10_000 })))
 */
export const scaleBySchedule = (schedule: Schedule): GradientTransformation<ScheduleF> => ({
  init: () => ({ step: scalar(0, 'uint32') }),
  update: (gradients, { step }) => {
    const factor = eachPrecision((precision) => schedule(cast(precision)(step)))
    return [mapTree((g: Tensor) => mul(factor(g))(g))(gradients), { step: add(1)(step) }]
  },
  stateless: false,
})
