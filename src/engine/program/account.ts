/** An account of instructions: a line for each, with the bytes that it reads and writes, each once, and its operations. */
import { type Cost, costOf, none, plus } from './cost.js'
import { byKind, type Instruction } from './instruction.js'

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

const scatters = { store: 'scatterView', add: 'scatterAddView', addDouble: 'scatterAddViewDouble', addInt: 'scatterAddViewInt' } as const

/** `matmul 128 128 784`. */
export const textOf: (instruction: Instruction) => string = byKind({
  pointwise: ({ outer, inner, steps }) => `${outer}×${inner} ${steps.map(({ operation }) => operation).join(' ')}`,
  matmul: ({ m, n, k }) => `matmul ${m} ${n} ${k}`,
  matmulView: ({ m, n, k }) => `matmulView ${m} ${n} ${k}`,
  reduce: ({ reduction }) => reduction,
  reduceView: ({ reduction }) => `${reduction}View`,
  gather: () => 'gatherView',
  scatter: ({ how }) => scatters[how],
  addView: ({ kind }) => kind,
  gatherRows: ({ kind }) => kind,
  scatterAddRows: ({ kind }) => kind,
  fill: ({ kind }) => kind,
  copy: ({ kind }) => kind,
  host: ({ prim }) => `${prim} on the host`,
  loop: ({ length }) => `loop ${length}`,
  barrier: ({ kind }) => kind,
})

const linesOf =
  (indent: string) =>
  (instruction: Instruction): readonly Line[] => [
    { text: indent + textOf(instruction), cost: costOf(instruction) },
    ...(instruction.kind === 'loop' ? instruction.body.flatMap(linesOf(`${indent}  `)) : []),
  ]

/** `bytes`: of the arena that they run in. */
export const accountOf = (instructions: readonly Instruction[], bytes: number): Account => ({
  lines: instructions.flatMap(linesOf('')),
  total: instructions.map(costOf).reduce(plus, none),
  bytes,
})

const units = ['', 'k', 'M', 'G', 'T']
/** Three digits, and a prefix: 25.7M. */
const short = (x: number, power = 0): string => {
  if (x >= 1000 && power < units.length - 1) return short(x / 1000, power + 1)
  return `${power === 0 || x >= 100 ? Math.round(x) : Number(x.toPrecision(3))}${units[power]}`
}

const columns = ({ read, written, operations }: Cost): string => [read, written, operations].map((x) => short(x).padStart(8)).join('')

export const printed = (name: string, { lines, total, bytes }: Account): string =>
  [
    `${name}: ${lines.length} instructions in ${short(bytes)} bytes`,
    `${['read', 'written', 'ops'].map((word) => word.padStart(8)).join('')}`,
    ...lines.map(({ text, cost }) => `${columns(cost)}  ${text}`),
    `${columns(total)}  in all`,
  ].join('\n')
