/**
 * L-BFGS: Newton's method with an inverse Hessian that is guessed from the last m steps s and changes of the gradient y.
 *
 *     d = −H∇J,  H yᵢ = sᵢ for the last pair (the secant equation)
 *
 * @source Liu and Nocedal (1989); Nocedal and Wright (2006), algorithms 7.4 and 7.5
 */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf } from '../error/index.js'
import { add, concat, div, dot, greater, mul, neg, reshape, select, slice, sqrt, sub } from '../ops/index.js'
import { ravel, unravel } from '../params/index.js'
import { full, zeros } from '../tensor/create.js'
import { toNumber } from '../tensor/read.js'
import type { Matrix, Scalar, Tensor, Vector } from '../tensor/tensor.js'
import { wholeSteps } from './domain.js'
import { type LineSearchOptions, strongWolfe, type Trial } from './line-search.js'
import type { Minimiser, ValueAndGradient, Visited } from './minimise.js'
import { choose } from './moments.js'

/** The last m pairs of all parameters as one vector, newest first; rows of zeros where there are fewer. */
export interface LbfgsMemory {
  /** sᵢ = θᵢ₊₁ − θᵢ */
  readonly steps: Matrix<number, number>
  /** yᵢ = ∇J(θᵢ₊₁) − ∇J(θᵢ) */
  readonly changes: Matrix<number, number>
}
const times = (factor: Scalar, x: Vector<number>): Vector<number> => mul(factor)(x) as Vector<number>
const row = (i: number, x: Matrix<number, number>): Vector<number> =>
  reshape([x.shape[1]])(slice({ starts: [i, 0], sizes: [1, x.shape[1]] })(x))

/** A step, its change of the gradient, and 1/sᵀy; 0 for a row of zeros, so that it changes nothing. */
interface Pair {
  readonly s: Vector<number>
  readonly y: Vector<number>
  readonly rho: Scalar
}
const pairOf = ({ steps, changes }: LbfgsMemory, i: number): Pair => {
  const [s, y] = [row(i, steps), row(i, changes)]
  const sy = dot(y)(s)
  return { s, y, rho: pipe(sy, greater(0), select(div(sy)(full([], 1, sy.precision)), 0)) as Scalar }
}
/** The first guess of H: sᵀy/yᵀy, the curvature along the newest step; 1 where there is none. */
const scaleOf = ({ s, y }: Pair): Scalar => pipe(dot(y)(s), greater(0), select(div(dot(y)(y))(dot(y)(s)), 1)) as Scalar

/** −H g by the two loops over the memory; −g where it is empty. */
export const lbfgsDirection =
  (memory: LbfgsMemory) =>
  (g: Vector<number>): Vector<number> => {
    const pairs = Array.from({ length: memory.steps.shape[0] }, (_, i) => pairOf(memory, i))
    const { q, alphas } = pairs.reduce<{ readonly q: Vector<number>; readonly alphas: readonly Scalar[] }>(
      (down, { s, y, rho }) => {
        const alpha = mul(dot(down.q)(s))(rho)
        return { q: sub(times(alpha, y))(down.q), alphas: [...down.alphas, alpha] }
      },
      { q: g, alphas: [] },
    )
    const [newest] = pairs
    const guess = newest === undefined ? q : times(scaleOf(newest), q)
    return neg(
      pairs.reduceRight<Vector<number>>((r, { s, y, rho }, i) => {
        const beta = mul(dot(r)(y))(rho)
        return add(times(sub(beta)(alphas[i] ?? beta), s))(r)
      }, guess),
    )
  }

/** The memory with one more pair, and without its oldest; as it was where sᵀy is not clearly positive, as convexity would have it. */
export const remember =
  (s: Vector<number>, y: Vector<number>) =>
  (memory: LbfgsMemory): LbfgsMemory => {
    const [m, n] = memory.steps.shape
    const push = (x: Vector<number>, rows: Matrix<number, number>): Matrix<number, number> =>
      concat({ axis: -2 })([reshape([1, n])(x), slice({ starts: [0, 0], sizes: [m - 1, n] })(rows)] as readonly Tensor[]) as Matrix<
        number,
        number
      >
    const isConvex = greater(mul(1e-10)(mul(sqrt(dot(s)(s)))(sqrt(dot(y)(y)))))(dot(y)(s))
    return choose(isConvex)({ steps: push(s, memory.steps), changes: push(y, memory.changes) }, memory)
  }

export interface LbfgsOptions extends Pick<LineSearchOptions, 'decrease' | 'curvature' | 'trials'> {
  /** m: how many pairs are kept. */
  readonly memory: number
}
/** Nocedal and Wright's. PyTorch keeps 100 pairs, and searches no line unless asked to. */
export const lbfgsDefaults: LbfgsOptions = Object.freeze({ memory: 10, decrease: 1e-4, curvature: 0.9, trials: 30 })

/** Half an ulp of 1, times the few roundings of a cost. */
const noiseOf = ({ precision }: Scalar): number => (precision === 'float64' ? 2 ** -50 : 2 ** -21)

/**
 * L-BFGS with a line search to the strong Wolfe conditions.
 *
 * @example
 * minimise(fullBatch(model)(x, y), lbfgs({ memory: 20 }))(model.init(key(1)))
 */
export const lbfgs = (options: Partial<LbfgsOptions> = {}): Minimiser<LbfgsMemory> => {
  const { memory: m, ...search } = optionsOf('lbfgs', lbfgsDefaults, options)
  wholeSteps('lbfgs', 'number of pairs', m)
  const empty = (g: Vector<number>): LbfgsMemory => {
    const nothing = zeros([m, g.shape[0]], g.precision)
    return { steps: nothing, changes: nothing }
  }
  /** The line from a point along a direction, with the first trial at this size. */
  const along = <P>(f: ValueAndGradient<P>, here: Visited<P, LbfgsMemory>, d: Vector<number>, first: number) => {
    const theta = ravel(here.params)
    const trial = (size: number, params: P, [cost, gradients]: readonly [Scalar, P]): Trial<Visited<P, LbfgsMemory>> => ({
      size,
      value: toNumber(cost),
      slope: toNumber(dot(d)(ravel(gradients))),
      at: { ...here, params, cost, gradients, stalled: false },
    })
    const phi = (size: number) => {
      const params = unravel(here.params)(add(mul(size)(d))(theta))
      return trial(size, params, f(params))
    }
    const start = trial(0, here.params, [here.cost, here.gradients])
    return strongWolfe({ ...search, noise: noiseOf(here.cost) })(phi, start, first)
  }
  return {
    init: (f) => (params) => {
      const [cost, gradients] = f(params)
      return { params, cost, gradients, memory: empty(ravel(gradients)), stalled: false }
    },
    step: (f) => (here) => {
      const g = ravel(here.gradients)
      const isNew = toNumber(dot(here.memory.changes)(here.memory.changes)) === 0
      // Without a memory the direction has no scale: the first trial is a step of at most 1.
      const cautious = Math.min(1, 1 / toNumber(sqrt(dot(g)(g))))
      const found =
        along(f, here, lbfgsDirection(here.memory)(g), isNew ? cautious : 1)?.at ??
        (isNew ? undefined : along(f, { ...here, memory: empty(g) }, neg(g), cautious)?.at)
      if (found === undefined) return { ...here, stalled: true }
      const s = sub(ravel(here.params))(ravel(found.params))
      const y = sub(g)(ravel(found.gradients))
      return { ...found, memory: remember(s, y)(found.memory) }
    },
  }
}
