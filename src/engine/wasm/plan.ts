// mutates: its own table of addresses and list of free spans, escapes: nothing
/**
 * Memory planned ahead by liveness: buffers whose lives do not meet share bytes, so a run allocates nothing.
 */

import type { Instruction } from './instruction.js'
import type { BufferId } from './place.js'

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

/** Neighbouring free spans as one. */
const merged = (free: readonly Span[]): Span[] => {
  const spans: Span[] = []
  for (const span of [...free].sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1)
    if (last !== undefined && last.start + last.size === span.start)
      spans[spans.length - 1] = { start: last.start, size: last.size + span.size }
    else spans.push(span)
  }
  return spans
}

/** Addresses for buffers of these sizes; those in `kept` (inputs, constants, outputs, scratch) share with nobody. The first byte is `start`. */
export const plan = (sizes: readonly number[], instructions: readonly Instruction[], kept: ReadonlySet<BufferId>, start: number): Plan => {
  const lastUse = new Map<BufferId, number>()
  for (const [i, { reads, writes }] of instructions.entries()) for (const buffer of [...reads, writes]) lastUse.set(buffer, i)
  const addresses: number[] = sizes.map(() => 0)
  let top = aligned(start)
  let free: Span[] = []
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
      free[found] = { start: span.start + size, size: span.size - size }
      free = free.filter((s) => s.size > 0)
    }
    placed.add(buffer)
  }
  kept.forEach(take)
  instructions.forEach(({ reads, writes }, i) => {
    if (!placed.has(writes)) take(writes)
    const ended = [...new Set([...reads, writes])].filter((buffer) => !kept.has(buffer) && lastUse.get(buffer) === i)
    if (ended.length > 0)
      free = merged([...free, ...ended.map((buffer) => ({ start: addresses[buffer] ?? 0, size: aligned(sizes[buffer] ?? 0) }))])
  })
  return { addresses, bytes: top }
}
