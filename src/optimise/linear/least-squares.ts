/**
 * Least squares: the coefficients whose squared errors have the smallest sum.
 *
 *     β = argmin ‖Xβ − y‖²
 *
 * By QR, Rβ = Qᵀy. The normal equations XᵀXβ = Xᵀy have the same solution and cost half as much, but XᵀX has the square of X's
 * condition: of 16 digits they keep 16 − 2 log₁₀κ where QR keeps 16 − log₁₀κ, and from κ = 10⁸ on there is nothing left of them.
 *
 * @source Golub and Van Loan (2013), Matrix computations, §5.3; Goodfellow, Bengio, Courville (2016) §5.1.4
 */
import { formula, transpose } from '../../ops/index.js'
import type { Matrix } from '../../tensor/tensor.js'
import { cholesky } from './cholesky.js'
import { type Qr, qr } from './qr.js'
import { backSubstitute, forwardSubstitute } from './triangular.js'

/** The coefficients, and the factors that they were found by. */
export interface LeastSquares<N extends number, P extends number, K extends number> extends Qr<N, P> {
  /** ±∞ or NaN if a column of X depends on others. */
  readonly coefficients: Matrix<P, K>
}

/**
 * argmin ‖Xβ − y‖² by QR.
 *
 * @shape  x [N, P] → y [N, K] → coefficients [P, K]
 * @error  `ShapeError` for more columns than rows
 * @example
 * const { coefficients } = leastSquares(x)(y)
 * compile(wasm)((x, y) => leastSquares(x)(y))
 */
export const leastSquares =
  <N extends number, P extends number>(x: Matrix<N, P>) =>
  <K extends number>(y: Matrix<NoInfer<N>, K>): LeastSquares<N, P, K> => {
    const factors = qr(x)
    const seen = formula.matmul(transpose(factors.q), y as never) as Matrix<P, K>
    return { ...factors, coefficients: backSubstitute(factors.r)(seen) as Matrix<P, K> }
  }

/**
 * The same by the normal equations, XᵀXβ = Xᵀy, and Cholesky's factors of XᵀX: quicker, and with half as many digits.
 *
 * @shape  x [N, P] → y [N, K] → [P, K]
 * @example
 * normalEquations(x)(y)
 */
export const normalEquations =
  <N extends number, P extends number>(x: Matrix<N, P>) =>
  <K extends number>(y: Matrix<NoInfer<N>, K>): Matrix<P, K> => {
    const across = transpose(x)
    const l = cholesky(formula.matmul(across, x as never) as Matrix<P, P>)
    const half = forwardSubstitute(l)(formula.matmul(across, y as never) as Matrix<P, K>)
    return backSubstitute(transpose(l) as Matrix<P, P>)(half) as Matrix<P, K>
  }
