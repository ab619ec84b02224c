/** What an instruction becomes: a call of a kernel, code of its own, a call of the host, or a loop. */
import type { Address } from '../../program/address.js'
import { byKind, type HostCall, type Instruction, type Loop, type Strided } from '../../program/instruction.js'
import type { KernelName } from '../kernels.js'
import type { Own } from '../reserve.js'
import { barrierCode } from './barrier.js'
import type { Call, Context, FunctionCode } from './context.js'
import { callsOf, pointwiseCode } from './pointwise.js'
import { isTinyProduct, productCode } from './product.js'
import { isTinySum, sumCode } from './sum.js'

export type Argument = number | Address
export type Realised =
  /** Arguments as the assembly documents them. */
  | { readonly by: 'kernel'; readonly kernel: KernelName; readonly args: readonly Argument[] }
  | { readonly by: 'code'; readonly calls: readonly Call[]; readonly code: (context: Context) => FunctionCode }
  | { readonly by: 'host'; readonly work: HostCall }
  | { readonly by: 'loop'; readonly loop: Loop }

const scatters = { store: 'scatterView', add: 'scatterAddView', addDouble: 'scatterAddViewDouble', addInt: 'scatterAddViewInt' } as const

/** Flattening: every kind of instruction has its kernel, or its code. */
export const realise = ({ scratch, viewAt, barrier }: Own): ((instruction: Instruction) => Realised) => {
  const kernel = (name: KernelName, ...args: readonly Argument[]): Realised => ({ by: 'kernel', kernel: name, args })
  const move = (name: KernelName, out: Address, view: Strided, x: Address): Realised => kernel(name, out, viewAt(view), x)
  return byKind<Realised>({
    pointwise: (loop) => ({ by: 'code', calls: callsOf(loop), code: (context) => pointwiseCode(loop, context) }),
    /** Of a tiny product or sum the code is shorter work than a call of its kernel. */
    matmul: (product) => {
      const { precision, out, outRow, m, n, k, a, b } = product
      const operands = [out, outRow, m, n, k, a.address, a.row, a.column, b.address, b.row, b.column]
      if (isTinyProduct(product)) return { by: 'code', calls: [], code: (context) => productCode(product, context) }
      return precision === 'float64' ? kernel('matmulDouble', ...operands) : kernel('matmul', ...operands, scratch)
    },
    matmulView: ({ out, outRow, m, n, k, a, b }) =>
      kernel('matmulView', out, outRow, m, n, k, a.address, viewAt(a.rows), viewAt(a.columns), b.address, b.row, b.column, scratch),
    reduce: (reduce) => {
      const { reduction, out, outer, mid, inner, x } = reduce
      return isTinySum(reduce)
        ? { by: 'code', calls: [], code: (context) => sumCode(reduce, context) }
        : kernel(reduction, out, outer, mid, inner, x)
    },
    reduceView: ({ reduction, out, x: { address, rows, columns } }) =>
      kernel(`${reduction}View`, out, viewAt(rows), viewAt(columns), address, scratch),
    gather: ({ out, view }) => move('gatherView', out, view, view.start),
    scatter: ({ how, view, x }) => move(scatters[how], view.start, view, x),
    addView: ({ view, x }) => kernel('addView', view.start, viewAt(view), x.start, viewAt(x)),
    gatherRows: ({ out, x, indices, batch, count, size, row }) => kernel('gatherRows', out, x, indices, batch, count, size, row),
    scatterAddRows: ({ precision, out, x, indices, batch, count, size, row }) =>
      kernel(precision === 'float64' ? 'scatterAddRowsDouble' : 'scatterAddRows', out, x, indices, batch, count, size, row),
    fill: ({ out, count, bits }) => kernel('fill', out, count, ...bits),
    copy: ({ out, x, bytes }) => kernel('copy', out, x, bytes),
    host: (work) => ({ by: 'host', work }),
    loop: (loop) => ({ by: 'loop', loop }),
    barrier: ({ threads }) => ({ by: 'code', calls: [], code: barrierCode(threads, barrier) }),
  })
}
