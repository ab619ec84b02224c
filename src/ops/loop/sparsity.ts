// mutates: a count of its own, escapes: nothing
/** What a product may leave out: whether a part of an array is mostly zeros, and whether another is such that 0 times it is 0. */
import type { Numbers } from '../../tensor/buffer.js'

/** Every so many numbers are looked at: an odd step, so that they stand in different columns. */
export const stride = 61

/** Whether zeros are most of these numbers, as far as can be seen: pixels of handwriting, units behind a rectifier. Any answer is right. */
export const isMostlyZero = (x: Numbers, start: number, size: number): boolean => {
  let zeros = 0
  for (let i = start; i < start + size; i += stride) if (x[i] === 0) zeros++
  return zeros * stride * 2 > size
}

export const isAllFinite = (w: Numbers, start: number, size: number): boolean => {
  for (let i = start; i < start + size; i++) if (!Number.isFinite(w[i])) return false
  return true
}
