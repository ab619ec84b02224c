// mutates: the output array it is given, escapes: nothing
/** Walks over an affine view: copy out of it, store into it, add into it. */
import type { Shape } from '../../shape/index.js'
import type { Numbers } from '../../tensor/buffer.js'
import type { View } from '../view.js'

/** A row of the last axis: `length` numbers from `position` on, whose places are `step` apart. */
type Visit = (position: number, place: number, length: number, step: number) => void

/** Calls `visit` for every row: once a row, since a call for every number would cost more than what is done with it. */
const walk = (shape: Shape, { offset, strides }: View, visit: Visit): void => {
  if (shape.includes(0)) return
  const rank = shape.length
  const inner = rank === 0 ? 1 : (shape[rank - 1] as number)
  const step = rank === 0 ? 0 : (strides[rank - 1] as number)
  const index = new Int32Array(Math.max(rank - 1, 0))
  for (let position = 0, place = offset; ; ) {
    visit(position, place, inner, step)
    position += inner
    let axis = rank - 2
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
  walk(shape, view, (position, place, length, step) => {
    if (step === 0) out.fill(x[place] as number, position, position + length)
    else for (let i = 0; i < length; i++) out[position + i] = x[place + i * step] as number
  })
}

/** out at view(i) = x[i] */
export const storeView = (out: Numbers, x: Numbers, shape: Shape, view: View): void => {
  walk(shape, view, (position, place, length, step) => {
    for (let i = 0; i < length; i++) out[place + i * step] = x[position + i] as number
  })
}

/** out at view(i) += x[i]; views may overlap. Sums in float64, rounded once. */
export const addView = (out: Numbers, x: Numbers, shape: Shape, view: View): void => {
  const sums = new Float64Array(out.length)
  walk(shape, view, (position, place, length, step) => {
    for (let i = 0; i < length; i++) sums[place + i * step] = (sums[place + i * step] as number) + (x[position + i] as number)
  })
  out.set(sums)
}
