// mutates: its own table of addresses and list of free spans, escapes: nothing
/**
 * Memory planned ahead by liveness: buffers whose lives do not meet share bytes, so a run allocates nothing.
 */

import type { Address, BufferId, Instruction } from './instruction.js'

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

interface Use {
  readonly reads: readonly BufferId[]
  readonly writes: readonly BufferId[]
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
      : [instruction],
  )

/** The buffer that a buffer is a part of, itself if of none. */
export const wholeOf =
  (parts: ReadonlyMap<BufferId, Address>) =>
  (buffer: BufferId): BufferId => {
    const part = parts.get(buffer)
    return part === undefined ? buffer : wholeOf(parts)(part.buffer)
  }

export interface Demand {
  /** The bytes of every buffer, by number. */
  readonly sizes: readonly number[]
  readonly instructions: readonly Instruction[]
  readonly parts: ReadonlyMap<BufferId, Address>
}

/** Addresses for buffers; those in `kept` (inputs, constants, outputs, scratch) share with nobody. The first byte is `start`. */
export const plan = ({ sizes, instructions, parts }: Demand, kept: ReadonlySet<BufferId>, start: number): Plan => {
  const whole = wholeOf(parts)
  const uses = usesOf(instructions).map(({ reads, writes }) => ({ reads: reads.map(whole), writes: writes.map(whole) }))
  const lastUse = new Map<BufferId, number>()
  for (const [i, { reads, writes }] of uses.entries()) for (const buffer of [...reads, ...writes]) lastUse.set(buffer, i)
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
  uses.forEach(({ reads, writes }, i) => {
    for (const buffer of writes) if (!placed.has(buffer)) take(buffer)
    const ended = [...new Set([...reads, ...writes])].filter((buffer) => !kept.has(buffer) && lastUse.get(buffer) === i)
    if (ended.length > 0)
      free = merged([...free, ...ended.map((buffer) => ({ start: addresses[buffer] ?? 0, size: aligned(sizes[buffer] ?? 0) }))])
  })
  return { addresses, bytes: top }
}
