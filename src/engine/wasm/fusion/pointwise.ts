/** Element-wise kernel calls, read: which space they go over, and how their operands lie in it. */
import { hasBits, isElementwise } from '../emit/lanes.js'
import type { Address, Argument, FusedInput, Instruction } from '../instruction.js'
import type { ElementwiseKernel } from '../kernels.js'

/** Rows, and elements in each. */
export interface Space {
  readonly outer: number
  readonly inner: number
}
export interface Pointwise extends Space {
  readonly kernel: ElementwiseKernel
  /** Row by row. */
  readonly out: Address
  readonly operands: readonly FusedInput[]
  readonly bits: number
}

/** The arguments of an element-wise kernel: out, outer, inner, then address and two strides of every operand, then bits. */
export const pointwiseOf = (instruction: Instruction): Pointwise | undefined => {
  if (instruction.kind !== 'kernel' || !isElementwise(instruction.kernel)) return undefined
  const { kernel, args } = instruction
  const [out, outer, inner, ...rest] = args as readonly [Address, number, number, ...Argument[]]
  const last = hasBits(instruction.kernel) ? rest.length - 1 : rest.length
  const operands = Array.from({ length: last / 3 }, (_, i) => ({
    address: rest[3 * i] as Address,
    outer: rest[3 * i + 1] as number,
    inner: rest[3 * i + 2] as number,
  }))
  return { kernel: kernel as ElementwiseKernel, out, outer, inner, operands, bits: Number(rest[last] ?? 0) }
}

/** One space for both, if there is one: a flat one can be cut into rows. */
export const common = (a: Space, b: Space): Space | undefined => {
  if (a.outer * a.inner !== b.outer * b.inner) return undefined
  if (a.outer === 1) return b
  return b.outer === 1 || b.inner === a.inner ? a : undefined
}
/** An operand of a call seen in the rows of a space: what is flat goes on from row to row. */
export const inRows = (call: Space, space: Space, operand: FusedInput): FusedInput =>
  call.outer === space.outer ? operand : { ...operand, outer: operand.inner * space.inner }

/** Whether an operand is read row by row, each element once. */
export const runsOn = ({ outer, inner }: Space, operand: FusedInput): boolean =>
  (inner === 1 || operand.inner === 1) && (outer === 1 || operand.outer === inner)

export const sameAddress = (a: Address, b: Address): boolean =>
  a.buffer === b.buffer &&
  a.bytes === b.bytes &&
  a.steps.length === b.steps.length &&
  a.steps.every(({ loop, by, bytes }, i) => loop === b.steps[i]?.loop && by === b.steps[i]?.by && bytes === b.steps[i]?.bytes)
