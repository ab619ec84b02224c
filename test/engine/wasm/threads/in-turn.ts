/** What threads do, done by one: between two barriers the work of each in turn, the last first. Where none needs what another one does, it is the same. */
import type { Instruction, Loop } from '../../../../src/engine/program/instruction.js'
import type { Pass } from '../../../../src/engine/program/pass.js'
import { passes } from '../../../../src/engine/program/passes.js'
import type { Division } from '../../../../src/engine/wasm/threads/divide.js'
import { listsOf } from '../../../../src/engine/wasm/threads/lists.js'

type List = readonly Instruction[]

/** A list cut where threads have met: at barriers, and around loops that all of them go round. */
const cut = (list: List, isShared: (loop: Loop) => boolean): readonly List[] =>
  list.reduce<readonly List[]>(
    (all, instruction) => {
      if (instruction.kind === 'barrier') return all.concat([[]])
      if (instruction.kind === 'loop' && isShared(instruction)) return all.concat([[instruction], []])
      return all.slice(0, -1).concat([(all.at(-1) ?? []).concat(instruction)])
    },
    [[]],
  )

/** The lists of threads as a list for one. */
export const together = (lists: readonly List[]): List => {
  if (lists.length === 1) return lists[0] ?? []
  const loopsOf = (list: List): readonly Loop[] => list.filter((each): each is Loop => each.kind === 'loop')
  const shared = new Set(loopsOf(lists[1] ?? []).map(({ loop }) => loop))
  const parts = lists.map((list) => cut(list, ({ loop }) => shared.has(loop)))
  return (parts[0] ?? []).flatMap((_, i) => {
    const each = parts.map((part) => part[i] ?? [])
    const loops = each.flatMap(loopsOf)
    const [loop] = loops
    return loop !== undefined && shared.has(loop.loop)
      ? [{ ...loop, body: together(loops.map(({ body }) => body)) }]
      : each.reverse().flat()
  })
}

/** The passes of the engine, and then the work of threads in turn; `change` is what a mutant does to their lists. */
export const inTurn =
  (division: Division, change: (lists: readonly List[]) => readonly List[] = (lists) => lists): Pass =>
  (...given) =>
    together(change(listsOf(passes(...given), division)))
