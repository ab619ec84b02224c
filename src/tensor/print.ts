/** How a literal shows itself on a console: shape, precision and numbers, long axes shortened in the middle. */
import type { Precision } from '../prim/index.js'
import { type Shape, sizeOf } from '../shape/index.js'

/** Along each axis, at most this many entries are shown; of more, the first and the last three. */
const longest = 8
/** At most so many numbers are shown in all; the first axes are shortened first. */
const most = 4096
/** Of more axes than these, the numbers are shown row by row, as one axis. */
const deepest = 8

const printNumber = (precision: Precision, x: number): string =>
  precision === 'bool'
    ? x === 0
      ? 'false'
      : 'true'
    : Object.is(x, -0)
      ? '-0'
      : Number.isInteger(x) || !Number.isFinite(x)
        ? String(x)
        : String(Number(x.toPrecision(precision === 'float64' ? 8 : 5)))

/** The entries of an axis that are shown where there is room for so many; −1 for those left out. */
const entriesOf = (size: number, room: number): readonly number[] => {
  if (size <= Math.min(longest, room)) return Array.from({ length: size }, (_, i) => i)
  const half = Math.max(1, Math.min(3, Math.floor(room / 2)))
  return [...Array.from({ length: half }, (_, i) => i), -1, ...(room < 2 ? [] : Array.from({ length: half }, (_, i) => size - half + i))]
}
/** The same for every axis, from the last one up. */
const shownOf = (shape: Shape): readonly (readonly number[])[] =>
  shape.reduceRight<{ readonly room: number; readonly shown: readonly (readonly number[])[] }>(
    ({ room, shown }, size) => {
      const entries = entriesOf(size, room)
      return { room: room / Math.max(1, entries.filter((i) => i >= 0).length), shown: [entries, ...shown] }
    },
    { room: most, shown: [] },
  ).shown

interface Axes {
  readonly shape: Shape
  readonly shown: readonly (readonly number[])[]
}
const printAxis = (axes: Axes, precision: Precision, numbers: ArrayLike<number>, offset: number, indent: string): string => {
  const [[size, ...rest], [shown, ...inner]] = [axes.shape, axes.shown]
  if (size === undefined || shown === undefined) return printNumber(precision, numbers[offset] ?? 0)
  const step = sizeOf(rest)
  const entries = shown.map((i) =>
    i < 0 ? '…' : printAxis({ shape: rest, shown: inner }, precision, numbers, offset + i * step, `${indent} `),
  )
  return `[${entries.join(rest.length === 0 ? ', ' : `,\n${indent} `)}]`
}

export const printLiteral = (type: string, given: Shape, precision: Precision, numbers: ArrayLike<number>): string => {
  const shape = given.length > deepest ? [numbers.length] : given
  return `${type} ${shape.length > 1 ? '\n' : ''}${printAxis({ shape, shown: shownOf(shape) }, precision, numbers, 0, '')}`
}

/** Inside of a record or a list, so many numbers stand for all of them. */
const few = 3

/** In one line: `float32 [784, 128] 0.021, -0.034, 0.008, …` */
export const printBriefly = (type: string, precision: Precision, numbers: ArrayLike<number>): string => {
  const first = Array.from({ length: Math.min(few, numbers.length) }, (_, i) => printNumber(precision, numbers[i] ?? 0))
  return `${type} ${first.join(', ')}${numbers.length > few ? ', …' : ''}`.trimEnd()
}
