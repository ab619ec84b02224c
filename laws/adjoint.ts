/**
 * The signed adjoint identity, between a function's pullback and its central differences:
 *
 *     ⟨dy, (f(x + h·v) − f(x − h·v)) / 2h⟩ = ⟨Jᵀ·dy, v⟩
 *
 * over all inputs at once, in float64. Norms could not see a wrong sign.
 *
 * The difference quotient errs by h²·|f‴|/6 from the cut series and by ε·|f|/h from rounding; with h = 1e-5 and numbers below
 * some 100 both are below 1e-7, so 1e-6 · (1 + the larger side) is allowed.
 */

import { add, mul } from '../src/ops/index.js'
import { leaves, zipTrees } from '../src/params/index.js'
import { isFloat } from '../src/prim/index.js'
import { type Tensor, toArray } from '../src/tensor/index.js'
import { near } from './compare.js'

const step = 1e-5
export const adjointBound = 1e-6

/** Σ x·y over all float tensors of two trees. */
export const inner = (a: unknown, b: unknown): number => {
  const others = leaves(b)
  return leaves(a).reduce((total, x, i) => {
    if (!isFloat(x.precision)) return total
    const y = toArray(others[i] as Tensor)
    return total + Array.from(toArray(x)).reduce((sum, value, j) => sum + value * (y[j] ?? Number.NaN), 0)
  }, 0)
}

/** x + h·v; integers and conditions stay. */
const moved = <A>(x: A, v: A, h: number): A =>
  zipTrees((a, b) => (isFloat((a as Tensor).precision) ? add(mul(h)(b as Tensor))(a as Tensor) : (a as Tensor)))(x, v as never)

/** Holds a pullback to the differences of its function, for one input, direction and cotangent. */
export const holdsAdjoint = <A, B>(f: (x: A) => B, pullback: (dy: B) => A, x: A, v: A, dy: B): void => {
  const quotient = (inner(dy, f(moved(x, v, step))) - inner(dy, f(moved(x, v, -step)))) / (2 * step)
  near('⟨Jᵀ·dy, v⟩ is not ⟨dy, J·v⟩', quotient, inner(pullback(dy), v), adjointBound)
}
