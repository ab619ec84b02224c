// mutates: the groups of its own search, escapes: nothing
/**
 * Which instructions become one loop: element-wise calls over one space, where one reads, number by number, what another has
 * written, or both read the same. Two groups join if nothing outside stands between them: no instruction that waits for the
 * one, and that the other waits for.
 */
import type { BufferId, Instruction } from '../instruction.js'
import { common, type Pointwise, pointwiseOf, runsOn, type Space, sameAddress } from './pointwise.js'

export interface Group {
  /** Numbers of instructions, in order. */
  readonly members: readonly number[]
  /** Of element-wise calls; anything else is a group of its own. */
  readonly space: Space | undefined
}

interface Use {
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
}

interface Order {
  /** Instructions that must come before an instruction. */
  readonly before: readonly (readonly number[])[]
  /** Pairs that may be worth joining: a result and its reader, then readers of one buffer. */
  readonly pairs: readonly (readonly [number, number])[]
}

const orderOf = (uses: readonly Use[]): Order => {
  const writer = new Map<BufferId, number>()
  const readers = new Map<BufferId, number[]>()
  const flow: [number, number][] = []
  const sharing: [number, number][] = []
  const before = uses.map(({ reads, writes }, i) => {
    const made = reads.flatMap((buffer) => writer.get(buffer) ?? [])
    const beside = reads.flatMap((buffer) => readers.get(buffer)?.at(-1) ?? [])
    const replaced = writes.flatMap((buffer) => [...(readers.get(buffer) ?? []), writer.get(buffer) ?? []].flat())
    flow.push(...made.map((j): [number, number] => [j, i]))
    sharing.push(...beside.map((j): [number, number] => [j, i]))
    for (const buffer of reads) readers.set(buffer, [...(readers.get(buffer) ?? []), i])
    for (const buffer of writes) {
      writer.set(buffer, i)
      readers.delete(buffer)
    }
    return [...new Set([...made, ...replaced])]
  })
  return { before, pairs: [...flow, ...sharing] }
}

/** Numbers of the instructions that wait for an instruction. */
const followersOf = (before: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const followers: number[][] = before.map(() => [])
  before.forEach((list, i) => {
    for (const j of list) followers[j]?.push(i)
  })
  return followers
}

/** Groups of at most `most` calls, each after those that it waits for. `uses`: what every instruction reads and writes. */
export const grouped = (instructions: readonly Instruction[], uses: readonly Use[], most: number): readonly Group[] => {
  const calls = instructions.map(pointwiseOf)
  const { before, pairs } = orderOf(uses)
  const followers = followersOf(before)
  const groupOf: Group[] = calls.map((call, i) => ({ members: [i], space: call && { outer: call.outer, inner: call.inner } }))
  const groupAt = (i: number): Group => groupOf[i] as Group
  const waits = ({ members }: Group): readonly Group[] => members.flatMap((i) => (before[i] ?? []).map(groupAt))
  /** Higher than that of all that a group waits for: a search for what it waits for need not look below. */
  const levels = new Map<Group, number>()
  const levelOf = (group: Group): number => levels.get(group) ?? 0
  const raise = (group: Group, level: number): void => {
    const stack = [{ group, level }]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { group: raised, level: least } = top
      if (levels.has(raised) && levelOf(raised) >= least) continue
      levels.set(raised, least)
      for (const i of raised.members)
        for (const j of followers[i] ?? []) if (groupAt(j) !== raised) stack.push({ group: groupAt(j), level: least + 1 })
    }
  }
  groupOf.forEach((group, i) => {
    levels.set(group, 1 + Math.max(-1, ...(before[i] ?? []).map((j) => levelOf(groupAt(j)))))
  })
  /** Whether `from` waits for `to` by way of a third. */
  const standsBetween = (from: Group, to: Group): boolean => {
    const seen = new Set<Group>([from, to])
    const stack = [...waits(from)]
    for (let group = stack.pop(); group !== undefined; group = stack.pop()) {
      if (seen.has(group) || levelOf(group) <= levelOf(to)) continue
      seen.add(group)
      const next = waits(group)
      if (next.includes(to)) return true
      stack.push(...next)
    }
    return false
  }
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
    if (space === undefined || !inStep(a, b) || !inStep(b, a) || standsBetween(b, a) || standsBetween(a, b)) continue
    const joined: Group = { members: [...a.members, ...b.members].sort((x, y) => x - y), space }
    for (const member of joined.members) groupOf[member] = joined
    raise(joined, Math.max(levelOf(a), levelOf(b)))
  }
  return inOrder([...new Set(groupOf)], waits)
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
