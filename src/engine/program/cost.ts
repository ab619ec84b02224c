/** What an instruction costs: bytes that it reads and writes, each once, and operations on numbers. */
import { sizeOf } from '../../shape/index.js'
import {
  type Block,
  byKind,
  bytesReduced,
  type ElementBytes,
  type Instruction,
  type MatrixOfAxes,
  type PointwiseInput,
  type Strided,
} from './instruction.js'
import { bytesPer } from './place.js'

export interface Cost {
  readonly read: number
  readonly written: number
  readonly operations: number
}
export const none: Cost = { read: 0, written: 0, operations: 0 }
export const plus = (a: Cost, b: Cost): Cost => ({
  read: a.read + b.read,
  written: a.written + b.written,
  operations: a.operations + b.operations,
})
const times = (n: number, { read, written, operations }: Cost): Cost => ({
  read: n * read,
  written: n * written,
  operations: n * operations,
})

const numbers = (width: ElementBytes, read: number, written: number, operations: number): Cost => ({
  read: read * width,
  written: written * width,
  operations,
})
const words = (read: number, written: number, operations: number): Cost => numbers(4, read, written, operations)
const bytesOf = ({ shape, precision }: Block): number => sizeOf(shape) * bytesPer(precision)
const viewed = ({ shape }: Strided): number => sizeOf(shape)
/** How many elements a view meets at most: no more than there are, nor than lie between the first and the last of each axis. */
const distinct = ({ rows, columns }: MatrixOfAxes): number => {
  const [shape, strides] = [
    [...rows.shape, ...columns.shape],
    [...rows.strides, ...columns.strides],
  ]
  return Math.min(sizeOf(shape), 1 + shape.reduce((last, size, i) => last + (size - 1) * Math.abs(strides[i] ?? 0), 0))
}

export const costOf: (instruction: Instruction) => Cost = byKind<Cost>({
  pointwise: ({ outer, inner, inputs, steps, outputs }) => {
    const readBy = (input: PointwiseInput): number => (input.outer === 0 ? 1 : outer) * (input.inner === 0 ? 1 : inner)
    const size = outer * inner
    return {
      read: inputs.reduce((sum, input) => sum + readBy(input) * input.bytesPer, 0),
      written: outputs.reduce((sum, output) => sum + size * output.bytesPer, 0),
      operations: steps.length * size,
    }
  },
  matmul: ({ precision, m, n, k }) => numbers(bytesPer(precision), m * k + k * n, m * n, 2 * m * n * k),
  matmulView: ({ a, m, n, k }) => words(distinct(a) + k * n, m * n, 2 * m * n * k),
  reduce: (reduce) => {
    const [{ outer, mid, inner }, { read, written }] = [reduce, bytesReduced(reduce)]
    const operations = outer * mid * inner
    return { read: read * operations, written: written * outer * inner, operations }
  },
  reduceView: ({ x }) => words(distinct(x), sizeOf(x.rows.shape), sizeOf(x.rows.shape) * sizeOf(x.columns.shape)),
  gather: ({ view }) => words(viewed(view), viewed(view), 0),
  scatter: ({ view, how }) =>
    how === 'store'
      ? words(viewed(view), viewed(view), 0)
      : numbers(how === 'addDouble' ? 8 : 4, 2 * viewed(view), viewed(view), viewed(view)),
  addView: ({ view }) => words(2 * viewed(view), viewed(view), viewed(view)),
  gatherRows: ({ batch, count, row }) => words(batch * count * (row + 1), batch * count * row, 0),
  scatterAddRows: ({ precision, batch, count, size, row }) =>
    plus(numbers(bytesPer(precision), batch * count * row, batch * size * row, batch * count * row), words(batch * count, 0, 0)),
  fill: ({ count }) => words(0, count, 0),
  copy: ({ bytes }) => ({ read: bytes, written: bytes, operations: 0 }),
  host: ({ operands, out }) => ({ read: operands.reduce((sum, x) => sum + bytesOf(x), 0), written: bytesOf(out), operations: 0 }),
  loop: ({ length, body }) => times(length, body.map(costOf).reduce(plus, none)),
  barrier: () => none,
})
