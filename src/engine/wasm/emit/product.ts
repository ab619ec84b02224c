// mutates: the list of locals of one function, escapes: nothing
/**
 * A tiny matrix product as straight-line code: packing its operands would cost more than multiplying them.
 *
 *     out[i, j] = Σₚ a[i, p] · b[p, j]       terms in order, from 0: the bits of the kernel
 *
 * A vector of out at a time, along its columns or along its rows, whichever takes fewer steps.
 */
import type { Matrix, Product } from '../../program/instruction.js'
import type { Bytes } from './bytes.js'
import { get, set, simd, type Type, zeros } from './code.js'
import type { Context, FunctionCode } from './context.js'
import { doubles, type Elements, type Lanes, words } from './elements.js'

/** Steps of a vector of multiplications and additions each, beyond which the kernel is as fast. */
const mostSteps = 128
/** What a precision is multiplied with: a vector at a time, of so many lanes. */
interface Arithmetic {
  readonly lanes: 2 | 4
  readonly elements: Elements
  readonly mul: (x: Bytes, y: Bytes) => Bytes
  readonly add: (x: Bytes, y: Bytes) => Bytes
}
const arithmetic: { readonly [P in Product['precision']]: Arithmetic } = {
  float32: { lanes: 4, elements: words, mul: (...xs) => simd(0xe6, ...xs), add: (...xs) => simd(0xe4, ...xs) },
  float64: { lanes: 2, elements: doubles, mul: (...xs) => simd(0xf2, ...xs), add: (...xs) => simd(0xf0, ...xs) },
}
const groups = (size: number, { precision }: Pick<Product, 'precision'>): number => Math.ceil(size / arithmetic[precision].lanes)
/** Steps where the columns of out lie in vectors, and where its rows do. */
const stepsOf = (product: Pick<Product, 'm' | 'n' | 'k' | 'precision'>): { readonly columns: number; readonly rows: number } => {
  const { m, n, k } = product
  return { columns: k * m * groups(n, product), rows: k * groups(m, product) * n }
}
/** Offsets in code are not negative. */
const runsForwards = ({ row, column }: Matrix): boolean => row >= 0 && column >= 0

export const isTinyProduct = (product: Product): boolean =>
  runsForwards(product.a) && runsForwards(product.b) && Math.min(...Object.values(stepsOf(product))) <= mostSteps

/** A product into any matrix. */
interface Into extends Omit<Product, 'kind' | 'out'> {
  readonly out: Matrix
}
/** The transposed product: its rows are columns. */
const transposed = ({ m, n, out, a, b, ...rest }: Into): Into => {
  const flip = ({ address, row, column }: Matrix): Matrix => ({ address, row: column, column: row })
  return { ...rest, m: n, n: m, out: flip(out), a: flip(b), b: flip(a) }
}

const range = (size: number, step = 1): readonly number[] => Array.from({ length: Math.ceil(size / step) }, (_, i) => i * step)

export const productCode = (product: Product, { parameters, at }: Context): FunctionCode => {
  const steps = stepsOf(product)
  const { lanes: most, elements, mul, add } = arithmetic[product.precision]
  const { bytes, loadSplat, loadApart, storeApart } = elements
  const given = { ...product, out: { address: product.out, row: product.outRow, column: 1 } }
  const { m, n, k, out, a, b } = steps.rows < steps.columns ? transposed(given) : given
  const [toOut, toA, toB, sum] = [parameters, parameters + 1, parameters + 2, parameters + 3]
  const terms = range(k).map((p) => parameters + 4 + p)
  const offset = (matrix: Matrix, i: number, j: number): number => (i * matrix.row + j * matrix.column) * bytes
  const tile = (i: number, j: number, lanes: Lanes): Bytes => [
    ...zeros,
    ...terms.flatMap((term, p) => add([], mul(loadSplat(get(toA), offset(a, i, p)), get(term)))),
    ...set(sum),
    ...storeApart(get(toOut), sum, lanes, out.column * bytes, offset(out, i, j)),
  ]
  const columns = (j: number): Bytes => {
    const lanes = Math.min(most, n - j) as Lanes
    return [
      ...terms.flatMap((term, p) => [...loadApart(get(toB), b.column * bytes, lanes, offset(b, p, j)), ...set(term)]),
      ...range(m).flatMap((i) => tile(i, j, lanes)),
    ]
  }
  return {
    locals: ['i32', 'i32', 'i32', 'v128', ...terms.map((): Type => 'v128')],
    code: [
      ...[...at(out.address), ...set(toOut), ...at(a.address), ...set(toA), ...at(b.address), ...set(toB)],
      ...range(n, most).flatMap(columns),
    ],
  }
}
