// mutates: the groups of its own search, escapes: nothing
/**
 * Which element-wise loops become one: two over one space, where one reads, number by number, what the other has written, or both
 * read the same. Two groups join if they read and write in step, and if nothing outside stands between them: no instruction that
 * waits for the one, and that the other waits for. The search is greedy, a pair after the other, and a group only grows.
 */
import { type Address, type BufferId, sameAddress } from '../address.js'
import type { Instruction, Pointwise, PointwiseInput, Space } from '../instruction.js'
import type { Use } from '../use.js'
import { between } from './between.js'
import { orderOf } from './order.js'
import { common, runsOn } from './space.js'
import { afterAwaited } from './topological.js'

/** Element-wise loops that will be one. */
export interface Fusible {
  readonly space: Space
  readonly loops: readonly Pointwise[]
  /** Where what they compute is stored. */
  readonly made: ReadonlyMap<BufferId, Address>
}
export interface Group {
  /** Numbers of instructions, in order. */
  readonly members: readonly number[]
  /** Anything but element-wise loops is a group of its own. */
  readonly fusible: Fusible | undefined
}

export interface Grouping {
  readonly groups: readonly Group[]
  /** How many steps it took to search for what stands between: some for every instruction, however many there are. */
  readonly steps: number
}

const alone = (instruction: Instruction): Fusible | undefined =>
  instruction.kind === 'pointwise'
    ? { space: instruction, loops: [instruction], made: new Map(instruction.outputs.map(({ to }) => [to.buffer, to])) }
    : undefined

/** Whether what makers have made readers read as it is made, number by number. */
const inStep = ({ made }: Fusible, { loops }: Fusible): boolean => {
  const isInStep = (reader: Space, operand: PointwiseInput): boolean => {
    const to = made.get(operand.address.buffer)
    return to === undefined || (runsOn(reader, operand) && sameAddress(to, operand.address))
  }
  return loops.every((reader) => reader.inputs.every((operand) => isInStep(reader, operand)))
}

const together = (a: Fusible, b: Fusible, space: Space): Fusible => ({
  space,
  loops: [...a.loops, ...b.loops],
  made: new Map([...a.made, ...b.made]),
})

/** Groups of at most `most` loops, each after those that it waits for. `uses`: what every instruction reads and writes. */
export const grouped = (instructions: readonly Instruction[], uses: readonly Use[], most: number): Grouping => {
  const order = orderOf(uses)
  const groupOf: Group[] = instructions.map((instruction, i) => ({ members: [i], fusible: alone(instruction) }))
  const groupAt = (i: number): Group => groupOf[i] as Group
  const { joinable, join, steps } = between(order, groupAt)
  for (const [i, j] of order.pairs) {
    const [a, b] = [groupAt(i), groupAt(j)]
    if (a === b || a.fusible === undefined || b.fusible === undefined || a.members.length + b.members.length > most) continue
    const space = common(a.fusible.space, b.fusible.space)
    if (space === undefined || !inStep(a.fusible, b.fusible) || !inStep(b.fusible, a.fusible)) continue
    const found = joinable(a, b)
    if (found === undefined) continue
    const both: Group = { members: [...a.members, ...b.members].sort((x, y) => x - y), fusible: together(a.fusible, b.fusible, space) }
    for (const member of both.members) groupOf[member] = both
    join(found, both)
  }
  /** As late as their last members were, but after all that they wait for. */
  const groups = [...new Set(groupOf)].sort((a, b) => (a.members.at(-1) ?? 0) - (b.members.at(-1) ?? 0))
  const awaited = ({ members }: Group): readonly Group[] => members.flatMap((i) => (order.before[i] ?? []).map(groupAt))
  return { groups: afterAwaited(groups, awaited), steps: steps() }
}
