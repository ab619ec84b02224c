/** Where a function is defined, number by number: an open interval, all of the reals if nothing is said. */

export interface Domain {
  /** Every number of the input lies above this. */
  readonly above: number
  /** Every number of the input lies below this. */
  readonly below: number
}
export const everywhere = { above: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY } as const satisfies Domain

/** How near to an end a number may come: nearer, and what is infinite there outgrows a float32. */
const margin = 1e-3

/** A number, taken into a domain: as it is where it may be anything, by its size where there is one end, and squeezed between two. */
export const placed = ({ above, below }: Domain): ((x: number) => number) => {
  if (above === everywhere.above && below === everywhere.below) return (x) => x
  if (below === everywhere.below) return (x) => above + margin + Math.abs(x)
  if (above === everywhere.above) return (x) => below - margin - Math.abs(x)
  const [middle, half] = [(above + below) / 2, (below - above) / 2]
  return (x) => middle + (half * (1 - margin) * x) / (1 + Math.abs(x))
}
