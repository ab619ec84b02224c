// mutates: the output array it is given, escapes: nothing
/** Reductions of an array seen as [outer, mid, inner] over `mid`, and sums over any axes. */
import type { Shape } from '../../shape/index.js'
import type { Numbers } from '../../tensor/buffer.js'
import type { View } from '../view.js'
import { addView } from './strided.js'

export interface Split {
  readonly outer: number
  readonly mid: number
  readonly inner: number
}

/** Around an axis counted from the end. */
export const splitAt = (shape: Shape, axis: number): Split => {
  const at = shape.length + axis
  const product = (sizes: Shape): number => sizes.reduce((a, b) => a * b, 1)
  return { outer: product(shape.slice(0, at)), mid: shape[at] ?? 1, inner: product(shape.slice(at + 1)) }
}

/** out at view(i) += x[i], where the view has stride 0 along the summed axes. */
export const sumInto = (out: Numbers, x: Numbers, shape: Shape, view: View): void => addView(out, x, shape, view)

/** Calls `visit` with the place of every result, and where its numbers start. */
const eachRow = ({ outer, mid, inner }: Split, visit: (position: number, start: number) => void): void => {
  for (let o = 0; o < outer; o++) for (let i = 0; i < inner; i++) visit(o * inner + i, o * mid * inner + i)
}

/** As `Math.max`: NaN is passed on, and −0 is below 0. */
export const maxAlong = (out: Numbers, x: Numbers, split: Split): void =>
  eachRow(split, (position, start) => {
    let best = x[start] as number
    for (let m = 1; m < split.mid; m++) best = Math.max(best, x[start + m * split.inner] as number)
    out[position] = best
  })

/** The first of several that compare as equal, or the first NaN. */
export const argMaxAlong = (out: Numbers, x: Numbers, split: Split): void =>
  eachRow(split, (position, start) => {
    let at = 0
    let best = x[start] as number
    for (let m = 1; m < split.mid && best === best; m++) {
      const value = x[start + m * split.inner] as number
      if (value > best || value !== value) {
        best = value
        at = m
      }
    }
    out[position] = at
  })
