// mutates: the output array it is given, escapes: nothing
/** y[b,m,n] = Σₖ x[b,m,k] · w[b,k,n], summed in float64 and rounded once. */
import type { Numbers } from '../../tensor/buffer.js'

export const multiply = (out: Numbers, x: Numbers, w: Numbers, batch: number, m: number, k: number, n: number): void => {
  const row = new Float64Array(n)
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < m; i++) {
      row.fill(0)
      for (let p = 0; p < k; p++) {
        const a = x[(b * m + i) * k + p] as number
        const start = (b * k + p) * n
        for (let j = 0; j < n; j++) row[j] = (row[j] as number) + a * (w[start + j] as number)
      }
      out.set(row, (b * m + i) * n)
    }
}
