/**
 * The QR factorisation by Householder's reflections.
 *
 *     X = QR,  QᵀQ = I,  R upper triangular
 *
 * Column by column, what is left below the rows already done is reflected onto one axis: H = I − wwᵀ with ‖w‖² = 2. A column of
 * which nothing is left but rounding is a combination of those before it: it gets no reflection and takes no row, so that those
 * behind it are judged as if it were not there. The columns are the iterations of one loop, so this compiles, whatever their number.
 *
 * @source Golub and Van Loan (2013), Matrix computations, §5.1, §5.2
 */
import { ShapeError } from '../../error/index.js'
import { scan } from '../../graph/index.js'
import {
  abs,
  add,
  cast,
  div,
  equal,
  expandFirst,
  expandLast,
  formula,
  max,
  mul,
  norm,
  oneHot,
  pad,
  reshape,
  select,
  slice,
  sqrt,
  sumAll,
  transpose,
} from '../../ops/index.js'
import { type Shape, show } from '../../shape/index.js'
import { range, scalar } from '../../tensor/create.js'
import { wantsTensor } from '../../tensor/node.js'
import type { Matrix, Scalar, Tensor, Vector } from '../../tensor/tensor.js'

export interface Qr<N extends number, P extends number> {
  /** Orthonormal columns, of which the first, as many as are independent, span those of X. */
  readonly q: Matrix<N, P>
  /** Upper triangular if all columns are independent; else in echelon form. */
  readonly r: Matrix<P, P>
  /** Whether each column is more than a combination of those before it: bool. */
  readonly independent: Vector<P>
}

type Numbers = Matrix<number, number>
/** The matrix so far, and how many of its rows are done. */
interface Reduced {
  readonly a: Numbers
  readonly done: Scalar
}
/** Of a column: which it is, by a vector of 0 and one 1, and its length. */
interface Column {
  readonly which: Vector<number>
  readonly length: Scalar
}

/**
 * What is left of a column is rounding below the sum of two: of all of it, some thousand units in the last place; and of nothing,
 * what is so small that its length has few digits.
 */
const roundingOf = ({ precision }: Numbers): { readonly relative: number; readonly least: number } =>
  precision === 'float64' ? { relative: 2 ** -42, least: 2 ** -960 } : { relative: 2 ** -13, least: 2 ** -100 }

/** 1 in place of 0: to divide by. */
const orOne = <S extends Shape>(x: Tensor<S>): Tensor<S> => select(1, x as Tensor)(equal(0)(x as Tensor)) as Tensor<S>
const asColumn = (x: Vector<number>): Numbers => reshape([x.shape[0], 1])(x)

/** The length of every column, safe from overflow. */
const lengthsOf = (x: Numbers): Vector<number> => {
  const scale = orOne(max(0)(abs(x)) as Vector<number>)
  return formula.mul(scale, norm(0)(formula.div(x, expandFirst(x.shape[0])(scale) as Numbers)) as Vector<number>)
}

/** A − w(wᵀA) */
const reflect = (a: Numbers, w: Numbers): Numbers => formula.sub(a, formula.matmul(w, formula.matmul(transpose(w), a)) as Numbers)

/** The vector w of the reflection that takes x to ∓‖x‖ along an axis. */
const reflection = (x: Vector<number>, axis: Vector<number>, length: Scalar): Vector<number> => {
  const unit = div(orOne(length))(x) as Vector<number>
  const along = sumAll(formula.mul(unit, axis))
  const side = select(formula.sub(0, axis), axis)(expandFirst(x.shape[0])(formula.less(along, 0)))
  return div(sqrt(add(1)(abs(along))))(formula.add(unit, side)) as Vector<number>
}

/**
 * X = QR, and which columns are independent.
 *
 * @shape  [N, P] → q [N, P], r [P, P], independent [P]
 * @error  `ShapeError` for more columns than rows
 * @source Golub and Van Loan (2013) algorithm 5.2.1
 * @example
 * const { q, r } = qr(matrix([[3, 1], [4, 1]], 'float64'))
 */
export const qr = <N extends number, P extends number>(x: Matrix<N, P>): Qr<N, P> => {
  const { shape, precision } = wantsTensor('qr', x)
  const [n = 0, p = 0] = shape
  if (shape.length !== 2 || n < p) throw new ShapeError(`qr expects a matrix with no more columns than rows, receives ${show(shape)}`)
  const rows = range(n, precision)
  const { relative, least } = roundingOf(x)
  const eye = cast(precision)(oneHot(p)(range(p))) as Numbers
  const lengths = lengthsOf(x)
  const [{ a }, { ws, independent }] = scan(({ a: now, done }: Reduced, { which, length }: Column) => {
    const isLeft = formula.greaterEqual(rows, expandFirst(n)(done))
    const rest = select(reshape([n])(formula.matmul(now, asColumn(which))), 0)(isLeft) as Vector<number>
    const left = reshape([])(lengthsOf(asColumn(rest)))
    const isMore = formula.greater(left, add(least)(mul(relative)(length)) as Scalar)
    const axis = cast(precision)(formula.equal(rows, expandFirst(n)(done)))
    const w = select(reflection(rest, axis, left), 0)(expandFirst(n)(isMore)) as Vector<number>
    return [
      { a: reflect(now, asColumn(w)), done: formula.add(done, cast(precision)(isMore)) },
      { ws: w, independent: isMore },
    ] as const
  })({ a: x as Numbers, done: scalar(0, precision) }, { which: eye, length: lengths })
  const upper = formula.lessEqual(expandLast(p)(range(p)) as Numbers, expandFirst(p)(range(p)) as Numbers)
  const r = select(slice({ starts: [0, 0], sizes: [p, p] })(a) as Numbers, 0)(upper)
  const [q] = scan((part: Numbers, w: Vector<number>) => [reflect(part, asColumn(w)), []] as const, { reverse: true })(
    pad({ low: [0, 0], high: [n - p, 0], value: 0 })(eye) as Numbers,
    ws,
  )
  return { q, r, independent } as unknown as Qr<N, P>
}
