/**
 * An instruction in parts, each an instruction of its own, for threads to run at the same time: no part writes what another one reads or writes.
 *
 * Every number that is written comes from the same numbers in the same order, whoever computes it, so however many parts there are, the bits are the same.
 */
import { sizeOf } from '../../../shape/index.js'
import type { Address } from '../../program/address.js'
import { costOf } from '../../program/cost.js'
import {
  type Axes,
  byKind,
  bytesReduced,
  type ElementBytes,
  type Instruction,
  type Pointwise,
  type Product,
  type Strided,
} from '../../program/instruction.js'
import { bytesPer } from '../../program/place.js'
import { callsOf } from '../emit/pointwise.js'

/** From one number to before another. */
type Span = readonly [from: number, to: number]
/** The parts of an instruction; none where it is run alone. */
type Parts = readonly Instruction[] | undefined

/** Words on a line of the cache: threads that write into the same one wait for each other. */
const lineWords = 16
/** Words that kernels take at a time, in rows and in columns. */
const [tileRows, vectorWords] = [4, 8]

/** So many spans of about equal length that begin at multiples of a grain, those that are empty left out. */
const spans = (size: number, grain: number, parts: number): readonly Span[] => {
  const grains = Math.ceil(size / grain)
  const end = (part: number): number => Math.min(size, Math.floor((part * grains) / parts) * grain)
  return Array.from({ length: parts }, (_, part): Span => [end(part), end(part + 1)]).filter(([from, to]) => from < to)
}
const moved = (address: Address, elements: number, bytes: number): Address => ({ ...address, bytes: address.bytes + elements * bytes })

/** Parts of what has several rows to divide, or of a single one. */
const pointwise =
  (threads: number) =>
  (loop: Pointwise): Parts => {
    const { outer, inner, inputs, outputs } = loop
    // What calls a function of JavaScript has none elsewhere.
    if (callsOf(loop).some(({ module }) => module === 'elementary')) return undefined
    const isRow = outer === 1
    const part = ([from, to]: Span): Pointwise => ({
      ...loop,
      ...(isRow ? { inner: to - from } : { outer: to - from }),
      inputs: inputs.map((input) => ({
        ...input,
        address: moved(input.address, from * (isRow ? input.inner : input.outer), input.bytesPer),
      })),
      outputs: outputs.map((output) => ({ ...output, to: moved(output.to, from * (isRow ? 1 : inner), output.bytesPer) })),
    })
    return spans(isRow ? inner : outer, isRow ? lineWords : 1, threads).map(part)
  }

/** The side is divided whose other operand is packed anew by every thread at less cost: rows, or columns. */
const product =
  (threads: number) =>
  (given: Product): Parts => {
    const { precision, out, outRow, a, b, m, n, k } = given
    const bytes = bytesPer(precision)
    const rows = (): Parts =>
      spans(m, tileRows, threads).map(([from, to]) => ({
        ...given,
        m: to - from,
        out: moved(out, from * outRow, bytes),
        a: { ...a, address: moved(a.address, from * a.row, bytes) },
      }))
    const columns = (): Parts =>
      spans(n, vectorWords, threads).map(([from, to]) => ({
        ...given,
        n: to - from,
        out: moved(out, from, bytes),
        b: { ...b, address: moved(b.address, from * b.column, bytes) },
      }))
    return m * k < n * k && n >= vectorWords * threads ? columns() : rows()
  }

/** The first axis along which there is more than one element. */
const firstOf = ({ shape }: Axes): number => shape.findIndex((size) => size > 1)
const along = (axes: Axes, axis: number, size: number): Axes => ({ ...axes, shape: axes.shape.map((n, i) => (i === axis ? size : n)) })
/** Whether the elements from one position of an axis to the next lie apart from all others. */
const isApart = ({ shape, strides }: Axes, axis: number): boolean => {
  const extent = shape.reduce((sum, size, i) => (i === axis ? sum : sum + (size - 1) * (strides[i] ?? 0)), 1)
  return strides.every((stride) => stride >= 0) && (strides[axis] ?? 0) >= extent
}
/** Parts along the first axis of some axes, of which so many elements are at each of its positions. */
const byAxis = (threads: number, axes: Axes, part: (span: Span, axis: number, rest: number) => Instruction): Parts => {
  const axis = firstOf(axes)
  return axis < 0 ? undefined : spans(axes.shape[axis] ?? 0, 1, threads).map((span) => part(span, axis, sizeOf(axes.shape.slice(axis + 1))))
}
const viewPart = (view: Strided, axis: number, [from, to]: Span, bytes: ElementBytes): Strided => ({
  ...along(view, axis, to - from),
  start: moved(view.start, from * (view.strides[axis] ?? 0), bytes),
})

const partsOf = (threads: number): ((instruction: Instruction) => Parts) => {
  const alone = (): Parts => undefined
  return byKind<Parts>({
    pointwise: pointwise(threads),
    matmul: product(threads),
    matmulView: (given) => {
      const { a, out, outRow } = given
      return byAxis(threads, a.rows, ([from, to], axis, rest) => ({
        ...given,
        m: (to - from) * rest,
        out: moved(out, from * rest * outRow, 4),
        a: { ...a, address: moved(a.address, from * (a.rows.strides[axis] ?? 0), 4), rows: along(a.rows, axis, to - from) },
      }))
    },
    reduce: (reduce) => {
      const { reduction, outer, mid, inner, out, x } = reduce
      const { read, written } = bytesReduced(reduce)
      // Columns of a matrix are a view of it, whose terms are added in the same order.
      if (outer === 1 && inner > 1 && (reduction === 'sum' || reduction === 'max'))
        return spans(inner, vectorWords, threads).map(([from, to]) => ({
          kind: 'reduceView',
          reduction,
          out: moved(out, from, 4),
          x: { address: moved(x, from, 4), rows: { shape: [to - from], strides: [1] }, columns: { shape: [mid], strides: [inner] } },
        }))
      return spans(outer, 1, threads).map(([from, to]) => ({
        ...reduce,
        outer: to - from,
        out: moved(out, from * inner, written),
        x: moved(x, from * mid * inner, read),
      }))
    },
    reduceView: (reduce) => {
      const { out, x } = reduce
      return byAxis(threads, x.rows, ([from, to], axis, rest) => ({
        ...reduce,
        out: moved(out, from * rest, 4),
        x: { ...x, address: moved(x.address, from * (x.rows.strides[axis] ?? 0), 4), rows: along(x.rows, axis, to - from) },
      }))
    },
    gather: (gather) =>
      byAxis(threads, gather.view, (span, axis, rest) => ({
        ...gather,
        out: moved(gather.out, span[0] * rest, 4),
        view: viewPart(gather.view, axis, span, 4),
      })),
    scatter: (scatter) => {
      const { view, x, how } = scatter
      const bytes = how === 'addDouble' ? 8 : 4
      if (!isApart(view, firstOf(view))) return undefined
      return byAxis(threads, view, (span, axis, rest) => ({
        ...scatter,
        view: viewPart(view, axis, span, bytes),
        x: moved(x, span[0] * rest, bytes),
      }))
    },
    addView: (addition) => {
      const { view, x } = addition
      if (!isApart(view, firstOf(view))) return undefined
      return byAxis(threads, view, (span, axis) => ({ ...addition, view: viewPart(view, axis, span, 4), x: viewPart(x, axis, span, 4) }))
    },
    gatherRows: (gather) => {
      const { batch, count, size, row, out, x, indices } = gather
      const isOne = batch === 1
      const part = ([from, to]: Span): Instruction => ({
        ...gather,
        ...(isOne ? { count: to - from } : { batch: to - from }),
        out: moved(out, from * row * (isOne ? 1 : count), 4),
        x: isOne ? x : moved(x, from * size * row, 4),
        indices: moved(indices, from * (isOne ? 1 : count), 4),
      })
      return spans(isOne ? count : batch, 1, threads).map(part)
    },
    scatterAddRows: (scatter) => {
      const { batch, count, size, row, out, x, indices, precision } = scatter
      return spans(batch, 1, threads).map(([from, to]) => ({
        ...scatter,
        batch: to - from,
        out: moved(out, from * size * row, bytesPer(precision)),
        x: moved(x, from * count * row, bytesPer(precision)),
        indices: moved(indices, from * count, 4),
      }))
    },
    fill: (fill) =>
      spans(fill.count, lineWords, threads).map(([from, to]) => ({ ...fill, count: to - from, out: moved(fill.out, from, 4) })),
    copy: (copy) =>
      spans(copy.bytes / 4, lineWords, threads).map(([from, to]) => ({
        ...copy,
        bytes: 4 * (to - from),
        out: moved(copy.out, from, 4),
        x: moved(copy.x, from, 4),
      })),
    host: alone,
    loop: alone,
    barrier: alone,
  })
}

/** Among how many threads what is divided, from how much work on. */
export interface Division {
  readonly threads: number
  /** In operations and bytes. */
  readonly leastWork: number
}

/** An instruction in parts, one for each thread at most; none where there is little to do, or it cannot be divided. */
export const divide = ({ threads, leastWork }: Division): ((instruction: Instruction) => Parts) => {
  const parts = partsOf(threads)
  return (instruction) => {
    const { operations, read, written } = costOf(instruction)
    const found = operations + read + written < leastWork ? undefined : parts(instruction)
    return found === undefined || found.length < 2 ? undefined : found
  }
}
