/**
 * How far an engine's float32 may be from the op computed in float64 and rounded once, and its float64 from that of the reference,
 * op by op. The table is total: an op without a budget does not compile.
 *
 * - `ulps(n)`: at most n floats away. An error of e units before rounding is at most ⌊e + ½⌋ floats away after it.
 * - `terms(n)`: sums in any order, |got − Σ x·w| ≤ (n·k + 1) · u · Σ |x|·|w| for k terms, u = 2⁻²⁴: k − 1 roundings of sums, one
 *   of each product, and one of the result that is compared with. At float64, u = 2⁻⁵³, and twice as much: what it is compared
 *   with is rounded as often.
 *
 * @source Higham (2002), Accuracy and Stability of Numerical Algorithms, §3.1 and §4.2
 */

import type { Prim } from '../src/prim/index.js'
import { fixed } from '../src/shape/index.js'

export type Allowance = { readonly kind: 'ulps'; readonly ulps: number } | { readonly kind: 'terms'; readonly each: number }
export type EngineBudget = { readonly [K in Prim]: Allowance }

export const ulps = (n: number): Allowance => ({ kind: 'ulps', ulps: n })
export const terms = (each: number): Allowance => ({ kind: 'terms', each })

/** One IEEE operation, or none: the same bits. */
const exact = ulps(0)

/** What the WebAssembly engine keeps: the elementary functions by the largest errors found, which their kernels state. */
export const engineBudget: EngineBudget = fixed({
  neg: exact,
  abs: exact,
  sign: exact,
  exp: ulps(1),
  expm1: ulps(2),
  log: ulps(1),
  log1p: ulps(1),
  sqrt: exact,
  sin: ulps(2),
  cos: ulps(2),
  tanh: ulps(1),
  sigmoid: ulps(2),
  softplus: ulps(3),
  floor: exact,
  stopGradient: exact,
  add: exact,
  sub: exact,
  mul: exact,
  div: exact,
  pow: ulps(1),
  maximum: exact,
  minimum: exact,
  less: exact,
  lessEqual: exact,
  equal: exact,
  and: exact,
  or: exact,
  xor: exact,
  not: exact,
  shiftLeft: exact,
  shiftRight: exact,
  rotateLeft: exact,
  cast: exact,
  select: exact,
  sum: terms(1),
  max: exact,
  argMax: exact,
  matmul: terms(1),
  reshape: exact,
  transpose: exact,
  slice: exact,
  pad: exact,
  concat: exact,
  expand: exact,
  gather: exact,
  scatterAdd: terms(1),
  windows: exact,
  overlapAdd: terms(1),
})
