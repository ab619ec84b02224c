/** Runs from what is done once. */
import type { Run } from './spec.js'

/** What is done at once, and is `runs` runs of the workload. */
export const often = (once: () => unknown, runs = 1): Run => ({
  runs,
  repeat: (times) => {
    for (let i = 0; i < times; i++) once()
  },
})

/** What is done when its promise is. */
export const oftenLater = (once: () => Promise<unknown>): Run => ({
  runs: 1,
  repeat: async (times) => {
    for (let i = 0; i < times; i++) await once()
  },
})

/** The values of a list in turn, for ever. */
export const inTurn = <A>(values: readonly A[]): (() => A) => {
  let next = 0
  return () => {
    const value = values[next] as A
    next = (next + 1) % values.length
    return value
  }
}
