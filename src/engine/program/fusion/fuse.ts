// mutates: the operands and values of the loop it makes, escapes: nothing
/**
 * Fusion: element-wise loops over one index space become one, whose intermediate results stay in registers.
 *
 *     fuse(program) = program, bit for bit: every number goes through the same operations
 */

import { type Address, type BufferId, sameAddress } from '../address.js'
import type { Instruction, LaneStep, Pointwise, PointwiseInput, Space } from '../instruction.js'
import { overlappingIn } from '../layout.js'
import { useOf } from '../use.js'
import { type Group, grouped } from './groups.js'
import { inRows } from './space.js'

/**
 * Element-wise loops as one, common subexpressions once. `isWanted`: of what they compute, what somebody else reads; what nobody
 * else reads is never stored.
 */
const joined = (loops: readonly Pointwise[], space: Space, isWanted: (buffer: BufferId) => boolean): Pointwise => {
  const inputs: PointwiseInput[] = []
  const steps: LaneStep[] = []
  /** Values are numbered after all inputs, whose number is known only at the end: negative until then. */
  const values = new Map<BufferId, number>()
  const inputOf = (operand: PointwiseInput): number => {
    const same = inputs.findIndex(
      (input) => input.outer === operand.outer && input.inner === operand.inner && sameAddress(input.address, operand.address),
    )
    return same >= 0 ? same : inputs.push(operand) - 1
  }
  const stepOf = (step: LaneStep): number => {
    const same = steps.findIndex(
      ({ operation, args, bits }) => operation === step.operation && bits === step.bits && args.every((arg, i) => arg === step.args[i]),
    )
    return -1 - (same >= 0 ? same : steps.push(step) - 1)
  }
  for (const loop of loops) {
    const known = loop.inputs.map((operand) => values.get(operand.address.buffer) ?? inputOf(inRows(loop, space, operand)))
    for (const { args, ...step } of loop.steps) known.push(stepOf({ ...step, args: args.map((arg) => known[arg] ?? 0) }))
    for (const { value, to } of loop.outputs) values.set(to.buffer, known[value] ?? 0)
  }
  const numbered = (value: number): number => (value < 0 ? inputs.length - 1 - value : value)
  const outputs = loops.flatMap((loop) => loop.outputs).filter(({ to }) => isWanted(to.buffer))
  return {
    kind: 'pointwise',
    outer: space.outer,
    inner: space.inner,
    inputs,
    steps: steps.map((step) => ({ ...step, args: step.args.map(numbered) })),
    outputs: outputs.map((output) => ({ ...output, value: numbered(values.get(output.to.buffer) ?? 0) })),
  }
}

/** How many operations may become one loop: so many values are alive at once at most. */
export const mostFused = 48

/**
 * The same instructions, fewer. What is in `kept`, and what is a part of another buffer, is wanted by somebody outside. With
 * `most` 1 every operation has a loop of its own.
 */
export const fuse = (
  instructions: readonly Instruction[],
  kept: ReadonlySet<BufferId>,
  parts: ReadonlyMap<BufferId, Address>,
  most = mostFused,
): readonly Instruction[] => {
  const overlapping = overlappingIn(parts)
  const within = instructions.map((instruction) =>
    instruction.kind === 'loop' ? { ...instruction, body: fuse(instruction.body, kept, parts, most) } : instruction,
  )
  const uses = within.map(useOf)
  const overlaps = uses.map(({ reads, writes }) => ({ reads: reads.map(overlapping), writes: writes.map(overlapping) }))
  const { groups } = grouped(within, overlaps, most)
  const readersOf = new Map<BufferId, Set<Group>>()
  for (const group of groups)
    for (const buffer of group.members.flatMap((i) => uses[i]?.reads ?? []))
      readersOf.set(buffer, (readersOf.get(buffer) ?? new Set()).add(group))
  return groups.flatMap((group): readonly Instruction[] => {
    if (group.fusible === undefined) return group.members.flatMap((i) => within[i] ?? [])
    /** In the order of the program, not in that of joining. */
    const loops = group.members.flatMap((i) => (within[i]?.kind === 'pointwise' ? within[i] : []))
    const isWanted = (buffer: BufferId): boolean =>
      kept.has(buffer) || parts.has(buffer) || [...(readersOf.get(buffer) ?? [])].some((reader) => reader !== group)
    return [joined(loops, group.fusible.space, isWanted)]
  })
}
