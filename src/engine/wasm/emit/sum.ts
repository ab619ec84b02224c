/**
 * A tiny sum as straight-line code, in float64 and rounded once: the bits of the kernel.
 *
 *     out[o, i] = Σₘ x[o, m, i]       terms in order, from 0
 */
import type { Reduce } from '../../program/instruction.js'
import type { Bytes } from './bytes.js'
import { get, set, simd, zeros } from './code.js'
import type { Context, FunctionCode } from './context.js'
import { type Lanes, words } from './elements.js'

/** Loads, beyond which the kernel is as fast. */
const mostLoads = 48
/** From here on the kernel adds a row up in several sums. */
const longRow = 8

export const isTinySum = ({ reduction, outer, mid, inner }: Reduce): boolean =>
  reduction === 'sum' && outer * mid * Math.ceil(inner / 4) <= mostLoads && (inner > 1 || mid < longRow)

const wordBytes = 4
const range = (size: number, step = 1): readonly number[] => Array.from({ length: Math.ceil(size / step) }, (_, i) => i * step)

const promoteLow = (x: Bytes): Bytes => simd(0x5f, x)
const demote = (x: Bytes): Bytes => simd(0x5e, x)
const addPairs = (x: Bytes, y: Bytes): Bytes => simd(0xf0, x, y)
/** Two float64 lanes, of the four that x and y have. */
const pairsOf = (x: Bytes, y: Bytes, first: number, second: number): Bytes => [
  simd(0x0d, x, y),
  [first, second].map((pair) => range(8).map((i) => 8 * pair + i)),
]

export const sumCode = ({ outer, mid, inner, out, x }: Reduce, { parameters, at }: Context): FunctionCode => {
  const [to, from, value, low, high] = [0, 1, 2, 3, 4].map((i) => parameters + i) as [number, number, number, number, number]
  const columns = (o: number, i: number): Bytes => {
    const lanes = Math.min(4, inner - i) as Lanes
    const term = (m: number): Bytes => [
      [words.loadApart(get(from), wordBytes, lanes, ((o * mid + m) * inner + i) * wordBytes), set(value)],
      [addPairs(get(low), promoteLow(get(value))), set(low)],
      [addPairs(get(high), promoteLow(pairsOf(get(value), get(value), 1, 0))), set(high)],
    ]
    return [
      [zeros, set(low), zeros, set(high)],
      range(mid).map(term),
      [pairsOf(demote(get(low)), demote(get(high)), 0, 2), set(value)],
      words.storeApart(get(to), value, lanes, wordBytes, (o * inner + i) * wordBytes),
    ]
  }
  return {
    locals: ['i32', 'i32', 'v128', 'v128', 'v128'],
    code: [at(out), set(to), at(x), set(from), range(outer).map((o) => range(inner, 4).map((i) => columns(o, i)))],
  }
}
