/**
 * What reads a copy of a view, reading the view instead: the same numbers in the same order. None where there is no such instruction.
 */
import { sizeOf } from '../../shape/index.js'
import type { Address } from './address.js'
import type { Axes, Gather, Instruction, Product, Reduce, Scatter } from './instruction.js'
import { collapse, stridesAs } from './place.js'

/** Products of fewer rows, or of a single column, have a kernel that packs nothing. */
const leastRows = 4
const leastColumns = 2

/** So many terms that lie together are added one after the other; of more, several sums are begun. */
const mostInOrder = 7

export const isStart = ({ bytes, steps }: Address): boolean => bytes === 0 && steps.length === 0

/** How many axes stand before `count` elements; none where no axis ends there. */
const axesBefore = ({ shape }: Axes, count: number): number | undefined =>
  [...shape.keys(), shape.length].find((i) => sizeOf(shape.slice(0, i)) === count)

/** Some axes of a view, one after the other: each from one number of axes to another. */
const axesOf = ({ shape, strides }: Axes, ...parts: readonly (readonly [from: number, to?: number])[]): Axes => {
  const collapsed = collapse(
    parts.flatMap((part) => shape.slice(...part)),
    [parts.flatMap((part) => strides.slice(...part))],
  )
  return { shape: collapsed.shape, strides: collapsed.strides[0] ?? [] }
}

/** A product of all of the copy, row by row or column by column. */
const seeingProduct = ({ precision, ...product }: Product, { out, view }: Gather): Instruction | undefined => {
  const { m, n, k, a, b } = product
  const [isStraight, isTurned] = [a.row === k && a.column === 1, a.row === 1 && a.column === m]
  const at = axesBefore(view, isStraight ? m : k)
  const isSeen = precision === 'float32' && (isStraight || isTurned) && isStart(a.address) && m * k === sizeOf(view.shape)
  if (!isSeen || at === undefined || b.address.buffer === out.buffer || m < leastRows || n < leastColumns) return undefined
  const [first, second] = [axesOf(view, [0, at]), axesOf(view, [at])]
  const [rows, columns] = isStraight ? [first, second] : [second, first]
  return { ...product, kind: 'matmulView', a: { address: view.start, rows, columns } }
}

/** A reduction of all of the copy, whose terms come one after the other. */
const seeingReduce = ({ reduction, out, x, outer, mid, inner }: Reduce, { view }: Gather): Instruction | undefined => {
  const isInOrder = reduction === 'max' || (reduction === 'sum' && (inner > 1 || mid <= mostInOrder))
  const [first, last] = [axesBefore(view, outer), axesBefore(view, outer * mid)]
  if (!isInOrder || mid === 0 || !isStart(x) || outer * mid * inner !== sizeOf(view.shape)) return undefined
  if (first === undefined || last === undefined) return undefined
  const [rows, columns] = [axesOf(view, [0, first], [last]), axesOf(view, [first, last])]
  return { kind: 'reduceView', reduction, out, x: { address: view.start, rows, columns } }
}

/** An addition of all of the copy into a view. */
const seeingAdd = ({ how, view: to, x }: Scatter, { out, view }: Gather): Instruction | undefined => {
  if (how !== 'add' || !isStart(x) || to.start.buffer === out.buffer || to.start.buffer === view.start.buffer) return undefined
  const strides = sizeOf(to.shape) === sizeOf(view.shape) ? stridesAs(view, to.shape) : undefined
  if (strides === undefined) return undefined
  const { shape, strides: both } = collapse(to.shape, [to.strides, strides])
  const [there = [], here = []] = both
  return { kind: 'addView', view: { start: to.start, shape, strides: there }, x: { start: view.start, shape, strides: here } }
}

export const seeing = (reader: Instruction, copy: Gather): Instruction | undefined => {
  if (reader.kind === 'matmul') return seeingProduct(reader, copy)
  if (reader.kind === 'scatter') return seeingAdd(reader, copy)
  return reader.kind === 'reduce' ? seeingReduce(reader, copy) : undefined
}
