/** Hidden units that are one line of ops: the chapter's, and those that came after it. */
import { pipe } from 'fp-ts/lib/function.js'
import type { Shape } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'
import { add, div, erf, expm1, maximum, minimum, mul, neg, sigmoid, softplus, square, tanh } from './arithmetic.js'
import { greater, select } from './comparison.js'

/** max(0, x), with relu′(0) = 0. @source Jarrett et al. (2009), Nair and Hinton (2010) */
export const relu = <S extends Shape>(x: Tensor<S>): Tensor<S> => maximum(0)(x)
/** max(0, x) + slope · min(0, x), with leakyRelu′(0) = slope. @source Maas et al. (2013) */
export const leakyRelu =
  (slope = 0.01) =>
  <S extends Shape>(x: Tensor<S>): Tensor<S> =>
    pipe(x as Tensor, greater(0), select(x as Tensor, mul(slope)(x))) as Tensor<S>
/** max(−1, min(1, x)). @source Collobert (2004) */
export const hardTanh = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, minimum(1), maximum(-1))
/** Where x > 0 it is 0, and elsewhere x with a derivative of 1, at 0 too: the side of an exponential that cannot overflow. */
const negativePart = (x: Tensor): Tensor => pipe(x, greater(0), select(0, x))

/**
 * x where x > 0, α(eˣ − 1) elsewhere; elu′(0) = α.
 *
 * @source Clevert, Unterthiner, Hochreiter (2016)
 */
export const elu =
  (alpha = 1) =>
  <S extends Shape>(x: Tensor<S>): Tensor<S> =>
    pipe(x as Tensor, greater(0), select(x as Tensor, mul(alpha)(expm1(negativePart(x))))) as Tensor<S>

/** The two constants under which activations of mean 0 and variance 1 keep them from layer to layer. */
const [seluAlpha, seluScale] = [1.6732632423543772, 1.0507009873554805]
/**
 * λ · elu(α)(x), with λ = 1.0507… and α = 1.6733…: a network of dense layers with LeCun's weights normalises itself.
 *
 * @source Klambauer, Unterthiner, Mayr, Hochreiter (2017), equation 2
 */
export const selu = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, elu(seluAlpha), mul(seluScale)) as Tensor<S>

/** x · σ(x), also called swish. @source Elfwing, Uchibe, Doya (2018); Ramachandran, Zoph, Le (2017) */
export const silu = <S extends Shape>(x: Tensor<S>): Tensor<S> => mul(sigmoid(x) as Tensor)(x as Tensor) as Tensor<S>

/**
 * x·Φ(x) = ½x(1 + erf(x/√2)), the Gaussian error linear unit: x times the probability that a standard normal is below it.
 *
 * @source Hendrycks and Gimpel (2016), §2
 */
export const gelu = <S extends Shape>(x: Tensor<S>): Tensor<S> =>
  pipe(x as Tensor, mul(Math.SQRT1_2), erf, add(1), mul(x as Tensor), mul(0.5)) as Tensor<S>

/**
 * ½x(1 + tanh(√(2/π)(x + 0.044715x³))): `gelu` by its approximation, PyTorch's `approximate='tanh'`.
 *
 * @source Hendrycks and Gimpel (2016), §2
 */
export const geluTanh = <S extends Shape>(x: Tensor<S>): Tensor<S> => {
  const cubed = pipe(square(x as Tensor), mul(x as Tensor), mul(0.044715), add(x as Tensor))
  return pipe(cubed, mul(Math.sqrt(2 / Math.PI)), tanh, add(1), mul(x as Tensor), mul(0.5)) as Tensor<S>
}

/** max{0, min{1, x}}: a valid probability, whose gradient is gone outside of [0, 1]. @source Goodfellow et al. (2016) §6.2.2.2 */
export const clippedLinear = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, minimum(1), maximum(0))

/** min(6, max(0, x)). @source Howard et al. (2017), MobileNets */
export const relu6 = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, maximum(0), minimum(6))

/** min(1, max(0, x/6 + ½)), as PyTorch and Keras 3 have it; earlier versions of Keras had x/5 + ½. */
export const hardSigmoid = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, add(3), relu6, div(6)) as Tensor<S>

/** log σ(x) = −softplus(−x), without overflow. */
export const logSigmoid = <S extends Shape>(x: Tensor<S>): Tensor<S> => pipe(x, neg, softplus, neg)
