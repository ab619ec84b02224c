/**
 * What becomes of a program: its instructions one op at a time, and as they are run, with the bytes that each reads and writes
 * and its operations.
 */
import { type Program, pruned } from '../../graph/index.js'
import { type Assembled, assemble, type Pass } from './assemble.js'
import { type Cost, costOf, none, plus } from './cost.js'
import { fuse } from './fuse.js'
import { type Instruction, isAddress } from './instruction.js'
import { type About, embedded, instantiate } from './kernels.js'

export interface Line {
  /** `matmul 128 128 784`; a loop's body is indented. */
  readonly text: string
  readonly cost: Cost
}
export interface Account {
  readonly lines: readonly Line[]
  readonly total: Cost
  /** Of the arena. */
  readonly bytes: number
}

const textOf = (instruction: Instruction): string => {
  if (instruction.kind === 'loop') return `loop ${instruction.length}`
  if (instruction.kind === 'host') return `${instruction.name} on the host`
  if (instruction.kind === 'fused')
    return `${instruction.outer}×${instruction.inner} ${instruction.steps.map(({ kernel }) => kernel).join(' ')}`
  const sizes = instruction.kernel === 'matmul' ? instruction.args.slice(1, 4) : []
  return [instruction.kernel, ...sizes].join(' ')
}

const accountOf = ({ lowered: { builder: b }, instructions, bytes }: Assembled): Account => {
  const metas = new Map(b.constants.map(({ buffer, words }) => [buffer, words]))
  const cost = costOf({
    bytesOf: (buffer) => b.sizes[buffer] ?? 0,
    viewedBy: (args) => {
      const meta = args.flatMap((argument) => (isAddress(argument) ? (metas.get(argument.buffer) ?? []) : []))[0]
      return meta === undefined ? 0 : meta.slice(1, 1 + (meta[0] ?? 0)).reduce((size, n) => size * n, 1)
    },
  })
  const linesOf =
    (indent: string) =>
    (instruction: Instruction): readonly Line[] => [
      { text: indent + textOf(instruction), cost: cost(instruction) },
      ...(instruction.kind === 'loop' ? instruction.body.flatMap(linesOf(`${indent}  `)) : []),
    ]
  return { lines: instructions.flatMap(linesOf('')), total: instructions.map(cost).reduce(plus, none), bytes }
}

/** The instructions one op at a time, and as they are run. */
export const accounts = (program: Program): { readonly before: Account; readonly after: Account } => {
  const about: About = instantiate(new WebAssembly.Module(embedded()), new WebAssembly.Memory({ initial: 1 }))
  const after = (pass: Pass): Account => accountOf(assemble(pruned(program), about, pass))
  return { before: after((...given) => fuse(...given, 1)), after: after(fuse) }
}

const units = ['', 'k', 'M', 'G', 'T']
/** Three digits, and a prefix: 25.7M. */
const short = (x: number, power = 0): string => {
  if (x >= 1000 && power < units.length - 1) return short(x / 1000, power + 1)
  return `${power === 0 || x >= 100 ? Math.round(x) : Number(x.toPrecision(3))}${units[power]}`
}

const columns = ({ read, written, operations }: Cost): string => [read, written, operations].map((x) => short(x).padStart(8)).join('')

const printed = (name: string, { lines, total, bytes }: Account): string =>
  [
    `${name}: ${lines.length} instructions in ${short(bytes)} bytes`,
    `${['read', 'written', 'ops'].map((word) => word.padStart(8)).join('')}`,
    ...lines.map(({ text, cost }) => `${columns(cost)}  ${text}`),
    `${columns(total)}  in all`,
  ].join('\n')

/**
 * A program before and after fusion: a line for every instruction, with the bytes that it reads and writes, each once, and its
 * operations.
 *
 * @unit bytes, operations on numbers
 * @example
 * explain(trace((x: Tensor) => tanh(neg(exp(x))))(ones([3, 4])))
 */
export const explain = (program: Program): string => {
  const { before, after } = accounts(program)
  return `${printed('one op at a time', before)}\n\n${printed('as it is run', after)}\n`
}
