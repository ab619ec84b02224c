/** What an instruction costs: bytes that it reads and writes, each once, and operations on numbers. */
import { type Argument, type Fused, type Instruction, isAddress } from './instruction.js'
import type { StructuredKernel } from './kernels.js'

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

const wordBytes = 4
const words = (read: number, written: number, operations: number): Cost => ({
  read: read * wordBytes,
  written: written * wordBytes,
  operations,
})

/** From the arguments of a kernel, addresses being 0, and how many numbers its view has. */
type Rule = (args: readonly number[], viewed: number) => Cost

const product: Rule = ([, m = 0, n = 0, k = 0]) => words(m * k + k * n, m * n, 2 * m * n * k)
const reduction: Rule = ([, outer = 0, mid = 0, inner = 0]) => words(outer * mid * inner, outer * inner, outer * mid * inner)
const move: Rule = (_, viewed) => words(viewed, viewed, 0)
const addition: Rule = (_, viewed) => words(2 * viewed, viewed, viewed)

const rules: { readonly [K in StructuredKernel]: Rule } = {
  matmul: product,
  sum: reduction,
  sumInt: reduction,
  max: reduction,
  maxSigned: reduction,
  maxUnsigned: reduction,
  argMax: reduction,
  argMaxSigned: reduction,
  argMaxUnsigned: reduction,
  gatherView: move,
  scatterView: move,
  scatterAddView: addition,
  scatterAddViewInt: addition,
  fill: ([, count = 0]) => words(0, count, 0),
  gatherRows: ([, , , batch = 0, count = 0, , row = 0]) => words(batch * count * (row + 1), batch * count * row, 0),
  scatterAddRows: ([, , , batch = 0, count = 0, size = 0, row = 0]) =>
    words(batch * count * (row + 1), batch * size * row, batch * count * row),
  copy: ([, , bytes = 0]) => ({ read: bytes, written: bytes, operations: 0 }),
}

const fusedCost = ({ outer, inner, inputs, steps, outputs }: Fused): Cost => {
  const size = outer * inner
  const read = inputs.reduce((sum, input) => sum + (input.outer === 0 ? 1 : outer) * (input.inner === 0 ? 1 : inner), 0)
  return words(read, outputs.length * size, steps.length * size)
}

/** What must be known of a program besides its instructions. */
export interface Sizes {
  readonly bytesOf: (buffer: number) => number
  /** How many numbers a view has that a constant describes. */
  readonly viewedBy: (args: readonly Argument[]) => number
}

const isStructured = (kernel: string): kernel is StructuredKernel => Object.hasOwn(rules, kernel)
/** An element-wise kernel must have been given its loop before. */
export const costOf =
  (sizes: Sizes) =>
  (instruction: Instruction): Cost => {
    if (instruction.kind === 'loop') return times(instruction.length, instruction.body.map(costOf(sizes)).reduce(plus, none))
    if (instruction.kind === 'fused') return fusedCost(instruction)
    const total = (buffers: readonly number[]): number => buffers.reduce((sum, buffer) => sum + sizes.bytesOf(buffer), 0)
    if (instruction.kind === 'host') return { read: total(instruction.reads), written: total(instruction.writes), operations: 0 }
    const numbers = instruction.args.map((argument) => (isAddress(argument) ? 0 : argument))
    return isStructured(instruction.kernel) ? rules[instruction.kernel](numbers, sizes.viewedBy(instruction.args)) : none
  }
