/**
 * Multinomial logistic regression by Newton's method: softmax regression, at its optimum.
 *
 *     p(y = k | x) = exp ηₖ / Σⱼ exp ηⱼ,  η₀ = 0,  ηₖ = xᵀβₖ
 *
 * The information of an example is (diag p − ppᵀ) ⊗ xxᵀ = Σₖ pₖ(eₖ − p)(eₖ − p)ᵀ ⊗ xxᵀ: so a step is least squares over a row for
 * every example and class, and no product of A with itself is formed.
 *
 * @source McCullagh and Nelder (1989), Generalized linear models, §5; Hastie, Tibshirani, Friedman (2009) §4.4
 */
import { bindW, chainFirstW, chainW, Do, type Either, left, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, shown, ValueError } from '../../error/index.js'
import { distributions } from '../../likelihood/index.js'
import { weighted } from '../../likelihood/weights.js'
import {
  cast,
  concat,
  equal,
  expand,
  expandFirst,
  expandLast,
  formula,
  log,
  logSoftmax,
  mean,
  mul,
  oneHot,
  reshape,
  select,
  slice,
  softmax,
  sqrt,
  square,
  sum,
  sumAll,
  transpose,
} from '../../ops/index.js'
import { full, range, tensor, vector, zeros } from '../../tensor/create.js'
import { toArray, toNumber } from '../../tensor/read.js'
import type { Matrix, Tensor, Vector } from '../../tensor/tensor.js'
import { type Design, designOf, direction, independent, isIntercept, wantsNames } from './design.js'
import type { Column } from './families.js'
import { estimates, type Fit, leverageOf } from './fit.js'
import { type FitError, type GlmOptions, glmDefaults, wantsGlmOptions } from './glm.js'
import { type Checked, checked, type Observations } from './observations.js'
import { type Convex, type Optimum, onEdge, type Problem, scored } from './scoring.js'

type Numbers = Matrix<number, number>
const who = 'multinomial'

export interface MultinomialOptions extends GlmOptions {
  /** What the classes are called: 0, 1, … unless given. */
  readonly classes: readonly string[] | undefined
}
export const multinomialDefaults: MultinomialOptions = Object.freeze({ ...glmDefaults, classes: undefined })

/** η [N, K], with zeros for the first class; the coefficients stand class by class. */
const predictors = (x: Numbers, beta: Numbers): Numbers => {
  const [n, q] = x.shape
  const others = formula.matmul(x, transpose(reshape([beta.shape[0] / q, q])(beta)) as Numbers)
  return concat({ axis: -1 })([zeros([n, 1], beta.precision), others as Tensor] as const) as Numbers
}

/** Rows (eₖ − pᵢ) ⊗ xᵢ, without the first class, of every example i and class k. @shape  p [N, K], x [N, Q] → [N·K, (K − 1)·Q] */
const rowsOf = (p: Numbers, x: Numbers): Numbers => {
  const [[n, k], [, q]] = [p.shape, x.shape]
  const which = slice({ starts: [0, 1], sizes: [k, k - 1] })(cast(p.precision)(oneHot(k)(range(k)))) as Numbers
  const others = slice({ starts: [0, 1], sizes: [n, k - 1] })(p)
  const apart = formula.sub(expandFirst(n)(which) as Tensor, expand({ axes: [-2], sizes: [k] })(others))
  const product = formula.mul(expandLast(q)(apart) as Tensor, expand({ axes: [-3, -2], sizes: [k, k - 1] })(x))
  return reshape([n * k, (k - 1) * q])(product)
}

/** √(λⱼ)·(eₖ − 1/K) ⊗ eⱼ: the penalty of weights whose mean over classes is 0, which are those of the least penalty. */
const penaltyRows = (penalty: Vector<number>, classes: number, beta: Numbers): { readonly a: Numbers; readonly e: Numbers } => {
  const [q] = penalty.shape
  const each = formula.mul(cast('float64')(oneHot(q)(range(q))) as Numbers, expandLast(q)(sqrt(penalty)) as Numbers)
  const a = rowsOf(full([q, classes], 1 / classes, 'float64'), each)
  return { a, e: formula.sub(0, formula.matmul(a, beta)) }
}

/** √w·(y − p)/√p, and 0 where p is 0. */
const pearson = (y: Numbers, p: Numbers, weights: Column): Numbers => {
  const isNone = equal(0)(p)
  const relative = formula.div(formula.sub(y, p), sqrt(select(1, p)(isNone)) as Numbers)
  return formula.mul(across(sqrt(weights), y.shape[1]), select(0, relative)(isNone) as Numbers)
}
/** A column, as many times side by side. */
const across = (column: Column, width: number): Numbers => expandLast(width)(reshape([column.shape[0]])(column)) as Numbers

const convex: Convex = {
  expected: ({ x, y, weights, penalty }, beta) => {
    const [n, k] = y.shape
    const p = softmax(predictors(x, beta))
    const rows = penaltyRows(penalty, k, beta)
    const root = reshape([n * k, 1])(formula.mul(across(sqrt(weights), k), sqrt(p)))
    const a = formula.mul(across(root, (k - 1) * x.shape[1]), rowsOf(p, x))
    const e = reshape([n * k, 1])(pearson(y, p, weights))
    return { a: concat({ axis: -2 })([a, rows.a]) as Numbers, e: concat({ axis: -2 })([e, rows.e] as const) as Numbers }
  },
  deviance: ({ x, y, weights, penalty }, beta) => {
    const surprise = weighted(y)(formula.sub(log(y), logSoftmax(predictors(x, beta)))) as Numbers
    const own = across(weights, y.shape[1])
    return formula.add(mul(2)(sumAll(weighted(own)(surprise))), sumAll(square(penaltyRows(penalty, y.shape[1], beta).e)))
  },
}

/** The names of the classes, of which there are at least two. */
const classNames = (given: readonly string[] | undefined, k: number): Either<ValueError, readonly string[]> => {
  const names = given ?? Array.from({ length: k }, (_, c) => `${c}`)
  if (k < 2) return left(new ValueError({ who, expected: 'at least two classes', received: shown(k) }))
  return names.length === k ? right(names) : left(new ValueError({ who, expected: `${k} names of classes`, received: `${names.length}` }))
}

/** The class with no example, if there is one: its intercept would fall without end. */
const missing = ({ y, weights }: Checked, classes: readonly string[]): Either<ValueError, readonly number[]> => {
  const counts = toArray(formula.matmul(transpose(weights), y))
  const none = counts.indexOf(0)
  if (none < 0) return right(Array.from(counts))
  return left(new ValueError({ who, expected: 'an example of every class', received: `none of class ${classes[none]}` }))
}

/** A name for every coefficient: of every class but the first, and every column. */
const namesOf = ({ names }: Design, classes: readonly string[]): readonly string[] =>
  classes.slice(1).flatMap((of) => names.map((name) => `${of}:${name}`))

/** What a step goes along, if no class of an example ever loses by it to another, and some gain. */
const receding =
  (design: Design, { y, weights }: Checked, classes: readonly string[]) =>
  (delta: Numbers): string | undefined => {
    const [n, k] = y.shape
    const [moves, targets, counts] = [predictors(design.x, delta), y, weights].map((some) => Array.from(toArray(some))) as [
      number[],
      number[],
      number[],
    ]
    const largest = moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0)
    const goes = Array.from({ length: n }, (_, i) => i).every((i) => {
      const own = moves.slice(i * k, (i + 1) * k)
      const first = Math.max(...own) - onEdge * largest
      return counts[i] === 0 || own.every((move, c) => targets[i * k + c] === 0 || move >= first)
    })
    if (!goes || largest === 0) return undefined
    return direction(design, namesOf(design, classes), delta)
  }

/** The coefficients as parameters of a dense layer of K units: those of all that give the same probabilities whose weights are smallest. */
const paramsOf = <P extends number, K extends number>(
  beta: Numbers,
  { x, hasIntercept }: Design,
  precision: Checked['precision'],
): Fit<P, K>['params'] => {
  const q = x.shape[1]
  const k = beta.shape[0] / q + 1
  const all = concat({ axis: -1 })([zeros([q, 1], 'float64'), transpose(reshape([k - 1, q])(beta)) as Tensor] as const) as Numbers
  const centred = formula.sub(all, expandLast(k)(mean(-1)(all)) as Numbers)
  const from = Number(hasIntercept)
  return {
    weights: cast(precision)(slice({ starts: [from, 0], sizes: [q - from, k] })(centred)) as Matrix<P, K>,
    bias: (hasIntercept
      ? cast(precision)(reshape([k])(slice({ starts: [0, 0], sizes: [1, k] })(all)))
      : zeros([k], precision)) as Vector<K>,
  }
}

const fitOf =
  <P extends number, K extends number>(
    lambda: number,
    design: Design,
    classes: readonly string[],
    { y, weights, precision }: Checked,
    start: Numbers,
  ) =>
  ({ beta, steps, q, r }: Optimum): Fit<P, K> => {
    const { x, names } = design
    const [n, k] = y.shape
    const p = softmax(predictors(x, beta))
    const free: Problem = {
      x,
      y,
      weights,
      penalty: vector(
        names.map(() => 0),
        'float64',
      ),
    }
    const deviance = toNumber(convex.deviance(free, beta))
    const leverage = sum(-1)(reshape([n, k])(leverageOf(q, n * k))) as Vector<number>
    const parameters = lambda === 0 ? beta.shape[0] : toNumber(sumAll(leverage))
    const counted = (k - 1) * Array.from(toArray(weights)).filter((w) => w > 0).length
    const entropy = toNumber(sumAll(formula.mul(across(weights, k), weighted(y)(log(y)) as Numbers)))
    return {
      family: 'multinomial',
      link: 'logit',
      params: paramsOf<P, K>(beta, design, precision),
      ...estimates(namesOf(design, classes), beta, { q, r }, { examples: n * k, dispersion: 1, degrees: undefined }),
      means: p as Matrix<number, K>,
      residuals: pearson(y, p, weights) as Matrix<number, K>,
      leverage,
      dispersion: 1,
      deviance,
      nullDeviance: toNumber(convex.deviance(free, start)),
      aic: deviance - 2 * entropy + 2 * parameters,
      degrees: { residual: counted - parameters, null: counted - (design.hasIntercept ? k - 1 : 0) },
      steps,
    }
  }

/**
 * Multinomial logistic regression, at its optimum. Its coefficients are those of every class against the first; a weight decay is that of
 * `categorical(dense(K))`, over the weights of all classes, none of which is special.
 *
 * @shape  x [N, P], y [N, K] one-hot rows or probabilities, weights [N]
 * @error  `ValueError` for options that make no sense, thrown; on the left, for data that cannot be fitted, as `glm`, and for a class
 *         without an example
 * @source McCullagh and Nelder (1989) §5; R's nnet::multinom
 * @example
 * multinomial({ classes: ['setosa', 'versicolor', 'virginica'] })(data) // Either<FitError, Fit<4, 3>>
 */
export const multinomial = (
  options: Partial<MultinomialOptions> = {},
): (<P extends number, K extends number>(data: Observations<P, K>) => Either<FitError, Fit<P, K>>) => {
  const { classes: given, ...rest } = optionsOf(who, multinomialDefaults, options)
  const { weightDecay, steps, run, intercept, names } = wantsGlmOptions(who, rest)
  wantsNames(who, given)
  return <P extends number, K extends number>(data: Observations<P, K>) =>
    pipe(
      Do,
      bindW('examples', () => checked(who, { name: who, support: distributions }, undefined)(data)),
      bindW('classes', ({ examples }) => classNames(given, examples.y.shape[1])),
      bindW('counts', ({ examples, classes }) => missing(examples, classes)),
      bindW('design', ({ examples }) => designOf(who, examples.x, { intercept, names })),
      chainFirstW(({ design, examples }) => (weightDecay === 0 ? independent(who, examples.weights)(design) : right(design))),
      chainW(({ examples, classes, counts, design }) => {
        const each = weightDecay * toNumber(sumAll(examples.weights))
        const penalty = vector(
          design.names.map((_, j) => (isIntercept(design, j) ? 0 : each)),
          'float64',
        )
        const level = (c: number): number => Math.log((counts[c] ?? 0) / (counts[0] ?? 0))
        const start = classes.slice(1).flatMap((_, c) => design.names.map((_, j) => (isIntercept(design, j) ? level(c + 1) : 0)))
        const first = tensor([start.length, 1], start, 'float64')
        const recession = weightDecay === 0 ? receding(design, examples, classes) : () => undefined
        return pipe(
          scored(convex, { who, steps, run, recession })({ x: design.x, y: examples.y, weights: examples.weights, penalty }, first),
          map(fitOf<P, K>(weightDecay, design, classes, examples, first)),
        )
      }),
    )
}
