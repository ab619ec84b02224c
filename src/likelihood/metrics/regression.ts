/**
 * How good predicted numbers are: pure functions of predictions and targets of one shape.
 *
 * @source scikit-learn, sklearn.metrics; Koenker and Bassett (1978), Regression quantiles
 */
import { ShapeError } from '../../error/index.js'
import { abs, div, expandFirst, formula, maximum, mean, meanAll, mul, reshape, select, sqrt, square, sum } from '../../ops/index.js'
import { type Shape, sameShape, show, sizeOf } from '../../shape/index.js'
import { wantsTensor } from '../../tensor/node.js'
import type { Batch, Matrix, Scalar, Tensor } from '../../tensor/tensor.js'
import { wantsProbability } from '../quantile.js'

const errorsOf = (who: string, predicted: Tensor, y: Tensor): Tensor => {
  const [p, t] = [wantsTensor(who, predicted), wantsTensor(who, y)]
  if (p.shape.length === 0 || !sameShape(p.shape, t.shape))
    throw new ShapeError(`${who} expects predictions and targets of one shape, receives ${show(p.shape)} and ${show(t.shape)}`)
  return formula.sub(y, predicted)
}

/** The mean of |y − ŷ|. @shape [N, ...S], [N, ...S] → [] @error `ShapeError` for two shapes */
export const meanAbsoluteError = <S extends Shape>(predicted: Batch<S>, y: Batch<S>): Scalar =>
  meanAll(abs(errorsOf('meanAbsoluteError', predicted, y)))

/** The root of the mean of (y − ŷ)², in the unit of the targets. @shape [N, ...S], [N, ...S] → [] @error `ShapeError` for two shapes */
export const rootMeanSquaredError = <S extends Shape>(predicted: Batch<S>, y: Batch<S>): Scalar =>
  sqrt(meanAll(square(errorsOf('rootMeanSquaredError', predicted, y))))

/**
 * R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: the part of the variance that is explained; below 0 for predictions worse than the mean. Of several
 * targets the mean of each one's; of targets that are all equal 1 for right predictions, else 0.
 *
 * @shape  [N, ...S], [N, ...S] → []
 */
export const rSquared = <S extends Shape>(predicted: Batch<S>, y: Batch<S>): Scalar => {
  const errors = errorsOf('rSquared', predicted, y)
  const [count = 1, ...each] = y.shape
  const columns = (x: Tensor): Matrix<number, number> => reshape([count, sizeOf(each)])(x) as Matrix<number, number>
  const centre = mean(0)(columns(y)) as Tensor
  const total = (x: Tensor): Tensor => sum(0)(square(columns(x)))
  const [left, all] = [total(errors), total(formula.sub(columns(y), expandFirst(count)(centre)))]
  const varies = formula.greater(all, 0)
  const explained = formula.sub(1, div(select(all, 1)(varies))(left) as Tensor)
  const constant = select(0, select(1, left)(formula.equal(left, 0)))(formula.greater(left, 0))
  return meanAll(select(explained, constant)(varies))
}

/**
 * The quantile (pinball) loss: the mean of q·(y − ŷ) where the target is above, and of (1 − q)·(ŷ − y) where it is below. The
 * q-quantile has the least.
 *
 * @shape  [N, ...S], [N, ...S] → []
 * @error  `ValueError` for a q that is not between 0 and 1
 * @example
 * quantileLoss(0.9)(predicted, y)
 */
export const quantileLoss = (q: number): (<S extends Shape>(predicted: Batch<S>, y: Batch<S>) => Scalar) => {
  wantsProbability('quantileLoss', q)
  return (predicted, y) => {
    const errors = errorsOf('quantileLoss', predicted, y)
    return meanAll(maximum(mul(q - 1)(errors))(mul(q)(errors)))
  }
}
