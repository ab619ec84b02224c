/** How a literal shows itself on a console: shape, precision and numbers, long axes shortened in the middle. */
import type { Precision } from '../prim/index.js'
import { type Shape, sizeOf } from '../shape/index.js'

/** Along each axis, at most this many entries are shown; of more, the first and the last three. */
const longest = 8

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

const printAxis = (shape: Shape, precision: Precision, numbers: ArrayLike<number>, offset: number, indent: string): string => {
  const [size, ...rest] = shape
  if (size === undefined) return printNumber(precision, numbers[offset] ?? 0)
  const step = sizeOf(rest)
  const shown = size <= longest ? Array.from({ length: size }, (_, i) => i) : [0, 1, 2, -1, size - 3, size - 2, size - 1]
  const entries = shown.map((i) => (i < 0 ? '…' : printAxis(rest, precision, numbers, offset + i * step, `${indent} `)))
  return `[${entries.join(rest.length === 0 ? ', ' : `,\n${indent} `)}]`
}

export const printLiteral = (type: string, shape: Shape, precision: Precision, numbers: ArrayLike<number>): string =>
  `${type} ${shape.length > 1 ? '\n' : ''}${printAxis(shape, precision, numbers, 0, '')}`
