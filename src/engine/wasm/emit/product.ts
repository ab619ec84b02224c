// mutates: the list of locals of one function, escapes: nothing
/**
 * A tiny matrix product as straight-line code: packing its operands would cost more than multiplying them.
 *
 *     out[i, j] = Σₚ a[i, p] · b[p, j]       terms in order, from 0: the bits of the kernel
 *
 * Four elements of out at a time, along its columns or along its rows, whichever takes fewer steps.
 */
import type { Matrix, Product } from '../../program/instruction.js'
import type { Bytes } from './bytes.js'
import { get, type Lanes, loadApart, loadSplat, set, simd, storeApart, type Type, zeros } from './code.js'
import type { Context, FunctionCode } from './context.js'

/** Steps of four multiplications and additions each, beyond which the kernel is as fast. */
const mostSteps = 128
const groups = (size: number): number => Math.ceil(size / 4)
const stepsOf = ({ m, n, k }: Product): number => k * Math.min(m * groups(n), groups(m) * n)
/** Offsets in code are not negative. */
const runsForwards = ({ row, column }: Matrix): boolean => row >= 0 && column >= 0

export const isTinyProduct = (product: Product): boolean =>
  runsForwards(product.a) && runsForwards(product.b) && stepsOf(product) <= mostSteps

/** A product into any matrix. */
interface Into extends Omit<Product, 'kind' | 'out'> {
  readonly out: Matrix
}
/** The transposed product: its rows are columns. */
const transposed = ({ m, n, k, out, a, b }: Into): Into => {
  const flip = ({ address, row, column }: Matrix): Matrix => ({ address, row: column, column: row })
  return { m: n, n: m, k, out: flip(out), a: flip(b), b: flip(a) }
}

const wordBytes = 4
const range = (size: number, step = 1): readonly number[] => Array.from({ length: Math.ceil(size / step) }, (_, i) => i * step)

export const productCode = (product: Product, { parameters, at }: Context): FunctionCode => {
  const alongRows = groups(product.m) * product.n < product.m * groups(product.n)
  const given = { ...product, out: { address: product.out, row: product.n, column: 1 } }
  const { m, n, k, out, a, b } = alongRows ? transposed(given) : given
  const [toOut, toA, toB, sum] = [parameters, parameters + 1, parameters + 2, parameters + 3]
  const terms = range(k).map((p) => parameters + 4 + p)
  const offset = (matrix: Matrix, i: number, j: number): number => (i * matrix.row + j * matrix.column) * wordBytes
  const tile = (i: number, j: number, lanes: Lanes): Bytes => [
    ...zeros,
    ...terms.flatMap((term, p) => simd(0xe4, simd(0xe6, loadSplat(get(toA), offset(a, i, p)), get(term)))),
    ...set(sum),
    ...storeApart(get(toOut), sum, lanes, out.column * wordBytes, offset(out, i, j)),
  ]
  const columns = (j: number): Bytes => {
    const lanes = Math.min(4, n - j) as Lanes
    return [
      ...terms.flatMap((term, p) => [...loadApart(get(toB), b.column * wordBytes, lanes, offset(b, p, j)), ...set(term)]),
      ...range(m).flatMap((i) => tile(i, j, lanes)),
    ]
  }
  return {
    locals: ['i32', 'i32', 'i32', 'v128', ...terms.map((): Type => 'v128')],
    code: [
      ...[...at(out.address), ...set(toOut), ...at(a.address), ...set(toA), ...at(b.address), ...set(toB)],
      ...range(n, 4).flatMap(columns),
    ],
  }
}
