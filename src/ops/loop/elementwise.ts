// mutates: the output array it is given, escapes: nothing
/** One number at a time. An operand of a single number stands for all. */
import type { Numbers } from '../../tensor/buffer.js'

const stepOf = (x: Numbers): 0 | 1 => (x.length === 1 ? 0 : 1)

export const map1 =
  (f: (x: number) => number) =>
  (out: Numbers, [x]: readonly [Numbers]): void => {
    const dx = stepOf(x)
    for (let i = 0; i < out.length; i++) out[i] = f(x[i * dx] as number)
  }

export const map2 =
  (f: (x: number, y: number) => number) =>
  (out: Numbers, [x, y]: readonly [Numbers, Numbers]): void => {
    const dx = stepOf(x)
    const dy = stepOf(y)
    for (let i = 0; i < out.length; i++) out[i] = f(x[i * dx] as number, y[i * dy] as number)
  }

export const choose = (out: Numbers, [c, x, y]: readonly [Numbers, Numbers, Numbers]): void => {
  const dc = stepOf(c)
  const dx = stepOf(x)
  const dy = stepOf(y)
  for (let i = 0; i < out.length; i++) out[i] = (c[i * dc] === 0 ? y[i * dy] : x[i * dx]) as number
}
