/** The memory of a program, and where its places are in it. */
import { type Layout, locate } from '../program/layout.js'
import { type Place, startOf } from '../program/place.js'
import type { Room, Run } from './link.js'

export interface Arena {
  readonly memory: ArrayBuffer
  readonly layout: Layout
  readonly run: Run
}

/** Where a place begins in a run that reads this room. */
export const addressIn =
  (layout: Layout, now: Room) =>
  (place: Place): number => {
    const { base, steps } = locate(layout)(startOf(place))
    return steps.reduce((at, { by, bytes }) => at + (by === 'next' ? 1 - now : now) * bytes, base)
  }
