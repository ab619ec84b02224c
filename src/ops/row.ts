/**
 * A row of the closed table: everything the library knows about one op, beside its shape and precision rules.
 */
import type { Attributes, Count, Operands, Precision, Prim, Prims } from '../prim/index.js'
import type { Shape } from '../shape/index.js'
import type { Numbers } from '../tensor/buffer.js'
import type { Algebra } from './algebra.js'

/** A tensor, read at an index. */
export type Read = (...index: readonly number[]) => number

export interface TensorType {
  readonly shape: Shape
  readonly precision: Precision
}
/** An operand while a function is batched: with a leading axis of examples, or one for all. */
export interface Lifted<R> {
  readonly value: R
  readonly batched: boolean
}

/** By how many operands an op takes and what its attributes are: ops that agree in these share helpers. */
export interface RowOf<N extends Count, A> {
  /** The meaning in symbols, for documentation. */
  readonly formula: string
  /** The specification: the number at each index of the result, in float64, rounded to the result's precision afterwards. */
  readonly meaning: (reads: Operands<N, Read>, types: Operands<N, TensorType>, attributes: A) => Read
  /** The same numbers by a plain loop over arrays, where tabulating the meaning is too slow; a law says that they are equal. */
  readonly loop: (out: Numbers, operands: Operands<N, Numbers>, types: Operands<N, TensorType>, result: TensorType, attributes: A) => void
  /** The number of a result all of whose operands are uniform, where that is uniform too. */
  readonly uniform?: (values: Operands<N, number>, precision: Precision) => number
  /** From the cotangent of the result to those of the operands; `null` where there is none (indices, conditions, steps). */
  readonly pullback: <R>(
    o: Algebra<R>,
    operands: Operands<N, R>,
    result: R,
    attributes: A,
    types: Operands<N, TensorType>,
  ) => (dy: R) => Operands<N, R | null>
  /** How the op acts on operands with a leading axis. Without it: unbatched operands are expanded, the attributes stay. */
  readonly batch?: <R>(o: Algebra<R>, operands: Operands<N, Lifted<R>>, size: number, attributes: A, types: Operands<N, TensorType>) => R
}

export type Row<K extends Prim> = RowOf<Prims[K]['operands'], Attributes<K>>

export type Table = { readonly [K in Prim]: Row<K> }
