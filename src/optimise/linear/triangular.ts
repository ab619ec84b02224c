/**
 * Systems of equations whose matrix is triangular, row by row.
 *
 *     xᵢ = (bᵢ − Σⱼ rᵢⱼ xⱼ)/rᵢᵢ
 *
 * @source Golub and Van Loan (2013), Matrix computations, §3.1
 */
import { ShapeError } from '../../error/index.js'
import { type ScanOptions, scan } from '../../graph/index.js'
import { cast, expandFirst, formula, oneHot, reshape, sum } from '../../ops/index.js'
import { show } from '../../shape/index.js'
import { range, zeros } from '../../tensor/create.js'
import { wantsTensor } from '../../tensor/node.js'
import type { Matrix, Vector } from '../../tensor/tensor.js'

type Numbers = Matrix<number, number>
/** A row of the matrix and of the right side, and which it is. */
interface Equation {
  readonly row: Vector<number>
  readonly right: Vector<number>
  readonly which: Vector<number>
}

const substitute =
  (who: string, options: Partial<ScanOptions>) =>
  <P extends number>(r: Matrix<P, P>) =>
  <K extends number>(b: Matrix<NoInfer<P>, K>): Matrix<P, K> => {
    const [rows = 0, p = 0] = wantsTensor(who, r).shape
    const [size, k] = wantsTensor(who, b).shape
    if (rows !== p || size !== p || k === undefined)
      throw new ShapeError(`${who} expects a square matrix and a matrix of as many rows, receives ${show(r.shape)} and ${show(b.shape)}`)
    const solved = (x: Numbers, { row, right, which }: Equation): Numbers => {
      const rest = formula.sub(right, reshape([k])(formula.matmul(reshape([1, p])(row), x)))
      const value = formula.div(rest, expandFirst(k)(sum(-1)(formula.mul(row, which))))
      return formula.add(x, formula.matmul(reshape([p, 1])(which), reshape([1, k])(value)))
    }
    const [x] = scan((now: Numbers, next: Equation) => [solved(now, next), []] as const, options)(zeros([p, k], r.precision) as Numbers, {
      row: r as Numbers,
      right: b as Numbers,
      which: cast(r.precision)(oneHot(p)(range(p))) as Numbers,
    })
    return x as unknown as Matrix<P, K>
  }

/**
 * The x of Rx = b for an upper triangular R, from the last row up; ±∞ or NaN where R has a 0 on its diagonal.
 *
 * @shape  r [P, P] → b [P, K] → x [P, K]
 * @error  `ShapeError` for a matrix that is not square, or a right side of other rows
 * @example
 * backSubstitute(matrix([[2, 1], [0, 4]]))(matrix([[4], [8]])) // [[1], [2]]
 */
export const backSubstitute = substitute('backSubstitute', { reverse: true })

/**
 * The x of Lx = b for a lower triangular L, from the first row down; ±∞ or NaN where L has a 0 on its diagonal.
 *
 * @shape  l [P, P] → b [P, K] → x [P, K]
 * @error  `ShapeError` for a matrix that is not square, or a right side of other rows
 * @example
 * forwardSubstitute(matrix([[2, 0], [1, 4]]))(matrix([[4], [10]])) // [[2], [2]]
 */
export const forwardSubstitute = substitute('forwardSubstitute', {})
