/** Parameters kept in a set, by projection after every update. */
import { pipe } from 'fp-ts/lib/function.js'
import { div, expandFirst, minimum, mul, reshape, sqrt, square, sub, sum } from '../ops/index.js'
import { isWeight, mapTree, zipTrees } from '../params/index.js'
import { sizeOf } from '../shape/index.js'
import { full } from '../tensor/create.js'
import type { Matrix, Tensor } from '../tensor/tensor.js'
import { positive } from './domain.js'
import { applyUpdates, type GradientTransformation, type Stateless, stateless } from './transformation.js'

/** From any parameters to the nearest that are allowed: `projection(projection(θ)) = projection(θ)`. */
export type Projection = <P>(params: P) => P

/**
 * The weights that come into each unit, as a vector w, become w · min(1, bound / ‖w‖): for a matrix [in, out] its columns,
 * for a kernel everything but the last axis. Biases stay as they are.
 *
 * @source Srivastava et al. (2014) §5.1; Goodfellow, Bengio, Courville (2016) §7.2
 * @example
 * chain(sgd({ learningRate: 0.1 }), project(maxNorm(3)))
 */
export const maxNorm = (bound: number): Projection => {
  positive('maxNorm', 'bound', bound)
  return mapTree((w: Tensor, path) => {
    const units = w.shape.at(-1) ?? 0
    if (!isWeight(path, w) || units === 0) return w
    const columns = reshape([sizeOf(w.shape) / units, units])(w) as Matrix<number, number>
    const norms: Tensor = pipe(columns, square, sum(-2), sqrt)
    const factors = pipe(full(norms.shape, bound, w.precision), div(norms), minimum(1))
    return pipe(columns, mul(expandFirst(columns.shape[0])(factors)), reshape(w.shape))
  })
}

/** Updates after which the parameters are projected: projection(θ + Δ) − θ. The last link of a chain. */
export const project = (projection: Projection): GradientTransformation<Stateless> =>
  stateless((updates, params) =>
    zipTrees((allowed: Tensor, theta: Tensor) => sub(theta)(allowed))(projection(applyUpdates(params, updates)), params),
  )
