// mutates: what it remembers of buffers and levels while it goes along, escapes: nothing
/** In which order instructions must stay: what waits for what, because it reads what the other has written, or writes what the other reads. */
import type { BufferId } from '../address.js'
import type { Use } from '../use.js'

export interface Order {
  /** Instructions that must come before an instruction. */
  readonly before: readonly (readonly number[])[]
  /** Instructions that wait for an instruction. */
  readonly after: readonly (readonly number[])[]
  /** How many instructions wait for one another, at most, down to an instruction. */
  readonly depths: readonly number[]
  /** Pairs that may be worth joining: a result and its reader, then readers of one buffer. */
  readonly pairs: readonly (readonly [number, number])[]
}

const reversed = (before: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const after: number[][] = before.map(() => [])
  before.forEach((list, i) => {
    for (const j of list) after[j]?.push(i)
  })
  return after
}

export const orderOf = (uses: readonly Use[]): Order => {
  const writer = new Map<BufferId, number>()
  const readers = new Map<BufferId, number[]>()
  const flow: [number, number][] = []
  const sharing: [number, number][] = []
  const before = uses.map(({ reads, writes }, i) => {
    const made = reads.flatMap((buffer) => writer.get(buffer) ?? [])
    const beside = reads.flatMap((buffer) => readers.get(buffer)?.at(-1) ?? [])
    const replaced = writes.flatMap((buffer) => [...(readers.get(buffer) ?? []), writer.get(buffer) ?? []].flat())
    for (const j of made) flow.push([j, i])
    for (const j of beside) sharing.push([j, i])
    for (const buffer of reads) {
      const list = readers.get(buffer)
      if (list === undefined) readers.set(buffer, [i])
      else list.push(i)
    }
    for (const buffer of writes) {
      writer.set(buffer, i)
      readers.delete(buffer)
    }
    return [...new Set([...made, ...replaced])]
  })
  const depths: number[] = []
  for (const list of before) depths.push(list.reduce((deepest, j) => Math.max(deepest, (depths[j] ?? 0) + 1), 0))
  return { before, after: reversed(before), depths, pairs: [...flow, ...sharing] }
}

/**
 * Whether an instruction waits for another, as far as a tree knows: every instruction hangs on the deepest of those that it
 * waits for. What the tree says is so, and what it does not say may be so, too.
 */
export const treeOf = ({ before, depths }: Pick<Order, 'before' | 'depths'>): ((instruction: number, awaited: number) => boolean) => {
  const children: number[][] = before.map(() => [])
  const roots: number[] = []
  before.forEach((list, i) => {
    const parent = list.reduce((deepest, j) => (deepest < 0 || (depths[j] ?? 0) > (depths[deepest] ?? 0) ? j : deepest), -1)
    if (parent < 0) roots.push(i)
    else children[parent]?.push(i)
  })
  const entered: number[] = before.map(() => 0)
  const left: number[] = before.map(() => 0)
  let clock = 0
  const stack = roots.map((node) => ({ node, next: 0 }))
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.next === 0) entered[top.node] = clock++
    const child = children[top.node]?.[top.next++]
    if (child !== undefined) stack.push({ node: child, next: 0 })
    else {
      left[top.node] = clock
      stack.pop()
    }
  }
  return (instruction, awaited) => {
    const at = entered[instruction] ?? 0
    return at > (entered[awaited] ?? 0) && at < (left[awaited] ?? 0)
  }
}
