/**
 * Minimising a function that is the same at every step: the cost of a full batch. Other than a gradient transformation, a
 * minimiser may compute the function at several places before it moves, so it takes the function itself; and it looks at
 * numbers, so it is a loop on the host around a function that may be compiled.
 */
import { optionsOf, wantsFunction } from '../error/index.js'
import { leaves } from '../params/index.js'
import { toArray, toNumber } from '../tensor/read.js'
import type { Scalar } from '../tensor/tensor.js'
import { notNegative } from './domain.js'

/** A function to be minimised, with its gradient: `valueAndGrad(f)`, or `compile(wasm)(valueAndGrad(f))`. */
export type ValueAndGradient<P> = (params: P) => readonly [cost: Scalar, gradients: P]

/** Where a minimiser is, and what it remembers. */
export interface Visited<P, M> {
  readonly params: P
  readonly cost: Scalar
  readonly gradients: P
  readonly memory: M
  /** Nothing better was found in the last step. */
  readonly stalled: boolean
}
export interface Minimiser<M> {
  readonly init: <P>(f: ValueAndGradient<P>) => (params: P) => Visited<P, M>
  readonly step: <P>(f: ValueAndGradient<P>) => (here: Visited<P, M>) => Visited<P, M>
}

export interface MinimiseOptions {
  /** The most steps that are made. */
  readonly steps: number
  /** No derivative is larger where it ends. */
  readonly tolerance: number
}
export const minimiseDefaults: MinimiseOptions = Object.freeze({ steps: 1000, tolerance: 1e-6 })

export interface Minimum<P> {
  readonly params: P
  readonly cost: Scalar
  readonly gradients: P
  readonly steps: number
  /** `converged` within the tolerance; `stalled` where rounding, or a kink, hides any way down; `diverged` where the cost or a derivative is NaN; or out of `steps`. */
  readonly end: 'converged' | 'stalled' | 'diverged' | 'steps'
}

/** So many steps with neither a lower cost nor a smaller gradient are only rounding. */
const patience = 10
/** How a minimisation goes. */
interface Course<P, M> {
  readonly here: Visited<P, M>
  readonly made: number
  readonly idle: number
  readonly lowest: number
  readonly flattest: number
  readonly end?: 'converged' | 'stalled' | 'diverged'
}

/** max |∂J/∂θᵢ|; NaN if one is. */
export const steepest = (gradients: unknown): number =>
  leaves(gradients).reduce((most, g) => Array.from(toArray(g)).reduce((m, x) => Math.max(m, Math.abs(x)), most), 0)

/**
 * Steps of a minimiser until the gradient is small.
 *
 * @example
 * const { params, end } = minimise(fullBatch(model)(x, y), lbfgs())(model.init(key(1)))
 */
export const minimise = <P, M>(
  f: ValueAndGradient<P>,
  method: Minimiser<M>,
  options: Partial<MinimiseOptions> = {},
): ((start: P) => Minimum<P>) => {
  const { steps, tolerance } = optionsOf('minimise', minimiseDefaults, options)
  wantsFunction('minimise', 'a function to the cost and its gradient', f, 'fullBatch(model)(x, y) makes one of a model')
  wantsFunction('minimise', 'a method', method?.init, 'lbfgs() is one')
  notNegative('minimise', 'tolerance', tolerance)
  notNegative('minimise', 'number of steps', steps)
  const [init, step] = [method.init(f), method.step(f)]
  return (start) => {
    const look = (here: Visited<P, M>, made: number, before?: Course<P, M>): Course<P, M> => {
      const [cost, slope] = [toNumber(here.cost), steepest(here.gradients)]
      const [lowest, flattest] = [before?.lowest ?? Number.POSITIVE_INFINITY, before?.flattest ?? Number.POSITIVE_INFINITY]
      const idle = before === undefined || cost < lowest || slope < flattest ? 0 : before.idle + 1
      const lost = Number.isNaN(cost) || Number.isNaN(slope)
      const end = lost ? 'diverged' : slope <= tolerance ? 'converged' : here.stalled || idle >= patience ? 'stalled' : undefined
      return {
        here,
        made,
        idle,
        lowest: Math.min(lowest, cost),
        flattest: Math.min(flattest, slope),
        ...(end === undefined ? {} : { end }),
      }
    }
    const last = Array.from({ length: steps }).reduce<Course<P, M>>(
      (now) => (now.end === undefined ? look(step(now.here), now.made + 1, now) : now),
      look(init(start), 0),
    )
    const { params, cost, gradients } = last.here
    return { params, cost, gradients, steps: last.made, end: last.end ?? 'steps' }
  }
}
