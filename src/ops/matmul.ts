/** Products of matrices and vectors. */
import type { ShapeError } from '../error/index.js'
import { type Shape, type Show, sizeOf } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Matrix, Scalar, Tensor, Vector } from '../tensor/tensor.js'
import { tensors } from './apply.js'
import { sumAll } from './reduction.js'

/** `matmul expects [..., M, K] and [..., K, N], receives [32, 784] and [128, 10]` */
export type Multiplies<S extends Shape, J extends number, K extends number, N extends number> = [J] extends [K]
  ? unknown
  : ShapeError<`matmul expects [..., M, K] and [..., K, N], receives ${Show<S>} and ${Show<readonly [K, N]>}`>

/**
 * The matrix product over the last two axes.
 *
 *     y[…,m,n] = Σₖ x[…,m,k] · w[k,n]
 *
 * @shape  w [K, N] → x [...B, M, K] → y [...B, M, N]
 * @error  does not compile if K differs; `ShapeError` where K is only known at run time
 * @source Goodfellow, Bengio, Courville (2016) §2.2
 * @example
 * pipe(matrix([[1, 2]]), matmul(matrix([[3], [4]])), toArray) // => Float32Array [11]
 */
export const matmul =
  <K extends number, N extends number>(w: Matrix<K, N>) =>
  <B extends Shape, M extends number, J extends number>(
    x: Tensor<readonly [...B, M, J]> & Multiplies<readonly [...B, M, J], J, K, N>,
  ): Tensor<readonly [...B, M, N]> => {
    const [{ shape }, weights] = [wantsTensor('matmul', x), wantsTensor('matmul', w)]
    const [lead, m, k] = [shape.slice(0, -2), shape.at(-2) ?? 0, shape.at(-1) ?? 0]
    const [inputs, n = 0] = weights.shape.length === 2 ? weights.shape : []
    const isRows = lead.length > 0 && k === inputs
    // The row's rule says what does not fit, of x as it was given.
    const product = isRows
      ? tensors.reshape(tensors.matmul(tensors.reshape(x, { shape: [sizeOf(lead) * m, k] }), w), { shape: [...lead, m, n] })
      : tensors.matmul(x, w)
    return product as unknown as Tensor<readonly [...B, M, N]>
  }

/**
 * Wᵀx + b, one affine layer: with weights [in, out] as in the book's XW + c.
 *
 *     y[o] = Σᵢ x[i] · w[i,o] + b[o]
 *
 * @shape  w [I, O], b [O] → x [I] → y [O]
 * @source Goodfellow, Bengio, Courville (2016) §6.1
 */
export const affine =
  <I extends number, O extends number>(w: Matrix<I, O>, b: Vector<NoInfer<O>>) =>
  (x: Vector<NoInfer<I>>): Vector<O> => {
    const product = tensors.matmul(tensors.reshape(x, { shape: [1, ...wantsTensor('affine', x).shape] }), w)
    return tensors.add(tensors.reshape(product, { shape: wantsTensor('affine', b).shape }), b) as Vector<O>
  }

/** Σ x · y over all elements. */
export const dot =
  <S extends Shape>(y: Tensor<S>) =>
  (x: Tensor<NoInfer<S>>): Scalar =>
    sumAll(tensors.mul(x, y))
