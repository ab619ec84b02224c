// mutates: the groups of its own search, escapes: nothing
/**
 * Which element-wise loops become one: two over one space, where one reads, number by number, what the other has written, or both
 * read the same. Two groups join if they read and write in step, and if nothing outside stands between them: no instruction that
 * waits for the one, and that the other waits for. The search is greedy, a pair after the other, and a group only grows.
 */
import { sameAddress } from '../address.js'
import type { Instruction, Pointwise, PointwiseInput, Space } from '../instruction.js'
import type { Use } from '../use.js'
import { between } from './between.js'
import { orderOf } from './order.js'
import { common, runsOn } from './space.js'
import { afterAwaited } from './topological.js'

export interface Group {
  /** Numbers of instructions, in order. */
  readonly members: readonly number[]
  /** Of element-wise loops; anything else is a group of its own. */
  readonly space: Space | undefined
}

export interface Grouping {
  readonly groups: readonly Group[]
  /** How many steps it took to search for what stands between: some for every instruction, however many there are. */
  readonly steps: number
}

const loopOf = (instruction: Instruction | undefined): Pointwise | undefined =>
  instruction?.kind === 'pointwise' ? instruction : undefined

/** Whether what one group has made the other reads as it is made, number by number. */
const inStep = (makers: readonly Pointwise[], readers: readonly Pointwise[]): boolean => {
  const made = new Map(makers.flatMap(({ outputs }) => outputs).map(({ to }) => [to.buffer, to]))
  const isInStep = (reader: Pointwise, operand: PointwiseInput): boolean => {
    const to = made.get(operand.address.buffer)
    return to === undefined || (runsOn(reader, operand) && sameAddress(to, operand.address))
  }
  return readers.every((reader) => reader.inputs.every((operand) => isInStep(reader, operand)))
}

/** Groups of at most `most` loops, each after those that it waits for. `uses`: what every instruction reads and writes. */
export const grouped = (instructions: readonly Instruction[], uses: readonly Use[], most: number): Grouping => {
  const order = orderOf(uses)
  const groupOf: Group[] = instructions.map((instruction, i) => {
    const loop = loopOf(instruction)
    return { members: [i], space: loop && { outer: loop.outer, inner: loop.inner } }
  })
  const groupAt = (i: number): Group => groupOf[i] as Group
  const loopsOf = ({ members }: Group): readonly Pointwise[] => members.flatMap((i) => loopOf(instructions[i]) ?? [])
  const { joinable, join, steps } = between(order, groupAt)
  for (const [i, j] of order.pairs) {
    const [a, b] = [groupAt(i), groupAt(j)]
    if (a === b || a.space === undefined || b.space === undefined || a.members.length + b.members.length > most) continue
    const space = common(a.space, b.space)
    if (space === undefined) continue
    const [left, right] = [loopsOf(a), loopsOf(b)]
    if (!inStep(left, right) || !inStep(right, left)) continue
    const found = joinable(a, b)
    if (found === undefined) continue
    const both: Group = { members: [...a.members, ...b.members].sort((x, y) => x - y), space }
    for (const member of both.members) groupOf[member] = both
    join(found, both)
  }
  /** As late as their last members were, but after all that they wait for. */
  const groups = [...new Set(groupOf)].sort((a, b) => (a.members.at(-1) ?? 0) - (b.members.at(-1) ?? 0))
  const awaited = ({ members }: Group): readonly Group[] => members.flatMap((i) => (order.before[i] ?? []).map(groupAt))
  return { groups: afterAwaited(groups, awaited), steps: steps() }
}
