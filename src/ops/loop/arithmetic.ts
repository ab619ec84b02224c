// mutates: the output array it is given, escapes: nothing
/**
 * The loops of the commonest rows, each written out: a loop that calls a function for every number is one loop for all rows,
 * which no compiler can make fast. The meaning beside each says the same, and a law that they agree.
 *
 * An operand of a single number stands for all: its index is masked to 0.
 */
import type { Numbers } from '../../tensor/buffer.js'

export type UnaryLoop = (out: Numbers, operands: readonly [Numbers]) => void
export type BinaryLoop = (out: Numbers, operands: readonly [Numbers, Numbers]) => void

/** All bits, or none where there is one number. */
const maskOf = (x: Numbers): number => (x.length === 1 ? 0 : -1)

export const copy: UnaryLoop = (out, [x]) => {
  if (x.length === 1) out.fill(x[0] as number)
  else out.set(x)
}
export const neg: UnaryLoop = (out, [x]) => {
  const mx = maskOf(x)
  for (let i = 0; i < out.length; i++) out[i] = -(x[i & mx] as number)
}
export const sqrt: UnaryLoop = (out, [x]) => {
  const mx = maskOf(x)
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i & mx] as number)
}
export const shiftLeft =
  (bits: number): UnaryLoop =>
  (out, [x]) => {
    const mx = maskOf(x)
    for (let i = 0; i < out.length; i++) out[i] = (x[i & mx] as number) << bits
  }
export const shiftRight =
  (bits: number): UnaryLoop =>
  (out, [x]) => {
    const mx = maskOf(x)
    for (let i = 0; i < out.length; i++) out[i] = (x[i & mx] as number) >> bits
  }
export const shiftRightUnsigned =
  (bits: number): UnaryLoop =>
  (out, [x]) => {
    const mx = maskOf(x)
    for (let i = 0; i < out.length; i++) out[i] = (x[i & mx] as number) >>> bits
  }
export const rotateLeft =
  (bits: number): UnaryLoop =>
  (out, [x]) => {
    const mx = maskOf(x)
    for (let i = 0; i < out.length; i++) {
      const word = x[i & mx] as number
      out[i] = (word << bits) | (word >>> (32 - bits))
    }
  }
export const add: BinaryLoop = (out, [x, y]) => {
  const [a, b, size] = [x[0] as number, y[0] as number, out.length]
  if (x.length === 1) for (let i = 0; i < size; i++) out[i] = a + (y[i] as number)
  else if (y.length === 1) for (let i = 0; i < size; i++) out[i] = (x[i] as number) + b
  else for (let i = 0; i < size; i++) out[i] = (x[i] as number) + (y[i] as number)
}
/** Modulo 2³², as an array of integers keeps it. */
export const addIntegers: BinaryLoop = (out, [x, y]) => {
  const [mx, my] = [maskOf(x), maskOf(y)]
  for (let i = 0; i < out.length; i++) out[i] = ((x[i & mx] as number) + (y[i & my] as number)) | 0
}
export const sub: BinaryLoop = (out, [x, y]) => {
  const [a, b, size] = [x[0] as number, y[0] as number, out.length]
  if (x.length === 1) for (let i = 0; i < size; i++) out[i] = a - (y[i] as number)
  else if (y.length === 1) for (let i = 0; i < size; i++) out[i] = (x[i] as number) - b
  else for (let i = 0; i < size; i++) out[i] = (x[i] as number) - (y[i] as number)
}
export const mul: BinaryLoop = (out, [x, y]) => {
  const [a, b, size] = [x[0] as number, y[0] as number, out.length]
  if (x.length === 1) for (let i = 0; i < size; i++) out[i] = a * (y[i] as number)
  else if (y.length === 1) for (let i = 0; i < size; i++) out[i] = (x[i] as number) * b
  else for (let i = 0; i < size; i++) out[i] = (x[i] as number) * (y[i] as number)
}
export const div: BinaryLoop = (out, [x, y]) => {
  const [a, b, size] = [x[0] as number, y[0] as number, out.length]
  if (x.length === 1) for (let i = 0; i < size; i++) out[i] = a / (y[i] as number)
  else if (y.length === 1) for (let i = 0; i < size; i++) out[i] = (x[i] as number) / b
  else for (let i = 0; i < size; i++) out[i] = (x[i] as number) / (y[i] as number)
}
export const maximum: BinaryLoop = (out, [x, y]) => {
  const [mx, my] = [maskOf(x), maskOf(y)]
  for (let i = 0; i < out.length; i++) out[i] = Math.max(x[i & mx] as number, y[i & my] as number)
}
export const minimum: BinaryLoop = (out, [x, y]) => {
  const [mx, my] = [maskOf(x), maskOf(y)]
  for (let i = 0; i < out.length; i++) out[i] = Math.min(x[i & mx] as number, y[i & my] as number)
}
export const less: BinaryLoop = (out, [x, y]) => {
  const [mx, my] = [maskOf(x), maskOf(y)]
  for (let i = 0; i < out.length; i++) out[i] = (x[i & mx] as number) < (y[i & my] as number) ? 1 : 0
}
export const xor: BinaryLoop = (out, [x, y]) => {
  const [mx, my] = [maskOf(x), maskOf(y)]
  for (let i = 0; i < out.length; i++) out[i] = (x[i & mx] as number) ^ (y[i & my] as number)
}
