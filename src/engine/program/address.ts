/** Where numbers are, before anybody knows at which byte: in which buffer, how far in, and how that moves with the loops around. */

/** A buffer of the program, by number; its address is planned later. */
export type BufferId = number

/** A loop of the program, by number. */
export type LoopId = number

/** The loop around every program: its runs. What one run gives and the next one takes is double-buffered, as in any loop. */
export const runs: LoopId = -1

/**
 * How an address moves with the iterations of a loop around it: `bytes` times
 *
 * - `position`: where the iteration stands along what the loop goes along;
 * - `now`, `next`: 0 or 1, exchanged in every iteration, `now` 0 once the loop has ended. A carry is a double buffer of two
 *   rooms; what is now in one is read while what is next is written to the other.
 */
export interface Step {
  readonly loop: LoopId
  readonly by: 'position' | 'now' | 'next'
  readonly bytes: number
}

/** An address inside a buffer, in bytes from its start. */
export interface Address {
  readonly buffer: BufferId
  readonly bytes: number
  /** Of the loops around; none where the address stays. */
  readonly steps: readonly Step[]
}

/** An address that stays. */
export const fixed = (buffer: BufferId, bytes = 0): Address => ({ buffer, bytes, steps: [] })

export const sameAddress = (a: Address, b: Address): boolean =>
  a.buffer === b.buffer &&
  a.bytes === b.bytes &&
  a.steps.length === b.steps.length &&
  a.steps.every(({ loop, by, bytes }, i) => loop === b.steps[i]?.loop && by === b.steps[i]?.by && bytes === b.steps[i]?.bytes)
