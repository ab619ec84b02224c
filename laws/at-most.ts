/** Laws of large samples: a few examples say as much as a hundred, and take a hundredth of the time. */
import type { Law } from './law.js'

/** The law, asked of no more than so many examples. */
export const atMost =
  (most: number) =>
  (law: Law): Law => ({ ...law, run: ({ runs, seed }) => law.run({ runs: Math.min(runs, most), seed }) })
