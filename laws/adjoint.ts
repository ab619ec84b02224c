/**
 * The signed adjoint identity, between a function's pullback and its own differences:
 *
 *     ⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩
 *
 * over all inputs at once, in float64; `slope.ts` says how the left side is found. Norms could not see a wrong sign.
 */

import { add, mul } from '../src/ops/index.js'
import { leaves, leavesWithPaths, mapTree, zipTrees } from '../src/params/index.js'
import { isFloat } from '../src/prim/index.js'
import { sizeOf } from '../src/shape/index.js'
import { type Tensor, toArray, zeros } from '../src/tensor/index.js'
import { differs } from './compare.js'
import { type Path, type Slope, slopeAt } from './slope.js'

/** Σ x·y over all float tensors of two trees. */
export const inner = (a: unknown, b: unknown): number => {
  const others = leaves(b)
  return leaves(a).reduce((total, x, i) => {
    if (!isFloat(x.precision)) return total
    const y = toArray(others[i] as Tensor)
    return total + Float64Array.from(toArray(x)).reduce((sum, value, j) => sum + value * (y[j] ?? Number.NaN), 0)
  }, 0)
}

/** x + h·v; integers and conditions stay. */
const moved = <A>(x: A, v: A, h: number): A => zipTrees((a, b) => (isFloat(a.precision) ? add(mul(h)(b))(a) : a))(x, v)

/** The numbers of all float tensors of a tree, one after the other. */
const numbersOf = (tree: unknown): Float64Array => {
  const floats = leaves(tree).filter((x) => isFloat(x.precision))
  const numbers = new Float64Array(floats.reduce((size, x) => size + sizeOf(x.shape), 0))
  floats.reduce((place, x) => {
    numbers.set(toArray(x), place)
    return place + sizeOf(x.shape)
  }, 0)
  return numbers
}

/** What is computed once for every h: a step is asked for from both sides. */
const remembering = (path: Path): Path => {
  const known = new Map<number, Float64Array>()
  return (h) => {
    const y = known.get(h) ?? path(h)
    known.set(h, y)
    return y
  }
}

/** The slope of ⟨dy, f⟩ along v, beside the one that a pullback claims. */
export const slopeAlong = <A, B>(f: (x: A) => B, x: A, v: A, dy: B, claimed: number): Slope =>
  slopeAt(
    remembering((h) => numbersOf(f(h === 0 ? x : moved(x, v, h)))),
    numbersOf(dy),
    claimed,
  )

/** Holds a pullback to the differences of its function, for one input, direction and cotangent. */
export const holdsAdjoint = <A, B>(f: (x: A) => B, pullback: (dy: B) => A, x: A, v: A, dy: B): void => {
  const claimed = inner(pullback(dy), v)
  const { agrees, expected } = slopeAlong(f, x, v, dy, claimed)
  if (!agrees) differs('⟨Jᵀ·dy, v⟩ is not ⟨dy, J·v⟩', expected, claimed)
}

/** A direction, along some of its tensors only. */
export const along =
  (chosen: (path: string) => boolean) =>
  <A>(v: A): A =>
    mapTree((d, path) => (chosen(path) || !isFloat(d.precision) ? d : zeros(d.shape, d.precision)))(v)

/** The tensors along which a pullback is wrong, by their paths: each is tried by itself. */
export const wrongAlong = <A, B>(f: (x: A) => B, pullback: (dy: B) => A, x: A, v: A, dy: B): readonly string[] => {
  const gradient = pullback(dy)
  return leavesWithPaths(v)
    .filter(({ tensor }) => isFloat(tensor.precision))
    .map(({ path }) => path)
    .filter((path) => {
      const only = along((other) => other === path)(v)
      return !slopeAlong(f, x, only, dy, inner(gradient, only)).agrees
    })
}
