/** A program as instructions with a place for every buffer: everything that is decided before it is emitted. */
import type { Program } from '../../graph/index.js'
import type { Builder } from './builder.js'
import type { BufferId, Instruction } from './instruction.js'
import type { About } from './kernels.js'
import type { Layout } from './layout.js'
import { type Lowered, lower } from './lower.js'
import { plan, wholeOf } from './plan.js'

/** Instructions to fewer or better ones; what is in `kept` is wanted by somebody outside. */
export type Pass = (
  ...args: readonly [instructions: readonly Instruction[], kept: ReadonlySet<BufferId>, parts: Builder['parts']]
) => readonly Instruction[]

export interface Assembled {
  readonly lowered: Lowered
  readonly instructions: readonly Instruction[]
  readonly layout: Layout
  /** Of the arena. */
  readonly bytes: number
}

export const assemble = (program: Program, about: About, pass: Pass): Assembled => {
  const lowered = lower(program, about.matmulScratch)
  const { builder: b, inputs, outputs, literals } = lowered
  const buffers = [
    b.scratch,
    ...literals.map(({ place }) => place.buffer),
    ...b.constants.map(({ buffer }) => buffer),
    ...[...inputs, ...outputs].map(({ buffer }) => buffer),
  ]
  const kept = new Set(buffers.map(wholeOf(b.parts)))
  const sizes = b.sizes.map((size, i) => (i === b.scratch ? b.scratchBytes : size))
  const instructions = pass(b.instructions, kept, b.parts)
  const { addresses, bytes } = plan({ sizes, instructions, parts: b.parts }, kept, about.arenaStart())
  return { lowered, instructions, layout: { addresses, parts: b.parts }, bytes }
}
