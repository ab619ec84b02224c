// mutates: the output array it is given, and arrays of its own, escapes: nothing
/**
 * y[b,m,n] = Σₖ x[b,m,k] · w[b,k,n], summed in float64 and rounded once.
 *
 * Four rows by two columns at a time: their sums stay in registers along k, so that every number that is read is used several
 * times. Every sum has its terms in the order of k, whatever stands beside it.
 *
 * Where x is mostly zeros and w is finite, terms of zeros are left out, one row by eight columns at a time: 0 · w is ±0, and a sum
 * that begins with 0 is not changed by it, not even in its sign. Beside an infinity it would be NaN.
 */
import type { Numbers } from '../../tensor/buffer.js'
import { isAllFinite, isMostlyZero } from './sparsity.js'

/** The columns in pairs, as float64: both numbers of a pair side by side, along k. An odd last column has zeros beside it. */
const packColumns = (packed: Float64Array, w: Numbers, start: number, k: number, n: number): void => {
  for (let p = 0; p < k; p++) for (let j = 0; j < n; j++) packed[((j >> 1) * k + p) * 2 + (j & 1)] = w[start + p * n + j] as number
}
/** The same, in eights. */
const packEights = (packed: Float64Array, w: Numbers, start: number, k: number, n: number): void => {
  for (let p = 0; p < k; p++) for (let j = 0; j < n; j++) packed[((j >> 3) * k + p) * 8 + (j & 7)] = w[start + p * n + j] as number
}
/** Four rows side by side, as float64, along k; fewer at the end, with what was there beside them, which nobody reads. */
const packRows = (packed: Float64Array, x: Numbers, start: number, k: number, rows: number): void => {
  for (let r = 0; r < rows; r++) for (let p = 0; p < k; p++) packed[p * 4 + r] = x[start + r * k + p] as number
}

/** Of one member of a batch. */
interface Sizes {
  readonly m: number
  readonly k: number
  readonly n: number
}

const multiplyDense = (out: Numbers, x: Numbers, w: Numbers, b: number, { m, k, n }: Sizes): void => {
  const pairs = (n + 1) >> 1
  const columns = new Float64Array(pairs * k * 2)
  const four = new Float64Array(k * 4)
  const sums = new Float64Array(8)
  packColumns(columns, w, b * k * n, k, n)
  for (let i = 0; i < m; i += 4) {
    const rows = Math.min(4, m - i)
    packRows(four, x, (b * m + i) * k, k, rows)
    for (let pair = 0; pair < pairs; pair++) {
      sumsOf(sums, four, columns, pair * k * 2, k)
      const at = (b * m + i) * n + pair * 2
      const wide = pair * 2 + 1 < n
      for (let r = 0; r < rows; r++) {
        out[at + r * n] = sums[r * 2] as number
        if (wide) out[at + r * n + 1] = sums[r * 2 + 1] as number
      }
    }
  }
}

export const multiply = (out: Numbers, x: Numbers, w: Numbers, batch: number, m: number, k: number, n: number): void => {
  for (let b = 0; b < batch; b++) {
    const sparse = isMostlyZero(x, b * m * k, m * k) && isAllFinite(w, b * k * n, k * n)
    if (sparse) multiplySparse(out, x, w, b, { m, k, n })
    else multiplyDense(out, x, w, b, { m, k, n })
  }
}

/** The eight sums of four rows and a pair of columns. */
const sumsOf = (sums: Float64Array, four: Float64Array, columns: Float64Array, start: number, k: number): void => {
  let [a0, a1, b0, b1, c0, c1, d0, d1] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let p = 0; p < k; p++) {
    const u = columns[start + p * 2] as number
    const v = columns[start + p * 2 + 1] as number
    const a = four[p * 4] as number
    const b = four[p * 4 + 1] as number
    const c = four[p * 4 + 2] as number
    const d = four[p * 4 + 3] as number
    a0 += a * u
    a1 += a * v
    b0 += b * u
    b1 += b * v
    c0 += c * u
    c1 += c * v
    d0 += d * u
    d1 += d * v
  }
  sums[0] = a0
  sums[1] = a1
  sums[2] = b0
  sums[3] = b1
  sums[4] = c0
  sums[5] = c1
  sums[6] = d0
  sums[7] = d1
}

const multiplySparse = (out: Numbers, x: Numbers, w: Numbers, b: number, { m, k, n }: Sizes): void => {
  const eights = (n + 7) >> 3
  const columns = new Float64Array(eights * k * 8)
  const values = new Float64Array(k)
  const places = new Int32Array(k)
  const sums = new Float64Array(8)
  packEights(columns, w, b * k * n, k, n)
  for (let i = 0; i < m; i++) {
    const start = (b * m + i) * k
    let count = 0
    for (let p = 0; p < k; p++) {
      const value = x[start + p] as number
      if (value === 0) continue
      values[count] = value
      places[count++] = p * 8
    }
    for (let eight = 0; eight < eights; eight++) {
      sparseSums(sums, values, places, count, columns, eight * k * 8)
      const at = (b * m + i) * n + eight * 8
      const wide = Math.min(8, n - eight * 8)
      for (let j = 0; j < wide; j++) out[at + j] = sums[j] as number
    }
  }
}

/** The eight sums of a row, whose numbers other than 0 and their places are given, and eight columns. */
const sparseSums = (
  sums: Float64Array,
  values: Float64Array,
  places: Int32Array,
  count: number,
  columns: Float64Array,
  start: number,
): void => {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let t = 0; t < count; t++) {
    const value = values[t] as number
    const at = start + (places[t] as number)
    a += value * (columns[at] as number)
    b += value * (columns[at + 1] as number)
    c += value * (columns[at + 2] as number)
    d += value * (columns[at + 3] as number)
    e += value * (columns[at + 4] as number)
    f += value * (columns[at + 5] as number)
    g += value * (columns[at + 6] as number)
    h += value * (columns[at + 7] as number)
  }
  sums[0] = a
  sums[1] = b
  sums[2] = c
  sums[3] = d
  sums[4] = e
  sums[5] = f
  sums[6] = g
  sums[7] = h
}
