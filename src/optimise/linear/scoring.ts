/**
 * Newton's method by iteratively reweighted least squares with step halving.
 *
 *     δ = argmin ‖Aδ − e‖²,  AᵀA = I(β), the information;  Aᵀe = −½∇D(β),  D the deviance and its penalty
 *     β ← β + δ/2ᵏ  for the first k = 0, 1, … that does not raise D
 *
 * The information of a step is the observed one, whose steps settle quickly where the link is not canonical and Fisher's, the expected
 * one, may zigzag for ever. Standard errors and leverage are Fisher's, as R has them.
 *
 * For a convex D it ends at the minimum from wherever it starts. It has ended when a step changes the linear predictors, in the metric
 * of the information, by less than 10⁻¹² of the numbers that they are sums of, ‖Aδ‖ ≤ 10⁻¹²·√(‖|A||β|‖² + ‖e‖²): without units, and above rounding.
 *
 * @source McCullagh and Nelder (1989), Generalized linear models, §2.5; Nocedal and Wright (2006) §10.3
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { DivergenceError, ValueError } from '../../error/index.js'
import { abs, formula, mul, sumAll } from '../../ops/index.js'
import { toArray, toNumber } from '../../tensor/read.js'
import type { Matrix, Scalar, Tensor, Vector } from '../../tensor/tensor.js'
import { leastSquares } from './least-squares.js'
import type { Qr } from './qr.js'

type Numbers = Matrix<number, number>

/** What the deviance is of: a design, targets, weights, and the penalty λⱼ of every coefficient. */
export interface Problem {
  readonly x: Numbers
  readonly y: Numbers
  readonly weights: Matrix<number, 1>
  readonly penalty: Vector<number>
}

/** ‖Aδ − e‖² */
export interface System {
  readonly a: Numbers
  readonly e: Numbers
}

/** A convex model as functions of its data and of coefficients [Q, 1]; pure, of tensors alone, so that they compile. */
export interface Convex {
  /** A and e: the model near some coefficients, as least squares, by Fisher's information. */
  readonly expected: (data: Problem, beta: Numbers) => System
  /** The same by the observed information, where it is another. */
  readonly observed?: (data: Problem, beta: Numbers) => System
  /** D */
  readonly deviance: (data: Problem, beta: Numbers) => Scalar
}

/** The step from some coefficients, the factors of Fisher's information there, and the deviance. */
export interface ScoringStep extends Qr<number, number> {
  readonly deviance: Scalar
  readonly delta: Numbers
  /** ‖Aδ‖² */
  readonly change: Scalar
  /** ‖|A||β|‖² + ‖e‖² */
  readonly size: Scalar
}
/** From coefficients to a step: what a fit spends its time in. */
export type Scoring = (data: Problem, beta: Numbers) => ScoringStep
/** What runs the steps: nothing, or `compile(engine)`. */
export type Runner = (f: Scoring) => Scoring

const squares = (x: Tensor): Scalar => sumAll(mul(x)(x))

const scoring =
  ({ expected, observed, deviance }: Convex): Scoring =>
  (data, beta) => {
    const { a, e } = expected(data, beta)
    const { coefficients, ...factors } = leastSquares(a)(e)
    const own = observed?.(data, beta)
    const delta = own === undefined ? coefficients : leastSquares(own.a)(own.e).coefficients
    return {
      ...factors,
      deviance: deviance(data, beta),
      delta,
      change: squares(formula.matmul(a, delta)),
      size: formula.add(squares(formula.matmul(abs(a), abs(beta))), squares(e)),
    }
  }

/** Coefficients at the minimum, with the step there. */
export interface Optimum extends ScoringStep {
  readonly beta: Numbers
  readonly steps: number
}

export interface ScoringOptions {
  readonly who: string
  readonly steps: number
  readonly run: Runner
  /** Along what, if anything, the deviance falls for ever in the direction of a step. */
  readonly recession: (delta: Numbers) => string | undefined
}

const tolerance = 1e-12
const halvings = 40
/** By how much a deviance may seem to rise, relative to itself, where rounding is all that is left. */
const noise = 2 ** -40

/** Along a direction of recession, a move that is so much smaller than the largest is none. */
export const onEdge = 1e-7

interface Course {
  readonly beta: Numbers
  readonly step: ScoringStep
  readonly made: number
  readonly end?: Either<DivergenceError | ValueError, Optimum>
}

/** The minimum, from some coefficients on. */
export const scored =
  (model: Convex, { who, steps, run, recession }: ScoringOptions) =>
  (data: Problem, start: Numbers): Either<DivergenceError | ValueError, Optimum> => {
    const stepFrom = run(scoring(model))
    const at = (beta: Numbers): Pick<Course, 'beta' | 'step'> => ({ beta, step: stepFrom(data, beta) })
    const lost = (why: string): Either<DivergenceError, never> => left(new DivergenceError(`${who} does not converge: ${why}`))
    const halved = ({ beta, step }: Course): Pick<Course, 'beta' | 'step'> | undefined => {
      const most = toNumber(step.deviance) + noise * Math.abs(toNumber(step.deviance))
      return Array.from({ length: halvings }).reduce<Pick<Course, 'beta' | 'step'> | undefined>((found, _, k) => {
        if (found !== undefined) return found
        const next = at(formula.add(beta, mul(2 ** -k)(step.delta)))
        return toNumber(next.step.deviance) <= most ? next : undefined
      }, undefined)
    }
    const onward = (now: Course): Course => {
      const { delta, change, size, independent } = now.step
      const direction = recession(delta)
      if (direction !== undefined) return { ...now, end: left(separated(who, direction)) }
      if (!toArray(independent).every((one) => one === 1) || !Number.isFinite(toNumber(change)))
        return { ...now, end: lost(`its information is singular after ${now.made} steps`) }
      if (toNumber(change) <= tolerance ** 2 * toNumber(size)) {
        const { beta, step } = at(formula.add(now.beta, delta))
        return { ...now, end: right({ ...step, beta, steps: now.made }) }
      }
      const next = halved(now)
      return next === undefined ? { ...now, end: lost('no step lowers its deviance') } : { ...next, made: now.made + 1 }
    }
    const first: Course = { ...at(start), made: 0 }
    // Once more than there may be steps: what the last one reached may be the end.
    const last = Array.from({ length: steps + 1 }).reduce<Course>((now) => (now.end === undefined ? onward(now) : now), first)
    return last.end ?? lost(`its deviance is not settled after ${steps} steps`)
  }

const separated = (who: string, direction: string): ValueError =>
  new ValueError({
    who,
    expected: 'data that no direction separates',
    received: `a deviance that falls for ever along ${direction}`,
    hint: 'a weight decay keeps the coefficients finite',
  })
