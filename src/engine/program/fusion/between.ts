// mutates: the line of groups and what its searches have seen, escapes: nothing
/**
 * What stands between two groups of instructions: a third that waits for the one, and that the other waits for.
 *
 * It is searched for from both ends in turn, so that the search is over as soon as the end with less around it has nothing left.
 * And it is found without a walk where a tree of what waits for what already shows the way: nearly always in a deep network, whose
 * way back reads what its way forward has computed, from one end of the program to the other. What was seen from the end that is
 * done is also all that must step aside in the line when the two become one.
 *
 * @source Pearce, Kelly (2006), A dynamic topological sort algorithm for directed acyclic graphs
 */
import { lineOf } from './line.js'
import { type Order, treeOf } from './order.js'

/** Numbers of instructions that run together. */
export interface Together {
  readonly members: readonly number[]
}

/** Two groups with nothing between them, and how the line is to be changed if they become one. */
export interface Joinable<G> {
  readonly first: G
  readonly last: G
  /** What waits for the first, to go behind the last; or what the last waits for, to go before the first. */
  readonly aside: readonly G[]
  readonly end: 'first' | 'last'
}

export interface Between<G> {
  /** The two in their order; undefined if something stands between them. */
  readonly joinable: (a: G, b: G) => Joinable<G> | undefined
  /** A group comes into the place of two. */
  readonly join: (joinable: Joinable<G>, group: G) => void
  /** How many steps all searches have taken so far. */
  readonly steps: () => number
}

/** `groupAt`: the group that an instruction is in by now, at first every one in its own. */
export const between = <G extends Together>(order: Order, groupAt: (i: number) => G): Between<G> => {
  const { before, after } = order
  const waitsFor = treeOf(order)
  const line = lineOf(before.map((_, i) => groupAt(i)))
  let steps = 0
  /** Of every edge from a group on, whether it leads to the other group by way of a third. */
  function* walk(
    seen: Set<G>,
    [start, end]: readonly [G, G],
    next: Order['before'],
    isNearer: (group: G) => boolean,
    leads: (member: number, end: number) => boolean,
  ): Generator<boolean> {
    const ends = [end.members.at(0), end.members.at(-1)]
    const stack = [start]
    for (let group = stack.pop(); group !== undefined; group = stack.pop())
      for (const i of group.members)
        for (const j of next[i] ?? []) {
          const found = groupAt(j)
          steps += 1
          if (found === end) yield group !== start
          else if (found === start || seen.has(found) || !isNearer(found)) yield false
          else {
            seen.add(found)
            stack.push(found)
            yield found.members.some((member) => ends.some((last) => last !== undefined && leads(member, last)))
          }
        }
  }
  return {
    joinable: (a, b) => {
      const [first, last] = line.isBefore(a, b) ? [a, b] : [b, a]
      const [above, below] = [new Set<G>(), new Set<G>()]
      const up = walk(above, [last, first], before, (group) => line.isBefore(first, group), waitsFor)
      const down = walk(
        below,
        [first, last],
        after,
        (group) => line.isBefore(group, last),
        (member, end) => waitsFor(end, member),
      )
      const sides = [
        { walked: down, seen: below, end: 'last' },
        { walked: up, seen: above, end: 'first' },
      ] as const
      for (;;)
        for (const { walked, seen, end } of sides) {
          const { done, value } = walked.next()
          if (done === true) return { first, last, aside: [...seen], end }
          if (value) return undefined
        }
    },
    join: ({ first, last, aside, end }, group) => {
      const inOrder = [...aside].sort((x, y) => (line.isBefore(x, y) ? -1 : 1))
      if (end === 'last') for (const moved of inOrder.reverse()) line.moveAfter(moved, last)
      else for (const moved of inOrder) line.moveBefore(moved, first)
      line.remove(end === 'last' ? first : last)
      line.replace(end === 'last' ? last : first, group)
    },
    steps: () => steps,
  }
}
