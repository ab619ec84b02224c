/**
 * Where the numbers of a node are: a buffer, seen through an affine view. Views cost nothing; an instruction that needs its
 * operand row by row has it copied first.
 */

import { mapAccumulate } from '../../graph/walk.js'
import { rowMajor, type View } from '../../ops/view.js'
import type { Precision } from '../../prim/index.js'
import { type Shape, sizeOf } from '../../shape/index.js'
import type { Address, BufferId, Step } from './address.js'
import type { Axes, Block, ElementBytes, Strided } from './instruction.js'

export interface Place {
  readonly buffer: BufferId
  readonly shape: Shape
  readonly precision: Precision
  readonly view: View
  /** How the whole place moves with the loops around it. */
  readonly steps: readonly Step[]
}

/** Elements are four bytes wide; a bool is a mask of all ones or zeros. Only float64 takes eight. */
export const bytesPer = (precision: Precision): ElementBytes => (precision === 'float64' ? 8 : 4)

/** How many words a number is. */
export const wordsPer = (precision: Precision): 1 | 2 => (precision === 'float64' ? 2 : 1)

/** Row by row, wherever it begins. */
export const isRowMajor = ({ shape, view }: Place): boolean => {
  const strides = rowMajor(shape)
  return shape.every((size, i) => size <= 1 || view.strides[i] === strides[i])
}
export const isContiguous = (place: Place): boolean => place.view.offset === 0 && isRowMajor(place)

export const startOf = ({ buffer, view, precision, steps }: Place): Address => ({ buffer, bytes: view.offset * bytesPer(precision), steps })
/** In words: where numbers lie together along the last axis, it is twice as long for float64; elsewhere there is an axis more. */
export const stridedOf = (place: Place): Strided => {
  const { shape, precision, view } = place
  const start = startOf(place)
  if (wordsPer(precision) === 1) return { start, shape, strides: view.strides }
  const strides = view.strides.map((stride) => 2 * stride)
  if (strides.at(-1) !== 2) return { start, shape: [...shape, 2], strides: [...strides, 1] }
  return { start, shape: [...shape.slice(0, -1), 2 * (shape.at(-1) ?? 1)], strides: [...strides.slice(0, -1), 1] }
}
/** Of a place whose numbers lie row by row. */
export const blockOf = (place: Place): Block => ({ address: startOf(place), shape: place.shape, precision: place.precision })

/** An index space without axes of size 1, and with axes joined wherever every operand runs straight on. */
export interface Collapsed {
  readonly shape: Shape
  readonly strides: readonly (readonly number[])[]
}
export const collapse = (shape: Shape, strides: readonly (readonly number[])[]): Collapsed => {
  const kept = shape.map((_, i) => i).filter((i) => shape[i] !== 1)
  return kept.reduceRight<Collapsed>(
    (inner, axis) => {
      const size = shape[axis] ?? 1
      const steps = strides.map((s) => s[axis] ?? 0)
      const [first] = inner.shape
      const straight = first !== undefined && steps.every((step, o) => step === (inner.strides[o]?.[0] ?? 0) * first)
      return straight
        ? { shape: [first * size, ...inner.shape.slice(1)], strides: inner.strides }
        : { shape: [size, ...inner.shape], strides: inner.strides.map((s, o) => [steps[o] ?? 0, ...s]) }
    },
    { shape: [], strides: strides.map(() => []) },
  )
}

/** The strides of the same numbers, row by row, in another shape; none where an axis would have to go over two that do not run straight on. */
export const stridesAs = ({ shape, strides: given }: Axes, to: Shape): readonly number[] | undefined => {
  const {
    shape: sizes,
    strides: [steps = []],
  } = collapse(shape, [given])
  /** `axis`: of the given ones the one that is divided now, from its end; `inside`: how many of its elements an element of what is divided off is. */
  const [, strides] = mapAccumulate(to.length, true, { axis: sizes.length - 1, inside: 1 }, ({ axis, inside }, i) => {
    const [size, whole, step] = [to[i] ?? 1, sizes[axis] ?? 0, (steps[axis] ?? 0) * inside]
    if (size === 1) return [{ axis, inside }, 0] as const
    const next = inside * size === whole ? { axis: axis - 1, inside: 1 } : { axis, inside: inside * size }
    return [next, whole % (inside * size) === 0 ? step : Number.NaN] as const
  })
  return sizeOf(shape) === 0 || strides.some(Number.isNaN) ? undefined : strides
}
