/**
 * Penalties Ω on parameters, over weights: the tensors of two or more axes, biases, gains and slopes not among them.
 *
 *     J̃(θ) = J(θ) + Ω(θ)
 *
 * A penalty is a part of the cost, and its gradient goes through the optimiser. Decoupled decay (`adamW`, `addDecayedWeights` behind
 * another transformation) shrinks the weights beside the optimiser's step. For gradient descent both are the same; for Adam, which
 * divides by the size of gradients, they are not: a penalty hardly reaches weights whose gradients are large.
 *
 * @source Goodfellow, Bengio, Courville (2016) §7.1; Loshchilov and Hutter (2019), Decoupled weight decay regularization
 */
import { pipe } from 'fp-ts/lib/function.js'
import { wantsFunction, wantsNumber } from '../error/index.js'
import { abs, add, formula, matmul, mul, norm, oneHot, reshape, square, sumAll, transpose } from '../ops/index.js'
import { isWeight, leavesWithPaths, mapTree } from '../params/index.js'
import { sizeOf } from '../shape/index.js'
import { range, scalar, zeros } from '../tensor/create.js'
import type { Matrix, Scalar, Tensor } from '../tensor/tensor.js'
import type { Regulariser } from './objective.js'

/** The sum over all weights of what each tensor of them costs. */
const overWeights =
  (scale: number, cost: (w: Tensor) => Scalar): Regulariser =>
  (params) => {
    const weights = leavesWithPaths(params).flatMap(({ path, tensor }) => (isWeight(path, tensor) ? [tensor] : []))
    const zero: Scalar = scalar(0, weights[0]?.precision ?? 'float32')
    return pipe(
      weights.reduce<Scalar>((total, w) => add(cost(w))(total), zero),
      mul(scale),
    )
  }
/** A row of the weights that come into each unit: of a matrix [in, out] its columns, of a kernel everything but the last axis. */
const byUnit = (w: Tensor): Matrix<number, number> => {
  const units = w.shape.at(-1) ?? 0
  return transpose(reshape([sizeOf(w.shape) / Math.max(1, units), units])(w) as Matrix<number, number>)
}

/**
 * Ω = (λ/2) Σ W²: weights are drawn towards 0, the more the larger they are. Also called L2, ridge, Tikhonov.
 *
 * @error  `ValueError` for a λ that is no number
 * @source Goodfellow, Bengio, Courville (2016) §7.1.1
 * @example
 * pipe(categorical(net), regularised(weightDecay(1e-4)))
 */
export const weightDecay = (lambda: number): Regulariser =>
  overWeights(wantsNumber('weightDecay', 'lambda', lambda) / 2, (w) => sumAll(square(w)))

/**
 * Ω = λ Σ |W|: weights that are of little use become 0. Also called lasso.
 *
 * @error  as `weightDecay`
 * @source Goodfellow, Bengio, Courville (2016) §7.1.2
 */
export const lasso = (lambda: number): Regulariser => overWeights(wantsNumber('lasso', 'lambda', lambda), (w) => sumAll(abs(w)))

/**
 * Ω = λ (ρ Σ |W| + (1 − ρ)/2 Σ W²): some weights become 0, and those that say the same share it.
 *
 * @error  as `weightDecay`
 * @source Zou and Hastie (2005), Regularization and variable selection via the elastic net
 * @example
 * pipe(gaussian(net), regularised(elasticNet(0.01, 0.5)))
 */
export const elasticNet = (lambda: number, ratio: number): Regulariser => {
  wantsNumber('elasticNet', 'lambda', lambda)
  const [one, two] = [lasso(wantsNumber('elasticNet', 'ratio', ratio)), weightDecay(1 - ratio)]
  return (params) => mul(lambda)(formula.add(one(params), two(params)))
}

/**
 * Ω = λ Σ_units √n ‖w_unit‖: all n weights that come into a unit become 0 together, and the unit goes.
 *
 * @error  as `weightDecay`
 * @source Yuan and Lin (2006), Model selection and estimation in regression with grouped variables
 */
export const groupLasso = (lambda: number): Regulariser =>
  overWeights(wantsNumber('groupLasso', 'lambda', lambda), (w) => {
    const units = byUnit(w)
    return mul(Math.sqrt(units.shape[1]))(sumAll(norm(-1)(units)))
  })

/**
 * Ω = (λ/2) Σ ‖WᵀW − I‖²: the weights that come into units are drawn towards length 1 and right angles; of more units than
 * inputs, those that go out of inputs.
 *
 * @error  as `weightDecay`
 * @source Brock et al. (2017), Neural photo editing with introspective adversarial networks, §3.2
 */
export const orthogonality = (lambda: number): Regulariser =>
  overWeights(wantsNumber('orthogonality', 'lambda', lambda) / 2, (w) => {
    const rows = byUnit(w)
    const few = rows.shape[0] <= rows.shape[1] ? rows : transpose(rows)
    const gram = matmul(transpose(few))(few) as Matrix<number, number>
    return sumAll(square(formula.sub(gram, oneHot(few.shape[0], w.precision)(range(few.shape[0])))))
  })

/**
 * A penalty on some parameters alone, by their paths, as `partition` names them: `[0].weights` is that of the first layer.
 *
 * @error  `ValueError` for anything but functions
 * @example
 * pipe(categorical(net), regularised(where((path) => path.startsWith('[0]'))(lasso(1e-3))))
 */
export const where = (chosen: (path: string) => boolean): ((regulariser: Regulariser) => Regulariser) => {
  wantsFunction('where', 'a condition on paths', chosen)
  return (regulariser) => {
    wantsFunction('where', 'a regulariser, a function of parameters', regulariser)
    return (params) => regulariser(mapTree((x, path) => (chosen(path) ? x : zeros([0], x.precision)))(params))
  }
}
