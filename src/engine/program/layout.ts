/** Where buffers are in the arena, and how addresses in them move with the loops around. */
import type { Address, BufferId, Step } from './address.js'

export interface Layout {
  readonly addresses: readonly number[]
  readonly parts: ReadonlyMap<BufferId, Address>
}

/** A byte of the arena, and how it moves. */
export interface Location {
  readonly base: number
  readonly steps: readonly Step[]
}

/** Where an address is, through all the buffers that its buffer is a part of. */
export const locate =
  ({ addresses, parts }: Layout) =>
  ({ buffer, bytes, steps }: Address): Location => {
    const part = parts.get(buffer)
    if (part === undefined) return { base: (addresses[buffer] ?? 0) + bytes, steps }
    return locate({ addresses, parts })({ buffer: part.buffer, bytes: part.bytes + bytes, steps: [...part.steps, ...steps] })
  }

/** The buffer that a buffer is a part of, itself if of none. */
export const wholeOf =
  (parts: ReadonlyMap<BufferId, Address>) =>
  (buffer: BufferId): BufferId => {
    const part = parts.get(buffer)
    return part === undefined ? buffer : wholeOf(parts)(part.buffer)
  }

/**
 * What overlaps has one number: the buffer that one is always a part of. Parts that stay lie apart, and the next room of a carry is not the one that
 * is read now.
 */
export const overlappingIn =
  (parts: ReadonlyMap<BufferId, Address>) =>
  (buffer: BufferId): BufferId => {
    const part = parts.get(buffer)
    return part === undefined || part.steps.length === 0 || part.steps.some(({ by }) => by === 'next')
      ? buffer
      : overlappingIn(parts)(part.buffer)
  }
