/**
 * Instructions: what a lowered program is made of. Data, all of them, so that passes rewrite them, printers read them, and any
 * engine runs them, in this thread or in another.
 *
 * Elements are words, four bytes wide, a bool being a mask of all ones or zeros; a float64 is two words, and where numbers are
 * computed with, it is said how wide they are. What only moves numbers moves words. Unless strides are named, numbers lie row by
 * row. What is written overlaps nothing that is read.
 */
import type { TensorType } from '../../ops/row.js'
import type { Prim } from '../../prim/index.js'
import type { Shape } from '../../shape/index.js'
import type { Address, BufferId, LoopId } from './address.js'
import type { LaneOperation, Reduction } from './operation.js'

/** How wide a number is: eight bytes if it is a float64. */
export type ElementBytes = 4 | 8

/** Rows, and elements in each. */
export interface Space {
  readonly outer: number
  readonly inner: number
}
/** An operand of an element-wise loop: strides, in elements, from row to row and within a row. */
export interface PointwiseInput extends Space {
  readonly address: Address
  readonly bytesPer: ElementBytes
}
/** One operation; its operands are inputs, by number, or what earlier steps gave, numbered after all inputs. */
export interface LaneStep {
  readonly operation: LaneOperation
  readonly args: readonly number[]
  /** By how many bits a shift shifts. */
  readonly bits: number
}
/** A value that is stored, row by row. */
export interface PointwiseOutput {
  readonly value: number
  readonly to: Address
  readonly bytesPer: ElementBytes
}
/** Element-wise operations as one loop over an index space. */
export interface Pointwise extends Space {
  readonly kind: 'pointwise'
  readonly inputs: readonly PointwiseInput[]
  readonly steps: readonly LaneStep[]
  readonly outputs: readonly PointwiseOutput[]
}

/** Strides, in elements, from row to row and from column to column. */
export interface Matrix {
  readonly address: Address
  readonly row: number
  readonly column: number
}
/** out[i, j] = Σₚ a[i, p] · b[p, j], for m rows, n columns and k terms; the rows of out begin `outRow` elements apart. */
export interface Product {
  readonly kind: 'matmul'
  readonly precision: 'float32' | 'float64'
  readonly out: Address
  readonly outRow: number
  readonly a: Matrix
  readonly b: Matrix
  readonly m: number
  readonly n: number
  readonly k: number
}

/** Elements in the order of several axes, row by row: element (i₀, i₁, …) lies Σ iₐ·strideₐ elements on. */
export interface Axes {
  readonly shape: Shape
  readonly strides: readonly number[]
}
/** A matrix whose rows and columns are several axes each, such as windows where they lie: what its row adds, and what its column adds. */
export interface MatrixOfAxes {
  readonly address: Address
  readonly rows: Axes
  readonly columns: Axes
}
/** A product of float32 whose first matrix is such a view, which is never copied. */
export interface ProductOfView extends Omit<Product, 'kind' | 'precision' | 'a'> {
  readonly kind: 'matmulView'
  readonly a: MatrixOfAxes
}

/** out[o, i] from x[o, m, i] for all m. */
export interface Reduce {
  readonly kind: 'reduce'
  readonly reduction: Reduction
  readonly out: Address
  readonly x: Address
  readonly outer: number
  readonly mid: number
  readonly inner: number
}

/** out[o] from x[o, m] for all m, of float32: rows are what is given, columns the terms of each, in order, and the view is never copied. */
export interface ReduceView {
  readonly kind: 'reduceView'
  readonly reduction: 'sum' | 'max'
  readonly out: Address
  readonly x: MatrixOfAxes
}

/** How wide the numbers that a reduction reads are, and those that it writes. */
export const bytesReduced = ({ reduction }: Reduce): { readonly read: ElementBytes; readonly written: ElementBytes } => {
  const gives = reduction === 'sumDouble' || reduction === 'maxDouble'
  return { read: gives || reduction === 'argMaxDouble' ? 8 : 4, written: gives ? 8 : 4 }
}

/** A view: word (i₀, i₁, …) lies Σ iₐ·strideₐ words from the start. */
export interface Strided extends Axes {
  readonly start: Address
}
/** out ← the view. */
export interface Gather {
  readonly kind: 'gather'
  readonly out: Address
  readonly view: Strided
}
/** The view ← x, or itself + x, in row-major order; the rest of what it is a view of stays. Of `addDouble` the view is one of float64. */
export interface Scatter {
  readonly kind: 'scatter'
  readonly how: 'store' | 'add' | 'addDouble' | 'addInt'
  readonly view: Strided
  readonly x: Address
}

/** The view ← itself + another of the same axes, of float32, in row-major order: what is added is never copied. */
export interface AddView {
  readonly kind: 'addView'
  readonly view: Strided
  /** Of the same shape. */
  readonly x: Strided
}

/** For each of `batch` tables of `size` rows of `row` numbers, `count` indices of rows. */
interface Rows {
  readonly indices: Address
  readonly batch: number
  readonly count: number
  readonly size: number
  readonly row: number
}
/** out[b, c] ← x[b, indices[b, c]], words, zeros where there is no such row. */
export interface GatherRows extends Rows {
  readonly kind: 'gatherRows'
  readonly out: Address
  readonly x: Address
}
/** out ← 0; out[b, indices[b, c]] += x[b, c], in order, where there is such a row. */
export interface ScatterAddRows extends Rows {
  readonly kind: 'scatterAddRows'
  readonly precision: 'float32' | 'float64'
  readonly out: Address
  readonly x: Address
}

/** So many words, which have the bits of the one and of the other in turn: a number that is two words again and again, or one that is one. */
export interface Fill {
  readonly kind: 'fill'
  readonly out: Address
  readonly count: number
  readonly bits: readonly [even: number, odd: number]
}
export interface Copy {
  readonly kind: 'copy'
  readonly out: Address
  readonly x: Address
  readonly bytes: number
}

/** A tensor, row by row. */
export interface Block extends TensorType {
  readonly address: Address
}
/** A row's own loop, on the host, for what has no faster form: rare ops of integers and of float64. */
export interface HostCall {
  readonly kind: 'host'
  readonly prim: Prim
  readonly attributes: unknown
  readonly operands: readonly Block[]
  readonly out: Block
}

/** Instructions that are run again and again; addresses with a step of this loop move. */
export interface Loop {
  readonly kind: 'loop'
  readonly loop: LoopId
  readonly length: number
  /** Whether the last position comes first. */
  readonly reverse: boolean
  readonly body: readonly Instruction[]
  /** Buffers from outside that the body uses, and those of them that it writes. */
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
}

/** Where so many threads, each with a list of its own, wait for one another. */
export interface Barrier {
  readonly kind: 'barrier'
  readonly threads: number
}

export type Instruction =
  | Pointwise
  | Product
  | ProductOfView
  | Reduce
  | ReduceView
  | Gather
  | Scatter
  | AddView
  | GatherRows
  | ScatterAddRows
  | Fill
  | Copy
  | HostCall
  | Loop
  | Barrier
export type Kind = Instruction['kind']

/** Instructions with those inside loops, each once. */
export const deep = (instructions: readonly Instruction[]): readonly Instruction[] =>
  instructions.flatMap((instruction) => (instruction.kind === 'loop' ? [instruction, ...deep(instruction.body)] : [instruction]))

/** A case for every kind of instruction: forget one, and the compiler names it. */
export type Cases<R> = { readonly [K in Kind]: (instruction: Extract<Instruction, { readonly kind: K }>) => R }
export const byKind =
  <R>(cases: Cases<R>) =>
  (instruction: Instruction): R =>
    (cases[instruction.kind] as (instruction: Instruction) => R)(instruction)
