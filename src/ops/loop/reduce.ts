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

const bestAlong = (x: Numbers, { outer, mid, inner }: Split, visit: (position: number, best: number, at: number) => void): void => {
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const start = o * mid * inner + i
      let at = 0
      let best = x[start] as number
      for (let m = 1; m < mid && best === best; m++) {
        const value = x[start + m * inner] as number
        if (value > best || value !== value) {
          best = value
          at = m
        }
      }
      visit(o * inner + i, best, at)
    }
}

export const maxAlong = (out: Numbers, x: Numbers, split: Split): void =>
  bestAlong(x, split, (position, best) => {
    out[position] = best
  })

export const argMaxAlong = (out: Numbers, x: Numbers, split: Split): void =>
  bestAlong(x, split, (position, _, at) => {
    out[position] = at
  })
