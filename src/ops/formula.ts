/**
 * Ops data-first, for formulas: `sub(x, y)` is x − y, as it is written. In a `pipe` the curried ones read better, `pipe(x, sub(y))`;
 * in a formula of several operands they read backwards, and operands of one shape that change places still type-check.
 *
 *     const { add, mul, sub } = formula
 *     const between = (a: Scalar, b: Scalar, t: Scalar) => add(mul(sub(1, t), a), mul(t, b)) // (1 − t)a + tb
 */
import { ValueError } from '../error/index.js'
import { fixed, type Shape } from '../shape/index.js'
import { uniform } from '../tensor/buffer.js'
import { wantsTensor } from '../tensor/node.js'
import type { Matrix, Tensor } from '../tensor/tensor.js'
import * as arithmetic from './arithmetic.js'
import * as comparison from './comparison.js'
import { type Multiplies, matmul } from './matmul.js'
import type { Operand } from './operand.js'

/** Of two tensors of one shape, or of one and a number. */
export type Formula = <S extends Shape>(x: Operand<S>, y: Operand<NoInfer<S>> | Operand<S>) => Tensor<S>
type Curried = (y: Operand<Shape>) => (x: Tensor) => Tensor

/** A number on the left takes shape and precision of the tensor on the right. */
const infix =
  (who: string, op: unknown): Formula =>
  (x, y) => {
    if (typeof x === 'number' && typeof y === 'number')
      throw new ValueError({ who, expected: 'at least one tensor', received: `${x} and ${y}`, hint: 'make one with scalar' })
    const left = typeof x === 'number' ? numberLike(who, x, y as Tensor) : x
    return (op as Curried)(y)(left) as never
  }
const numberLike = (who: string, x: number, y: Tensor): Tensor => {
  const { shape, precision } = wantsTensor(who, y)
  return uniform(shape, precision, x)
}

/** Ops of two operands, data-first. */
export const formula = fixed({
  /** x + y */
  add: infix('add', arithmetic.add),
  /** x − y */
  sub: infix('sub', arithmetic.sub),
  /** x · y */
  mul: infix('mul', arithmetic.mul),
  /** x / y */
  div: infix('div', arithmetic.div),
  /** x ^ y */
  pow: infix('pow', arithmetic.pow),
  maximum: infix('maximum', arithmetic.maximum),
  minimum: infix('minimum', arithmetic.minimum),
  /** x < y */
  less: infix('less', comparison.less),
  /** x ≤ y */
  lessEqual: infix('lessEqual', comparison.lessEqual),
  /** x > y */
  greater: infix('greater', comparison.greater),
  /** x ≥ y */
  greaterEqual: infix('greaterEqual', comparison.greaterEqual),
  /** x = y */
  equal: infix('equal', comparison.equal),
  /** y[…,m,n] = Σₖ x[…,m,k] · w[k,n] */
  matmul: <B extends Shape, M extends number, J extends number, K extends number, N extends number>(
    x: Tensor<readonly [...B, M, J]>,
    w: Matrix<K, N> & Multiplies<readonly [...B, M, J], J, K, N>,
  ): Tensor<readonly [...B, M, N]> => matmul(w)(x as never) as never,
  /** x where the condition holds, y elsewhere. */
  select: <S extends Shape>(condition: Tensor<S>, x: Operand<NoInfer<S>>, y: Operand<NoInfer<S>>): Tensor<S> =>
    comparison.select(x, y as Operand<Shape>)(condition) as Tensor<S>,
})
