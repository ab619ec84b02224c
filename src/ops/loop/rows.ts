// mutates: the output array it is given, escapes: nothing
/** Whole rows, copied by index, added by index, or joined. An index out of range reads 0 and adds nowhere. */
import type { Numbers } from '../../tensor/buffer.js'

export interface Rows {
  readonly batch: number
  /** How many indices for each member of the batch. */
  readonly count: number
  /** How many rows there are to choose from. */
  readonly size: number
  /** How long a row is. */
  readonly row: number
}

export const gatherRows = (out: Numbers, x: Numbers, indices: Numbers, { batch, count, size, row }: Rows): void => {
  for (let b = 0; b < batch; b++)
    for (let k = 0; k < count; k++) {
      const at = indices[b * count + k] as number
      if (at >= 0 && at < size) out.set(x.subarray((b * size + at) * row, (b * size + at + 1) * row), (b * count + k) * row)
    }
}

export const scatterAddRows = (out: Numbers, dy: Numbers, indices: Numbers, { batch, count, size, row }: Rows): void => {
  const sums = new Float64Array(out.length)
  for (let b = 0; b < batch; b++)
    for (let k = 0; k < count; k++) {
      const at = indices[b * count + k] as number
      if (at < 0 || at >= size) continue
      for (let r = 0; r < row; r++) {
        const place = (b * size + at) * row + r
        sums[place] = (sums[place] as number) + (dy[(b * count + k) * row + r] as number)
      }
    }
  out.set(sums)
}

/** Arrays seen as [outer, mid, inner], put one behind the other along `mid`. */
export const concatRows = (out: Numbers, xs: readonly Numbers[], outer: number, widths: readonly number[]): void => {
  const total = widths.reduce((sum, width) => sum + width, 0)
  let start = 0
  for (const [i, x] of xs.entries()) {
    const width = widths[i] as number
    for (let o = 0; o < outer; o++) out.set(x.subarray(o * width, (o + 1) * width), o * total + start)
    start += width
  }
}
