/** A program as instructions with a place for every buffer: everything that is decided before it is emitted. */
import type { Program } from '../../graph/index.js'
import type { Instruction } from '../program/instruction.js'
import type { Layout } from '../program/layout.js'
import { type Lowered, lower } from '../program/lower.js'
import { keptOf, type Pass } from '../program/pass.js'
import { plan } from '../program/plan.js'
import type { About } from './kernels.js'
import { type Reserve, reserve } from './reserve.js'
import type { Division } from './threads/divide.js'
import { listsOf } from './threads/lists.js'

export interface Assembled extends Lowered {
  /** What each thread runs: a single list where nothing is worth dividing. */
  readonly lists: readonly (readonly Instruction[])[]
  readonly layout: Layout
  readonly own: Reserve
  /** Of the arena. */
  readonly bytes: number
}

export const assemble = (program: Program, about: About, pass: Pass, division?: Division): Assembled => {
  const lowered = lower(program)
  const kept = keptOf(lowered)
  const instructions = pass(lowered.instructions, kept, lowered.parts)
  const lists = division === undefined || division.threads === 1 ? [instructions] : listsOf(instructions, division)
  const own = reserve(lists, about)
  const { addresses, bytes } = plan({ ...lowered, instructions }, kept, own.end)
  return { ...lowered, instructions, lists, layout: { addresses, parts: lowered.parts }, own, bytes }
}
