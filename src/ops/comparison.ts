/** Comparing, choosing, and bits. Comparisons give bool; `pipe(x, less(y))` asks whether x < y. */
import type { Shape } from '../shape/index.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'
import { type Beside, inShapeOf, type Operand } from './operand.js'

type Binary = <S extends Shape>(y: Operand<S>) => <T extends Beside<S>>(x: Tensor<T>) => Tensor<T>
const binary =
  (who: string, op: (x: Tensor, y: Tensor) => Tensor): Binary =>
  (y) =>
  (x) =>
    op(x, inShapeOf(who, wantsTensor(who, x), y)) as typeof x

/** x < y */
export const less = binary('less', tensors.less)
/** x ≤ y */
export const lessEqual = binary('lessEqual', tensors.lessEqual)
/** x > y */
export const greater = binary('greater', (x, y) => tensors.less(y, x))
/** x ≥ y */
export const greaterEqual = binary('greaterEqual', (x, y) => tensors.lessEqual(y, x))
/** x = y */
export const equal = binary('equal', tensors.equal)
/** Both: of bool, or bit by bit of integers. */
export const and = binary('and', tensors.and)
/** Either: of bool, or bit by bit of integers. */
export const or = binary('or', tensors.or)
/** Exactly one: of bool, or bit by bit of integers. */
export const xor = binary('xor', tensors.xor)
/** The other: of bool, or bit by bit of integers. */
export const not = <S extends Shape>(x: Tensor<S>): Tensor<S> => tensors.not(x) as Tensor<S>

/** x · 2^bits modulo 2³². */
export const shiftLeft =
  (bits: number) =>
  <S extends Shape>(x: Tensor<S>): Tensor<S> =>
    tensors.shiftLeft(x, { bits }) as Tensor<S>
/** ⌊x / 2^bits⌋ */
export const shiftRight =
  (bits: number) =>
  <S extends Shape>(x: Tensor<S>): Tensor<S> =>
    tensors.shiftRight(x, { bits }) as Tensor<S>
/** The bits of x, turned to the left. @domain uint32, 0 < bits < 32 */
export const rotateLeft =
  (bits: number) =>
  <S extends Shape>(x: Tensor<S>): Tensor<S> =>
    tensors.rotateLeft(x, { bits }) as Tensor<S>

/**
 * Chooses between tensors: `pipe(condition, select(x, y))` is x where the condition holds, y elsewhere. A NaN in the
 * branch not taken stays there, in derivatives too, if the branch itself is finite where it is not taken.
 *
 * @shape  x, y [...S] or numbers (not both) → condition [...S] → [...S]
 */
export const select =
  <S extends Shape>(x: Operand<S>, y: Operand<S>) =>
  <T extends Beside<S>>(condition: Tensor<T>): Tensor<T> => {
    const of = [x, y].find((branch) => typeof branch !== 'number')
    const like = {
      shape: wantsTensor('select', condition).shape,
      precision: of === undefined ? 'float32' : wantsTensor('select', of).precision,
    } as const
    return tensors.select(condition, inShapeOf('select', like, x), inShapeOf('select', like, y)) as Tensor<T>
  }
