// mutates: its own table of addresses and list of free spans, escapes: nothing
/**
 * Memory planned ahead by liveness: buffers whose lives do not meet share bytes, so a run allocates nothing.
 */

import type { BufferId } from './address.js'
import type { Written } from './builder.js'
import type { Instruction } from './instruction.js'
import { wholeOf } from './layout.js'
import { type Use, useOf } from './use.js'

/** What is planned for. */
export type Plannable = Pick<Written, 'sizes' | 'instructions' | 'parts'>

export interface Plan {
  readonly addresses: readonly number[]
  readonly bytes: number
}

const alignment = 16
const aligned = (bytes: number): number => Math.ceil(Math.max(bytes, 1) / alignment) * alignment

interface Span {
  readonly start: number
  readonly size: number
}

/** The smallest free span that is large enough. */
const bestFit = (free: readonly Span[], size: number): number =>
  free.reduce((best, span, i) => (span.size >= size && (best < 0 || span.size < (free[best] as Span).size) ? i : best), -1)

/** How many free spans, which are in order, begin before an address. */
const spansBefore = (free: readonly Span[], start: number): number => {
  const search = (low: number, high: number): number => {
    if (low === high) return low
    const middle = Math.floor((low + high) / 2)
    return (free[middle]?.start ?? 0) < start ? search(middle + 1, high) : search(low, middle)
  }
  return search(0, free.length)
}
/** A span among the free ones, in order; neighbours are one. */
const give = (free: Span[], span: Span): void => {
  const at = spansBefore(free, span.start)
  const [left, right] = [free[at - 1], free[at]]
  const meetsLeft = left !== undefined && left.start + left.size === span.start
  const meetsRight = right !== undefined && span.start + span.size === right.start
  const start = meetsLeft ? left.start : span.start
  const end = meetsRight ? right.start + right.size : span.start + span.size
  free.splice(meetsLeft ? at - 1 : at, Number(meetsLeft) + Number(meetsRight), { start, size: end - start })
}

/** In order. What a loop uses from outside lives until it ends: the next iteration needs it again. */
const usesOf = (instructions: readonly Instruction[]): readonly Use[] =>
  instructions.flatMap((instruction) =>
    instruction.kind === 'loop'
      ? [
          { reads: [], writes: instruction.writes },
          ...usesOf(instruction.body),
          { reads: [...instruction.reads, ...instruction.writes], writes: [] },
        ]
      : [useOf(instruction)],
  )

/** Addresses for buffers; those in `kept` (literals, inputs, outputs) share with nobody. The first byte is `start`. */
export const plan = ({ sizes, instructions, parts }: Plannable, kept: ReadonlySet<BufferId>, start: number): Plan => {
  const whole = wholeOf(parts)
  const uses = usesOf(instructions).map(({ reads, writes }) => ({ reads: reads.map(whole), writes: writes.map(whole) }))
  const lastUse = new Map<BufferId, number>()
  for (const [i, { reads, writes }] of uses.entries()) for (const buffer of [...reads, ...writes]) lastUse.set(buffer, i)
  const addresses: number[] = sizes.map(() => 0)
  let top = aligned(start)
  const free: Span[] = []
  const placed = new Set<BufferId>()
  const take = (buffer: BufferId): void => {
    const size = aligned(sizes[buffer] ?? 0)
    const found = bestFit(free, size)
    const span = free[found]
    if (span === undefined) {
      addresses[buffer] = top
      top += size
    } else {
      addresses[buffer] = span.start
      const rest = span.size - size
      free.splice(found, 1, ...(rest > 0 ? [{ start: span.start + size, size: rest }] : []))
    }
    placed.add(buffer)
  }
  kept.forEach(take)
  uses.forEach(({ reads, writes }, i) => {
    for (const buffer of writes) if (!placed.has(buffer)) take(buffer)
    const ended = [...new Set([...reads, ...writes])].filter((buffer) => !kept.has(buffer) && lastUse.get(buffer) === i)
    for (const buffer of ended) give(free, { start: addresses[buffer] ?? 0, size: aligned(sizes[buffer] ?? 0) })
  })
  return { addresses, bytes: top }
}
