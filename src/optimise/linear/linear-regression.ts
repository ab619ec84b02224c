/**
 * Linear regression by QR.
 *
 *     y = Xβ + ε,  ε ~ N(0, σ²/w)
 *
 * @source Goodfellow, Bengio, Courville (2016) §5.1.4; Hastie, Tibshirani, Friedman (2009), The elements of statistical learning, §3.2
 */
import { type Either, map } from 'fp-ts/lib/Either.js'
import { optionsOf } from '../../error/index.js'
import { gaussianFamily } from './families.js'
import type { Fit } from './fit.js'
import { type FitError, fitting, glmDefaults, type LinearOptions, linearDefaults } from './glm.js'
import type { Observations } from './observations.js'
import { fisherTail } from './tails.js'

/** A linear regression, fitted; its dispersion is σ², the residual variance. */
export interface LinearFit<P extends number = number> extends Fit<P> {
  /** The part of the variance that is explained; without an intercept, of the squares. */
  readonly rSquared: number
  /** The same, of variances without bias: 1 − (1 − R²)·(null degrees)/(residual degrees). */
  readonly adjustedRSquared: number
  /** Whether all coefficients but the intercept might be 0: F, its degrees of freedom, and its p. */
  readonly fStatistic: { readonly value: number; readonly degrees: readonly [number, number]; readonly pValue: number }
}

const withVariance =
  (intercept: boolean) =>
  <P extends number>(fit: Fit<P>): LinearFit<P> => {
    const { residual, null: all } = fit.degrees
    const own = fit.names.length - Number(intercept)
    const rSquared = 1 - fit.deviance / fit.nullDeviance
    const value = (fit.nullDeviance - fit.deviance) / own / fit.dispersion
    return {
      ...fit,
      rSquared,
      adjustedRSquared: 1 - ((1 - rSquared) * all) / residual,
      fStatistic: { value, degrees: [own, residual], pValue: fisherTail(value, own, residual) },
    }
  }

/**
 * The coefficients of least squares, of weighted ones where examples have weights, of the ridge where there is a weight decay:
 *
 *     min Σ wᵢ(yᵢ − xᵢᵀβ)²/2Σwᵢ + (λ/2)‖β‖²
 *
 * @shape  x [N, P], y [N, 1], weights [N]
 * @error  `ValueError` for options that make no sense, thrown; on the left, for data that cannot be fitted, as `glm`
 * @source R's lm
 * @example
 * linearRegression()({ x, y }) // Either<FitError, LinearFit<P>>
 * linearRegression({ weightDecay: 0.1, names: ['wt', 'hp'] })(data)
 */
export const linearRegression = (
  options: Partial<LinearOptions> = {},
): (<P extends number>(data: Observations<P>) => Either<FitError, LinearFit<P>>) => {
  const own = optionsOf('linearRegression', linearDefaults, options)
  const fitted = fitting('linearRegression', gaussianFamily, { ...glmDefaults, ...own })
  return <P extends number>(data: Observations<P>) => map(withVariance(own.intercept)<P>)(fitted(data))
}
