/**
 * The Cholesky factorisation of a symmetric positive definite matrix.
 *
 *     A = LLᵀ,  L lower triangular
 *
 * Column by column: l = a/√aⱼⱼ, and A − llᵀ is what is left. The columns are the iterations of one loop, so this compiles.
 *
 * @source Golub and Van Loan (2013), Matrix computations, algorithm 4.2.2
 */
import { ShapeError } from '../../error/index.js'
import { scan } from '../../graph/index.js'
import { cast, div, expandFirst, formula, oneHot, reshape, select, sqrt, sumAll, transpose } from '../../ops/index.js'
import { show } from '../../shape/index.js'
import { range } from '../../tensor/create.js'
import { wantsTensor } from '../../tensor/node.js'
import type { Matrix, Scalar, Vector } from '../../tensor/tensor.js'

type Numbers = Matrix<number, number>
/** Which column is next: by its number, and by a vector of 0 and one 1. */
interface Column {
  readonly index: Scalar
  readonly which: Vector<number>
}

/**
 * L of A = LLᵀ. Only the lower triangle is looked at. From the first column on where A is not positive definite, NaN.
 *
 * @shape  [P, P] → [P, P]
 * @error  `ShapeError` for a matrix that is not square
 * @example
 * cholesky(matrix([[4, 2], [2, 5]])) // [[2, 0], [1, 2]]
 */
export const cholesky = <P extends number>(a: Matrix<P, P>): Matrix<P, P> => {
  const { shape, precision } = wantsTensor('cholesky', a)
  const [p = 0] = shape
  if (shape.length !== 2 || shape[1] !== p) throw new ShapeError(`cholesky expects a square matrix, receives ${show(shape)}`)
  const rows = range(p)
  const [, columns] = scan((left: Numbers, { index, which }: Column) => {
    const column = reshape([p])(formula.matmul(left, reshape([p, 1])(which)))
    const pivot = sqrt(sumAll(formula.mul(column, which)))
    const own = select(div(pivot)(column), 0)(formula.greaterEqual(rows, expandFirst(p)(index))) as Vector<number>
    const l = reshape([p, 1])(own)
    return [formula.sub(left, formula.matmul(l, transpose(l))), own] as const
  })(a as Numbers, { index: rows, which: cast(precision)(oneHot(p)(rows)) as Numbers })
  return transpose(columns) as unknown as Matrix<P, P>
}
