/**
 * How far an engine's float32 may be from the op computed in float64 and rounded once, and its float64 from that of the reference,
 * op by op.
 *
 * - `ulps(n)`: at most n floats away. An error of e units before rounding is at most ⌊e + ½⌋ floats away after it.
 * - `terms(n)`: sums in any order, |got − Σ x·w| ≤ (n·k + 1) · u · Σ |x|·|w| for k terms, u = 2⁻²⁴: k − 1 roundings of sums, one
 *   of each product, and one of the result that is compared with. At float64, u = 2⁻⁵³, and twice as much: what it is compared
 *   with is rounded as often.
 *
 * @source Higham (2002), Accuracy and Stability of Numerical Algorithms, §3.1 and §4.2
 */

import type { Prim } from '../src/prim/index.js'

export type Allowance = { readonly kind: 'ulps'; readonly ulps: number } | { readonly kind: 'terms'; readonly each: number }
export type EngineBudget = { readonly [K in Prim]: Allowance }

export const ulps = (n: number): Allowance => ({ kind: 'ulps', ulps: n })
export const terms = (each: number): Allowance => ({ kind: 'terms', each })

/** One IEEE operation, or none: the same bits. */
export const exact = ulps(0)
