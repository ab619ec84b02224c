import { cast } from '../ops/index.js'
import { isFloat, type Precision } from '../prim/index.js'
import { mapTree } from './tree.js'

/** The floats of a tree at another precision of floats, such as that of an input that they meet; whole numbers stay what they are. */
export const atPrecision =
  (precision: Precision) =>
  <T>(tree: T): T =>
    isFloat(precision) ? mapTree((x) => (isFloat(x.precision) ? cast(precision)(x) : x))(tree) : tree
