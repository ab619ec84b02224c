// mutates: the groups of its own search, escapes: nothing
/**
 * Which instructions become one loop: element-wise calls over one space, where one reads, number by number, what another has
 * written, or both read the same. Two groups join if nothing outside stands between them: no instruction that waits for the
 * one, and that the other waits for.
 */
import type { Instruction } from '../instruction.js'
import { between } from './between.js'
import { orderOf, type Use } from './order.js'
import { common, type Pointwise, pointwiseOf, runsOn, type Space, sameAddress } from './pointwise.js'

export interface Group {
  /** Numbers of instructions, in order. */
  readonly members: readonly number[]
  /** Of element-wise calls; anything else is a group of its own. */
  readonly space: Space | undefined
}

export interface Grouping {
  readonly groups: readonly Group[]
  /** How many steps it took to search for what stands between: some for every instruction, however many there are. */
  readonly steps: number
}

/** Groups of at most `most` calls, each after those that it waits for. `uses`: what every instruction reads and writes. */
export const grouped = (instructions: readonly Instruction[], uses: readonly Use[], most: number): Grouping => {
  const calls = instructions.map(pointwiseOf)
  const order = orderOf(uses)
  const { before, pairs } = order
  const groupOf: Group[] = calls.map((call, i) => ({ members: [i], space: call && { outer: call.outer, inner: call.inner } }))
  const groupAt = (i: number): Group => groupOf[i] as Group
  const waits = ({ members }: Group): readonly Group[] => members.flatMap((i) => (before[i] ?? []).map(groupAt))
  const { joinable, join, steps } = between(order, groupAt)
  /** What one has made the other reads as it is made, number by number. */
  const inStep = (makers: Group, readers: Group): boolean => {
    const made = new Map(makers.members.flatMap((i) => (calls[i] === undefined ? [] : [[calls[i].out.buffer, calls[i]] as const])))
    const reads = (call: Pointwise): boolean =>
      call.operands.every((operand) => {
        const maker = made.get(operand.address.buffer)
        return maker === undefined || (runsOn(call, operand) && sameAddress(maker.out, operand.address))
      })
    return readers.members.every((i) => calls[i] === undefined || reads(calls[i]))
  }
  for (const [i, j] of pairs) {
    const [a, b] = [groupAt(i), groupAt(j)]
    if (a === b || a.space === undefined || b.space === undefined || a.members.length + b.members.length > most) continue
    const space = common(a.space, b.space)
    if (space === undefined || !inStep(a, b) || !inStep(b, a)) continue
    const found = joinable(a, b)
    if (found === undefined) continue
    const both: Group = { members: [...a.members, ...b.members].sort((x, y) => x - y), space }
    for (const member of both.members) groupOf[member] = both
    join(found, both)
  }
  return { groups: inOrder([...new Set(groupOf)], waits), steps: steps() }
}

/** As late as their last members were, but after all that they wait for. */
const inOrder = (groups: readonly Group[], waits: (group: Group) => readonly Group[]): readonly Group[] => {
  const done = new Set<Group>()
  const order: Group[] = []
  const stack: { readonly group: Group; readonly left: Group[] }[] = []
  const visit = (group: Group): void => {
    if (done.has(group)) return
    done.add(group)
    stack.push({ group, left: [...waits(group)] })
  }
  for (const group of [...groups].sort((a, b) => (a.members.at(-1) ?? 0) - (b.members.at(-1) ?? 0))) {
    visit(group)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.left.pop()
      if (next !== undefined) visit(next)
      else {
        order.push(top.group)
        stack.pop()
      }
    }
  }
  return order
}
