/**
 * What is known of coefficients that were fitted: how far they may be from those of the population.
 *
 *     Cov(β̂) = φ·(AᵀA)⁻¹ = φ·R⁻¹R⁻ᵀ
 *
 * Under a weight decay it is φ·R⁻¹(Q₁ᵀQ₁)R⁻ᵀ, with the rows Q₁ of the examples: the scatter of estimates that are shrunk, and so biased.
 *
 * @source McCullagh and Nelder (1989), Generalized linear models, §2.5, §12.2; Hastie, Tibshirani, Friedman (2009) §3.4.1
 */
import type { DenseParams } from '../../layer/index.js'
import { cast, formula, mul, oneHot, reshape, slice, sqrt, sum, transpose } from '../../ops/index.js'
import { range, vector } from '../../tensor/create.js'
import { toArray } from '../../tensor/read.js'
import type { Matrix, Tensor, Vector } from '../../tensor/tensor.js'
import type { Qr } from './qr.js'
import { normalTail, studentTail } from './tails.js'
import { backSubstitute } from './triangular.js'

type Numbers = Matrix<number, number>

/** Coefficients one by one, with what Wald's test says of each. */
export interface Estimates {
  /** What the coefficients are of, in their order: the intercept first, if there is one. */
  readonly names: readonly string[]
  readonly coefficients: Vector<number>
  readonly standardErrors: Vector<number>
  /** A coefficient over its standard error: t where the dispersion was estimated, else z. */
  readonly statistics: Vector<number>
  /** The probability of a statistic as far from 0, were the coefficient 0. */
  readonly pValues: Vector<number>
  readonly test: 't' | 'z'
  readonly covariance: Numbers
}

/** A generalised linear model, fitted. All of it is float64, but for the parameters. */
export interface Fit<P extends number = number, K extends number = 1> extends Estimates {
  readonly family: string
  readonly link: string
  /** The parameters of `dense(K)` that make the same linear predictors, in the precision of the inputs. */
  readonly params: DenseParams<P, K>
  /** The mean of every example. */
  readonly means: Matrix<number, K>
  /** √w(y − μ)/√V, of every example: Pearson's residuals. */
  readonly residuals: Matrix<number, K>
  /** How much the fit of every example is drawn by its own target: the diagonal of the hat matrix. */
  readonly leverage: Vector<number>
  /** φ */
  readonly dispersion: number
  /** Twice the log-likelihood lacking to a perfect fit, and that of the intercept alone. */
  readonly deviance: number
  readonly nullDeviance: number
  /** Akaike's criterion, −2 log p + 2 for every parameter. */
  readonly aic: number
  /** Examples of a weight, less parameters; and less the intercept alone. */
  readonly degrees: { readonly residual: number; readonly null: number }
  /** Steps of Newton's, of which the last was needed. */
  readonly steps: number
}

/** hᵢ = Σⱼ qᵢⱼ², of the first n rows. */
export const leverageOf = (q: Numbers, n: number): Vector<number> => {
  const own = slice({ starts: [0, 0], sizes: [n, q.shape[1]] })(q) as Numbers
  return sum(-1)(mul(own)(own)) as Vector<number>
}

/** Standard errors and Wald's tests of coefficients. */
export const estimates = (
  names: readonly string[],
  beta: Numbers,
  { q, r }: Pick<Qr<number, number>, 'q' | 'r'>,
  { examples, dispersion, degrees }: { readonly examples: number; readonly dispersion: number; readonly degrees: number | undefined },
): Estimates => {
  const p = names.length
  const eye = cast('float64')(oneHot(p)(range(p))) as Numbers
  const inverse = backSubstitute(r)(eye)
  const own = slice({ starts: [0, 0], sizes: [examples, p] })(q) as Numbers
  const half = formula.matmul(inverse, transpose(own)) as Numbers
  const covariance = mul(dispersion)(formula.matmul(half, transpose(half))) as Numbers
  const coefficients = reshape([p])(beta)
  const standardErrors = sqrt(sum(-1)(formula.mul(covariance, eye))) as Vector<number>
  const statistics = formula.div(coefficients, standardErrors) as Vector<number>
  const tail = (value: number): number => (degrees === undefined ? normalTail(value) : studentTail(value, degrees))
  const pValues = vector(Array.from(toArray(statistics as Tensor), tail), 'float64')
  return { names, coefficients, standardErrors, statistics, pValues, test: degrees === undefined ? 'z' : 't', covariance }
}
