// mutates: the operands and values of the loop it makes, escapes: nothing
/**
 * Fusion: element-wise kernels over one index space become one loop, whose intermediate results stay in registers.
 *
 *     fuse(program) = program, bit for bit: every number goes through the same operations
 */

import { type Group, grouped } from './fusion/groups.js'
import { inRows, type Pointwise, pointwiseOf, type Space, sameAddress } from './fusion/pointwise.js'
import type { Address, BufferId, Fused, FusedInput, Instruction, LaneStep } from './instruction.js'

/** Element-wise calls as one loop. `isWanted`: of what they compute, what somebody else reads. */
const fusedOf = (calls: readonly Pointwise[], space: Space, isWanted: (buffer: BufferId) => boolean): Fused => {
  const inputs: FusedInput[] = []
  const steps: LaneStep[] = []
  const values = new Map<BufferId, number>()
  const inputOf = (operand: FusedInput): number => {
    const same = inputs.findIndex(
      (input) => input.outer === operand.outer && input.inner === operand.inner && sameAddress(input.address, operand.address),
    )
    return same >= 0 ? same : inputs.push(operand) - 1
  }
  /** Values are numbered after all inputs, whose number is known only at the end: negative until then. */
  for (const { kernel, operands, bits, out, outer, inner } of calls) {
    const args = operands.map((operand) => values.get(operand.address.buffer) ?? inputOf(inRows({ outer, inner }, space, operand)))
    const same = steps.findIndex(
      (step) => step.kernel === kernel && step.bits === bits && step.args.every((arg, i) => Object.is(arg, args[i])),
    )
    values.set(out.buffer, -1 - (same >= 0 ? same : steps.push({ kernel, args, bits }) - 1))
  }
  const numbered = (value: number): number => (value < 0 ? inputs.length - 1 - value : value)
  const outputs = calls.flatMap(({ out }) => (isWanted(out.buffer) ? [{ value: numbered(values.get(out.buffer) ?? 0), to: out }] : []))
  return {
    kind: 'fused',
    ...space,
    inputs,
    steps: steps.map((step) => ({ ...step, args: step.args.map(numbered) })),
    outputs,
    reads: [...new Set(inputs.map(({ address }) => address.buffer))],
    writes: outputs.map(({ to }) => to.buffer),
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
  /** What overlaps has one number. Parts that stay lie apart, and the next room of a carry is not the one that is read now. */
  const overlapping = (buffer: BufferId): BufferId => {
    const part = parts.get(buffer)
    return part === undefined || part.steps.length === 0 || part.steps.some(({ by }) => by === 'next') ? buffer : overlapping(part.buffer)
  }
  const within = instructions.map((instruction) =>
    instruction.kind === 'loop' ? { ...instruction, body: fuse(instruction.body, kept, parts, most) } : instruction,
  )
  const uses = within.map(({ reads, writes }) => ({ reads: reads.map(overlapping), writes: writes.map(overlapping) }))
  const { groups } = grouped(within, uses, most)
  const readersOf = new Map<BufferId, Set<Group>>()
  for (const group of groups)
    for (const buffer of group.members.flatMap((i) => within[i]?.reads ?? []))
      readersOf.set(buffer, (readersOf.get(buffer) ?? new Set()).add(group))
  return groups.flatMap((group): readonly Instruction[] => {
    const members = group.members.flatMap((i) => within[i] ?? [])
    if (group.space === undefined) return members
    const calls = members.flatMap((member) => pointwiseOf(member) ?? [])
    const isWanted = (buffer: BufferId): boolean =>
      kept.has(buffer) || parts.has(buffer) || [...(readersOf.get(buffer) ?? [])].some((reader) => reader !== group)
    return [fusedOf(calls, group.space, isWanted)]
  })
}
