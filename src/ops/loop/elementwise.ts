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

/** The bits of numbers as words or bytes, where there are such: what is only moved need not be a number meanwhile. */
const bitsOf = (x: Numbers): Int32Array | Uint8Array | undefined => {
  if (x instanceof Uint8Array) return x
  return x.BYTES_PER_ELEMENT === 4 ? new Int32Array(x.buffer, x.byteOffset, x.length) : undefined
}

/** Without a branch, which a processor would guess wrongly half of the time. A condition is 0 or 1, and −c no bits or all. */
const chooseBits = <B extends Int32Array | Uint8Array>(out: B, c: Numbers, x: B, y: B): void => {
  for (let i = 0; i < out.length; i++) {
    const mask = -(c[i] as number)
    out[i] = ((x[i] as number) & mask) | ((y[i] as number) & ~mask)
  }
}

export const choose = (out: Numbers, [c, x, y]: readonly [Numbers, Numbers, Numbers]): void => {
  const size = out.length
  const [bits, xs, ys] = [bitsOf(out), bitsOf(x), bitsOf(y)]
  const whole = c.length === size && x.length === size && y.length === size
  if (whole && bits !== undefined && xs !== undefined && ys !== undefined) chooseBits(bits, c, xs, ys)
  else {
    const [dc, dx, dy] = [stepOf(c), stepOf(x), stepOf(y)]
    for (let i = 0; i < size; i++) out[i] = (c[i * dc] === 0 ? y[i * dy] : x[i * dx]) as number
  }
}
