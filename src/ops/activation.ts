/** The hidden units of the chapter that are one line of ops. */
import { pipe } from 'fp-ts/lib/function.js'
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { maximum, minimum, mul, neg, softplus } from './arithmetic.js'
import { greater, select } from './comparison.js'

/** max(0, x), with relu′(0) = 0. @source Jarrett et al. (2009), Nair and Hinton (2010) */
export const relu = <S extends Shape>(x: Tensor<S>): Tensor<S> => maximum(0)(x)
/** max(0, x) + slope · min(0, x), with leakyRelu′(0) = slope. @source Maas et al. (2013) */
export const leakyRelu =
  (slope = 0.01) =>
  <S extends Shape>(x: Tensor<S>): Tensor<S> =>
    pipe(x as Tensor, greater(0), select(x as Tensor, mul(slope)(x as Tensor))) as Tensor<S>
/** max(−1, min(1, x)). @source Collobert (2004) */
export const hardTanh = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, minimum(1), maximum(-1))
/** log σ(x) = −softplus(−x), without overflow. */
export const logSigmoid = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, neg, softplus, neg)
