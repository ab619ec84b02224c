/** What a signature says of an op: all that is known of it before it computes anything. */
import type { Either } from 'fp-ts/lib/Either.js'
import type { PrecisionError, ShapeError } from '../error/index.js'
import type { Shape } from '../shape/index.js'
import type { Precision } from './precision.js'

/** How many operands an op takes. */
export type Count = 1 | 2 | 3 | 'any'
interface OperandsByCount<R> {
  readonly 1: readonly [x: R]
  readonly 2: readonly [x: R, y: R]
  readonly 3: readonly [x: R, y: R, z: R]
  readonly any: readonly R[]
}
/** That many operands, each an `R`: shapes, tensors, index functions, strings. */
export type Operands<N extends Count, R> = OperandsByCount<R>[N]

/** The shape of the result, or the sentence that says why there is none; `who` is the op that asks. */
export type ShapeRule<N extends Count, A> = (who: string, shapes: Operands<N, Shape>, attributes: A) => Either<ShapeError, Shape>
/** The precision of the result, or the sentence that says why there is none. */
export type PrecisionRule<N extends Count, A> = (
  who: string,
  precisions: Operands<N, Precision>,
  attributes: A,
) => Either<PrecisionError, Precision>

/** How an op looks at the numbers of its one operand: `view`, by an affine map of places; `same`, in their order; or it makes others. */
export type Look = 'none' | 'view' | 'same'
/** When the result is an operand, bit for bit: where that has its shape already, or beside a 1. */
export type Unchanged = 'never' | 'of the same shape' | 'beside 1 on the right' | 'beside 1 on either side'

export interface Signature<N extends Count, A, L extends Look = 'none'> {
  readonly operands: N
  /** Only types look at it. */
  readonly attributes: A
  readonly shape: ShapeRule<N, A>
  readonly precision: PrecisionRule<N, A>
  readonly look: L
  readonly unchanged: Unchanged
  /** Whether it sends no cotangent: it is constant almost everywhere, its result or operands are no floats, or it is meant to be silent. */
  readonly isSilent: boolean
}

/** What may be left out: an op looks at nothing, changes what it is given, and has a derivative. */
export interface Facts<L extends Look> {
  readonly look?: L
  readonly unchanged?: Unchanged
  readonly isSilent?: boolean
}

export const signature = <N extends Count, A, L extends Look = 'none'>(
  operands: N,
  rules: Pick<Signature<N, A>, 'shape' | 'precision'>,
  { look, unchanged = 'never', isSilent = false }: Facts<L> = {},
): Signature<N, A, L> => ({ operands, attributes: undefined as A, ...rules, look: (look ?? 'none') as L, unchanged, isSilent })
