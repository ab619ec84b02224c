/**
 * Arithmetic, element by element. Curried, data last: `pipe(x, sub(y))` is x − y.
 */
import type { Precision } from '../prim/index.js'
import type { Shape } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'
import { type Beside, inShapeOf, type Operand } from './operand.js'

type Binary = <S extends Shape>(y: Operand<S>) => <T extends Beside<S>>(x: Tensor<T>) => Tensor<T>
type Unary = <S extends Shape>(x: Tensor<S>) => Tensor<S>

const binary =
  (who: string, op: (x: Tensor, y: Tensor) => Tensor): Binary =>
  (y) =>
  (x) =>
    op(x, inShapeOf(who, wantsTensor(who, x), y)) as typeof x
const unary =
  (op: (x: Tensor) => Tensor): Unary =>
  (x) =>
    op(x) as typeof x

/**
 * x + y
 *
 * @shape  y [...S], a scalar or a number → x [...S] → [...S]
 * @error  does not compile if the shapes differ; `ShapeError`, `PrecisionError`
 * @example
 * pipe(vector([1, 2]), add(vector([10, 20])), toArray) // => Float32Array [11, 22]
 */
export const add = binary('add', tensors.add)
/** x − y */
export const sub = binary('sub', tensors.sub)
/** x · y, element by element */
export const mul = binary('mul', tensors.mul)
/** x / y, element by element */
export const div = binary('div', tensors.div)
/**
 * x ^ y, element by element. 1 ^ y = 1 for every y, and (−1) ^ ±∞ = 1, as IEEE 754-2008 and numpy have it (JavaScript: NaN).
 * The derivative by y of a negative x is NaN: there is no logarithm.
 */
export const pow = binary('pow', tensors.pow)
/** The larger of x and y; a tie gives its gradient to y, so that relu′(0) = 0. NaN if either is. */
export const maximum = binary('maximum', tensors.maximum)
/** The smaller of x and y; a tie gives its gradient to y. NaN if either is. */
export const minimum = binary('minimum', tensors.minimum)

/** −x */
export const neg = unary(tensors.neg)
/** |x|, with |·|′(0) = 0 */
export const abs = unary(tensors.abs)
/** −1, 0 or 1; its derivative is 0 */
export const sign = unary(tensors.sign)
/** eˣ */
export const exp = unary(tensors.exp)
/** eˣ − 1, exact near 0 */
export const expm1 = unary(tensors.expm1)
/** The natural logarithm. @domain x > 0; −∞ at 0, NaN below */
export const log = unary(tensors.log)
/** log(1 + x), exact near 0. @domain x > −1 */
export const log1p = unary(tensors.log1p)
/** √x. @domain x ≥ 0; its derivative at 0 is ∞, and so is NaN where the derivative of x is 0: for √Σx² at 0, see `norm` */
export const sqrt = unary(tensors.sqrt)
/** sin x. @unit radians */
export const sin = unary(tensors.sin)
/** cos x. @unit radians */
export const cos = unary(tensors.cos)
/** tanh x = 2σ(2x) − 1 */
export const tanh = unary(tensors.tanh)
/** σ(x) = 1 / (1 + e⁻ˣ), without overflow */
export const sigmoid = unary(tensors.sigmoid)
/** log(1 + eˣ), without overflow; softplus′ = σ */
export const softplus = unary(tensors.softplus)
/** The error function 2/√π ∫₀ˣ e^(−t²) dt; erf′(x) = 2/√π e^(−x²). @source Abramowitz and Stegun (1964) §7.1.1 */
export const erf = unary(tensors.erf)
/** ⌊x⌋; its derivative is 0 */
export const floor = unary(tensors.floor)
/** x, through which no gradient flows */
export const stopGradient = unary(tensors.stopGradient)
/** x² */
export const square: Unary = (x) => tensors.mul(x, x) as typeof x
/**
 * x at another precision. Between floats the gradient is cast back; to and from integers there is none.
 *
 * This is the one way from a float to an integer: the fraction is dropped, what is out of range becomes the nearest there is,
 * NaN becomes 0. Literals (`tensor`, `vector`, `full`, …) and numbers beside an integer tensor are never converted: what the precision
 * does not hold is refused. From int32 to uint32 and back the bits stay; bool is whether a number is not 0.
 *
 * @example
 * pipe(vector([1.7, -1, 3e10]), cast('uint32'), toArray) // => Uint32Array [1, 0, 4294967295]
 */
export const cast =
  (to: Precision): Unary =>
  (x) =>
    (wantsTensor('cast', x).precision === to ? x : tensors.cast(x, { to })) as typeof x
