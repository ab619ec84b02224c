/** The index spaces of element-wise loops, and how operands lie in them. */
import type { PointwiseInput, Space } from '../instruction.js'

/** One space for both, if there is one: a flat one can be cut into rows. */
export const common = (a: Space, b: Space): Space | undefined => {
  if (a.outer * a.inner !== b.outer * b.inner) return undefined
  if (a.outer === 1) return b
  return b.outer === 1 || b.inner === a.inner ? a : undefined
}
/** An operand of a loop seen in the rows of a space: what is flat goes on from row to row. */
export const inRows = (loop: Space, space: Space, operand: PointwiseInput): PointwiseInput =>
  loop.outer === space.outer ? operand : { ...operand, outer: operand.inner * space.inner }

/** Whether an operand is read row by row, each element once. */
export const runsOn = ({ outer, inner }: Space, operand: Space): boolean =>
  (inner === 1 || operand.inner === 1) && (outer === 1 || operand.outer === inner)
