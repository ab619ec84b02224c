/** Comparing, choosing, and bits. Comparisons give bool; `pipe(x, less(y))` asks whether x < y. */
import { shown, ValueError } from '../error/index.js'
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

const wantsBits = (who: string, bits: number): number => {
  if (Number.isInteger(bits) && bits >= 0) return bits
  throw new ValueError({ who, expected: 'a whole number of bits, 0 or more', received: shown(bits) })
}
/** The machine shifts by at most 31 bits at once; after 32 a number is as after any more. */
const shift =
  (who: 'shiftLeft' | 'shiftRight') =>
  (bits: number): (<S extends Shape>(x: Tensor<S>) => Tensor<S>) => {
    const shifts = wantsBits(who, bits) < 32 ? [bits] : [31, 1]
    return (x) => shifts.reduce<Tensor>((y, by) => tensors[who](y, { bits: by }), x) as typeof x
  }

/** x · 2^bits modulo 2³²: 0 from 32 bits on. @error `ValueError` for a negative or fractional number of bits */
export const shiftLeft = shift('shiftLeft')
/** ⌊x / 2^bits⌋: 0, or −1 of a negative number, from 32 bits on. @error `ValueError` for a negative or fractional number of bits */
export const shiftRight = shift('shiftRight')
/** The bits of x, turned to the left; 32 bits are all the way round. @error `ValueError` for a negative or fractional number of bits */
export const rotateLeft =
  (bits: number) =>
  <S extends Shape>(x: Tensor<S>): Tensor<S> =>
    tensors.rotateLeft(x, { bits: wantsBits('rotateLeft', bits) % 32 }) as Tensor<S>

/**
 * Chooses between tensors: `pipe(condition, select(x, y))` is x where the condition holds, y elsewhere. A NaN in the
 * branch not taken stays there. In derivatives it does so only if the derivative of that branch is finite where it is not taken:
 * the branch receives a cotangent of 0, and 0 · ∞ is NaN. Where it is not finite, choose twice, first what the branch is computed
 * from: √x, and 0 below 0, is
 *
 *     const positive = greater(0)(x)
 *     const root = pipe(positive, select(sqrt(pipe(positive, select(x, 1))), 0))
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
