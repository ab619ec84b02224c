// mutates: the output array it is given, escapes: nothing
/** Walks over an affine view: copy out of it, store into it, add into it. */
import type { Shape } from '../../shape/index.js'
import type { Numbers } from '../../tensor/buffer.js'
import type { View } from '../view.js'

/** Rows along the last two axes: how many and how long, and how far apart are the places of one and of the next. */
interface Plane {
  readonly rows: number
  readonly length: number
  readonly down: number
  readonly step: number
}
type Visit = (position: number, place: number, plane: Plane) => void

/** Calls `visit` for every plane: a call for every number, or for rows as short as a window, would cost more than what is done with it. */
const walk = (shape: Shape, { offset, strides }: View, visit: Visit): void => {
  if (shape.includes(0)) return
  const rank = shape.length
  const plane = { rows: shape.at(-2) ?? 1, length: shape.at(-1) ?? 1, down: strides.at(-2) ?? 0, step: strides.at(-1) ?? 0 }
  const index = new Int32Array(Math.max(rank - 2, 0))
  for (let position = 0, place = offset; ; ) {
    visit(position, place, plane)
    position += plane.rows * plane.length
    let axis = rank - 3
    for (; axis >= 0; axis--) {
      place += strides[axis] as number
      if (++(index[axis] as number) < (shape[axis] as number)) break
      place -= (strides[axis] as number) * (shape[axis] as number)
      index[axis] = 0
    }
    if (axis < 0) return
  }
}

/** out[i] = x at view(i) */
export const copyView = (out: Numbers, x: Numbers, shape: Shape, view: View): void => {
  walk(shape, view, (position, place, { rows, length, down, step }) => {
    for (let row = 0; row < rows; row++) {
      const [to, from] = [position + row * length, place + row * down]
      if (step === 0) out.fill(x[from] as number, to, to + length)
      else for (let i = 0; i < length; i++) out[to + i] = x[from + i * step] as number
    }
  })
}

/** out at view(i) = x[i] */
export const storeView = (out: Numbers, x: Numbers, shape: Shape, view: View): void => {
  walk(shape, view, (position, place, { rows, length, down, step }) => {
    for (let row = 0; row < rows; row++) {
      const [from, to] = [position + row * length, place + row * down]
      for (let i = 0; i < length; i++) out[to + i * step] = x[from + i] as number
    }
  })
}

/** out at view(i) += x[i]; views may overlap. Sums in float64, rounded once. */
export const addView = (out: Numbers, x: Numbers, shape: Shape, view: View): void => {
  const sums = new Float64Array(out.length)
  walk(shape, view, (position, place, { rows, length, down, step }) => {
    for (let row = 0; row < rows; row++) {
      const [from, to] = [position + row * length, place + row * down]
      for (let i = 0; i < length; i++) sums[to + i * step] = (sums[to + i * step] as number) + (x[from + i] as number)
    }
  })
  out.set(sums)
}
