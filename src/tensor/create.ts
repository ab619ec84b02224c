/** Literals from JavaScript numbers: float32 unless said otherwise. */
import { tryCatch } from 'fp-ts/lib/Either.js'
import { orThrow, ShapeError, shown, ValueError, wantsList, wantsRecord } from '../error/index.js'
import type { Precision } from '../prim/index.js'
import { fixedShape, type Shape, show, sizeOf, wantsSizes } from '../shape/index.js'
import { counted, literalOf, type Numbers, rounded, roundedRows, uniform } from './buffer.js'
import type { Matrix, Scalar, Tensor, Vector } from './tensor.js'
import { wantsNumber, wantsNumbers } from './wants-numbers.js'

/** The numbers of an array-like, which may be anything with a length: fields that throw, or another length when asked again. */
const read = (who: string, precision: Precision, numbers: ArrayLike<number>, size: number): Numbers => {
  const own = orThrow(
    tryCatch(
      () => rounded(precision, wantsNumbers(who, precision, numbers)),
      (error) =>
        error instanceof ValueError ? error : new ValueError({ who, expected: 'numbers that can be read', received: shown(error) }),
    ),
  )
  if (own.length !== size)
    throw new ValueError({ who, expected: `${size} numbers`, received: `${own.length}, when they were read once more` })
  return own
}

/**
 * A tensor of this shape; its numbers row by row, rounded to the precision if it is a float's.
 *
 * @shape [...S] from sizeOf(S) numbers
 * @error `ShapeError` if there are more or fewer numbers; `ValueError` for the first that an integer precision does not hold: fractions,
 *        what is out of its range, NaN (`cast` converts them), and anything but a number
 * @example
 * tensor([2, 2], [1, 2, 3, 4]) // Tensor<readonly [2, 2]>
 */
export const tensor = <const S extends Shape>(shape: S, numbers: ArrayLike<number>, precision: Precision = 'float32'): Tensor<S> => {
  const own = fixedShape(orThrow(wantsSizes('tensor', shape)))
  const size = sizeOf(own)
  if (wantsRecord('tensor', 'numbers', numbers).length !== size)
    throw new ShapeError(`tensor expects ${size} numbers for ${show(own)}, receives ${numbers.length}`)
  return literalOf(own, precision, read('tensor', precision, numbers, size))
}

/** A tensor without axes. */
export const scalar = (x: number, precision: Precision = 'float32'): Scalar => uniform([], precision, wantsNumber('scalar', precision, x))

/** A tensor of one axis. */
export const vector = <const X extends readonly number[]>(xs: X, precision: Precision = 'float32'): Vector<X['length']> => {
  const size = wantsRecord('vector', 'a list of numbers', xs).length
  return literalOf([size], precision, read('vector', precision, xs, size)) as unknown as Vector<X['length']>
}

const isRow = (row: unknown): boolean => Array.isArray(row) || ArrayBuffer.isView(row)

/**
 * A tensor of two axes, from its rows.
 *
 * @error `ValueError` if a row is longer or shorter than the first
 */
export const matrix = <const R extends readonly number[]>(
  rows: readonly R[],
  precision: Precision = 'float32',
): Matrix<number, R['length']> => {
  if (!wantsList('matrix', 'a list of rows', rows).every(isRow))
    throw new ValueError({
      who: 'matrix',
      expected: 'a list of rows',
      received: shown(rows),
      hint: 'of one row, write matrix([row]) or vector(row)',
    })
  const width = rows[0]?.length ?? 0
  const uneven = rows.findIndex((row) => row.length !== width)
  if (uneven >= 0)
    throw new ValueError({
      who: 'matrix',
      expected: `rows of ${width} numbers`,
      received: `${rows[uneven]?.length ?? 0}`,
      where: `row ${uneven}`,
    })
  const own = rows.map((row, i) => wantsNumbers('matrix', precision, row, (j) => `row ${i}, column ${j}`))
  return literalOf([own.length, width], precision, roundedRows(precision, own, width)) as unknown as Matrix<number, R['length']>
}

const filled =
  (who: string) =>
  <const S extends Shape>(shape: S, value: number, precision: Precision): Tensor<S> =>
    uniform(orThrow(wantsSizes(who, shape)), precision, wantsNumber(who, precision, value))

/** Every number equal to `value`, in constant space. */
export const full = <const S extends Shape>(shape: S, value: number, precision: Precision = 'float32'): Tensor<S> =>
  filled('full')(shape, value, precision)
export const zeros = <const S extends Shape>(shape: S, precision: Precision = 'float32'): Tensor<S> => filled('zeros')(shape, 0, precision)
export const ones = <const S extends Shape>(shape: S, precision: Precision = 'float32'): Tensor<S> => filled('ones')(shape, 1, precision)

/** 0, 1, … n − 1. */
export const range = <N extends number>(n: N, precision: Precision = 'int32'): Vector<N> =>
  literalOf(orThrow(wantsSizes('range', [n] as const)), precision, counted(precision, n))
