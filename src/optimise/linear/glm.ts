/**
 * Generalised linear models by Newton's method: linear, logistic, Poisson and gamma regression, and any other family.
 *
 *     J(β) = Σᵢ wᵢ dᵢ(xᵢᵀβ) / 2Σᵢ wᵢ + (λ/2)‖β‖²,  the intercept without penalty
 *
 * @source McCullagh and Nelder (1989), Generalized linear models, §2
 */
import { bindW, chainFirstW, chainW, Do, type Either, left, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type DivergenceError, optionsOf, type ShapeError, shown, ValueError, wantsBoolean, wantsFunction } from '../../error/index.js'
import { weighted } from '../../likelihood/weights.js'
import { cast, concat, equal, expandLast, formula, mul, oneHot, reshape, select, slice, sqrt, square, sumAll } from '../../ops/index.js'
import { range, tensor, vector, zeros } from '../../tensor/create.js'
import { toArray, toNumber } from '../../tensor/read.js'
import type { Matrix, Scalar, Vector } from '../../tensor/tensor.js'
import { notNegative, wholeSteps } from '../domain.js'
import { type Design, designOf, direction, independent, isIntercept, wantsNames } from './design.js'
import { type Column, type Family, wantsFamily } from './families.js'
import { estimates, type Fit, leverageOf } from './fit.js'
import { type Checked, checked, type Observations } from './observations.js'
import { type Convex, type Optimum, onEdge, type Problem, type Runner, type Scoring, type System, scored } from './scoring.js'

type Numbers = Matrix<number, number>

export interface LinearOptions {
  /** Whether there is a column of ones, whose coefficient has no penalty. */
  readonly intercept: boolean
  /** λ of the ridge: the cost is the mean negative log-likelihood at φ = 1, and (λ/2)‖β‖². */
  readonly weightDecay: number
  /** What the columns are called: x0, x1, … unless given. */
  readonly names: readonly string[] | undefined
}
export const linearDefaults: LinearOptions = Object.freeze({ intercept: true, weightDecay: 0, names: undefined })

export interface GlmOptions extends LinearOptions {
  /** The most steps that are made. */
  readonly steps: number
  /** What runs the steps: `compile(wasm)`, or nothing. */
  readonly run: Runner
}
export const glmDefaults: GlmOptions = Object.freeze({ ...linearDefaults, steps: 100, run: (f: Scoring): Scoring => f })

/** What a fit may fail by: bad data, or steps that do not end. */
export type FitError = ValueError | ShapeError | DivergenceError

const across = (column: Column, width: number): Numbers => expandLast(width)(reshape([column.shape[0]])(column)) as Numbers

/** The penalty as rows of least squares: √λⱼ·βⱼ, which should be 0. */
const penaltyRows = (penalty: Vector<number>, beta: Numbers): { readonly a: Numbers; readonly e: Numbers } => {
  const [p] = penalty.shape
  const root = sqrt(penalty)
  const a = formula.mul(cast(penalty.precision)(oneHot(p)(range(p))) as Numbers, expandLast(p)(root) as Numbers)
  return { a, e: formula.sub(0, formula.matmul(a, beta)) }
}
/** Σⱼ λⱼβⱼ² */
const penaltyOf = (penalty: Vector<number>, beta: Numbers): Scalar => sumAll(formula.mul(penalty, reshape(penalty.shape)(mul(beta)(beta))))

/** A = √(w·h)·X and e = √(w/h)·s for the information h of every example and the slope s of its log-likelihood, and the penalty. */
const systemOf = ({ x, weights, penalty }: Problem, beta: Numbers, information: Column, score: Column): System => {
  const isNone = equal(0)(information)
  const root = sqrt(select(1, information)(isNone)) as Column
  const own = sqrt(weights)
  const rows = penaltyRows(penalty, beta)
  const a = formula.mul(across(formula.mul(own, select(0, root)(isNone) as Column), x.shape[1]), x)
  const e = formula.mul(own, select(0, formula.div(score, root))(isNone) as Column) as Numbers
  return { a: concat({ axis: -2 })([a, rows.a]) as Numbers, e: concat({ axis: -2 })([e, rows.e]) as Numbers }
}

/** The model of a family: h = (dμ/dη)²/V, or what is observed; s = (dμ/dη)(y − μ)/V. */
const convexOf = ({ moments, deviance, curvature }: Family): Convex => {
  const scores = (eta: Column, y: Column): { readonly information: Column; readonly score: Column } => {
    const { mean, slope, variance } = moments(eta)
    const isNone = equal(0)(variance)
    const relative = select(0, formula.div(slope, select(1, variance)(isNone) as Column))(isNone) as Column
    return { information: formula.mul(relative, slope), score: formula.mul(relative, formula.sub(y, mean)) }
  }
  const predictors = ({ x }: Problem, beta: Numbers): Column => formula.matmul(x, beta) as Column
  const expected: Convex['expected'] = (data, beta) => {
    const { information, score } = scores(predictors(data, beta), data.y as Column)
    return systemOf(data, beta, information, score)
  }
  const observed =
    (information: NonNullable<Family['curvature']>): Convex['expected'] =>
    (data, beta) => {
      const [eta, y] = [predictors(data, beta), data.y as Column]
      return systemOf(data, beta, information(eta, y), scores(eta, y).score)
    }
  return {
    expected,
    ...(curvature === undefined ? {} : { observed: observed(curvature) }),
    deviance: (data, beta) =>
      formula.add(sumAll(weighted(data.weights)(deviance(predictors(data, beta), data.y as Column))), penaltyOf(data.penalty, beta)),
  }
}

/**
 * What a step goes along, if the deviance falls for ever that way: no target's rises, and some fall without end. Only where all of a
 * target's examples lie on its side does such a direction exist, and then there is no optimum.
 */
const receding =
  ({ recession }: Family, design: Design, { y, weights }: Checked) =>
  (delta: Numbers): string | undefined => {
    const moves = Array.from(toArray(formula.matmul(design.x, delta)))
    const largest = moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0)
    const [targets, counts] = [toArray(y), toArray(weights)]
    const goes = moves.every((move, i) => {
      const side = recession(targets[i] ?? 0)
      return counts[i] === 0 || (side === 0 ? Math.abs(move) : -side * move) <= onEdge * largest
    })
    if (!goes || largest === 0) return undefined
    return direction(design, design.names, delta)
  }
/** Where it starts: at the intercept alone, whose optimum is known, or at 0. */
const startOf = (
  who: string,
  { linkOf }: Family,
  { y, weights }: Checked,
  { names, hasIntercept }: Design,
): Either<ValueError, Numbers> => {
  if (!hasIntercept) return right(zeros([names.length, 1], 'float64'))
  const mean = toNumber(sumAll(formula.mul(weights, y as Column))) / toNumber(sumAll(weights))
  const level = linkOf(mean)
  if (Number.isFinite(level))
    return right(
      tensor(
        [names.length, 1],
        names.map((_, j) => (j === 0 ? level : 0)),
        'float64',
      ),
    )
  const hint = 'the intercept would grow without end'
  return left(
    new ValueError({ who, expected: 'targets that are not all at the edge', received: `targets that are all ${shown(mean)}`, hint }),
  )
}

/** The coefficients as parameters of a dense layer. */
const paramsOf = <P extends number>(beta: Numbers, { hasIntercept }: Design, precision: Checked['precision']): Fit<P>['params'] => {
  const [q] = beta.shape
  const part = (start: number, size: number): Numbers => slice({ starts: [start, 0], sizes: [size, 1] })(beta) as Numbers
  return {
    weights: cast(precision)(hasIntercept ? part(1, q - 1) : beta) as Matrix<P, 1>,
    bias: hasIntercept ? cast(precision)(reshape([1] as const)(part(0, 1))) : zeros([1] as const, precision),
  }
}

const fitOf =
  <P extends number>(family: Family, lambda: number, design: Design, { weights, ...given }: Checked, start: Numbers) =>
  ({ beta, steps, q, r }: Optimum): Fit<P> => {
    const { x, names, hasIntercept } = design
    const y = given.y as Column
    const [n] = x.shape
    const eta = formula.matmul(x, beta) as Column
    const { mean, variance } = family.moments(eta)
    const devianceAt = (z: Column): number => toNumber(sumAll(weighted(weights)(family.deviance(z, y))))
    const counted = Array.from(toArray(weights)).filter((w) => w > 0).length
    const leverage = leverageOf(q, n)
    const parameters = lambda === 0 ? names.length : toNumber(sumAll(leverage))
    const degrees = { residual: counted - parameters, null: counted - Number(hasIntercept) }
    const isEstimated = family.dispersion === 'estimated'
    const isNone = equal(0)(variance)
    const relative = formula.div(formula.sub(y, mean), sqrt(select(1, variance)(isNone)) as Column)
    const residuals = formula.mul(sqrt(weights), select(0, relative)(isNone) as Column)
    const dispersion = isEstimated ? toNumber(sumAll(square(residuals))) / degrees.residual : 1
    const deviance = devianceAt(eta)
    const logLikelihood = family.logLikelihood({ eta, y, weights, deviance })
    return {
      family: family.name,
      link: family.link,
      params: paramsOf<P>(beta, design, given.precision),
      ...estimates(names, beta, { q, r }, { examples: n, dispersion, degrees: isEstimated ? degrees.residual : undefined }),
      means: mean,
      residuals,
      leverage,
      dispersion,
      deviance,
      nullDeviance: devianceAt(formula.matmul(x, start) as Column),
      aic: 2 * (parameters + Number(isEstimated) - logLikelihood),
      degrees,
      steps,
    }
  }

/** Options themselves, or the sentence that says what was given in their place. */
export const wantsGlmOptions = (who: string, options: GlmOptions): GlmOptions => {
  const { weightDecay, steps, run, intercept, names } = options
  wantsBoolean(who, 'intercept', intercept)
  notNegative(who, 'weight decay', weightDecay)
  wholeSteps(who, 'number of steps', steps)
  wantsFunction(who, 'run, a function of a function such as compile(wasm)', run)
  return { ...options, names: wantsNames(who, names) }
}

/** The fit of a family, by whoever asks. */
export const fitting = (
  who: string,
  family: Family,
  options: GlmOptions,
): (<P extends number>(data: Observations<P>) => Either<FitError, Fit<P>>) => {
  const { weightDecay, steps, run, intercept, names } = wantsGlmOptions(who, options)
  const model = convexOf(family)
  return <P extends number>(data: Observations<P>): Either<FitError, Fit<P>> =>
    pipe(
      Do,
      bindW('examples', () => checked(who, family, 1)(data)),
      bindW('design', ({ examples }) => designOf(who, examples.x, { intercept, names })),
      chainFirstW(({ design, examples }) => (weightDecay === 0 ? independent(who, examples.weights)(design) : right(design))),
      bindW('start', ({ design, examples }) => startOf(who, family, examples, design)),
      chainW(({ examples, design, start }) => {
        const each = weightDecay * toNumber(sumAll(examples.weights))
        const penalty = vector(
          design.names.map((_, j) => (isIntercept(design, j) ? 0 : each)),
          'float64',
        )
        const recession = weightDecay === 0 ? receding(family, design, examples) : () => undefined
        const problem: Problem = { x: design.x, y: examples.y, weights: examples.weights, penalty }
        return pipe(
          scored(model, { who, steps, run, recession })(problem, start),
          map(fitOf<P>(family, weightDecay, design, examples, start)),
        )
      }),
    )
}

/**
 * A generalised linear model, at its optimum.
 *
 * @shape  x [N, P], y [N, 1], weights [N]
 * @error  `ValueError` for options that make no sense, thrown; on the left, for data that cannot be fitted: no examples, numbers that are not
 *         finite, targets that the family does not have, weights below 0 or all 0, with the row; columns that depend on others, with which;
 *         targets that a direction separates, with the direction; `ShapeError` for other shapes; `DivergenceError` where the steps do not end
 * @source McCullagh and Nelder (1989) §2.5; R's glm
 * @example
 * glm({ family: binomialFamily(), names: ['wt'] })({ x, y }) // Either<FitError, Fit<1>>
 * glm({ family: poissonFamily, weightDecay: 0.1, run: compile(wasm) })(data)
 */
export const glm = (
  options: Partial<GlmOptions> & { readonly family: Family },
): (<P extends number>(data: Observations<P>) => Either<FitError, Fit<P>>) => {
  const { family, ...rest } = optionsOf('glm', glmDefaults, options, ['family'])
  return fitting('glm', wantsFamily('glm', family), rest)
}
