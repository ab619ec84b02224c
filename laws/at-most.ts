/** Laws of large samples: a few examples say as much as a hundred, and take a hundredth of the time. */
import type { Law } from './law.js'

/** The law, asked of no more than so many examples; a number that is dear to find is found when the law is asked. */
export const atMost =
  (most: number | (() => number)) =>
  (law: Law): Law => ({
    ...law,
    run: ({ runs, seed }) => law.run({ runs: Math.min(runs, typeof most === 'number' ? most : most()), seed }),
  })
