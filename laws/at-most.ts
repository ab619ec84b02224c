/** Laws of large samples: a few examples say as much as a hundred, and take a hundredth of the time. */
import type { LawOf } from './law.js'

/** The law, asked of no more than so many examples; a number that is dear to find is found when the law is asked. */
export const atMost =
  (most: number | (() => number)) =>
  <R>(law: LawOf<R>): LawOf<R> => ({
    ...law,
    run: ({ runs, seed }) => law.run({ runs: Math.min(runs, typeof most === 'number' ? most : most()), seed }),
  })

/** So many numbers are taken into account by all examples of a law of training together: a second or less. */
const affordable = 1_000_000

/** The law, asked of no more than so many examples, and of fewer where each of them looks at many numbers: of two at least. */
export const asManyAs =
  (most: number, numbers: () => number) =>
  <R>(law: LawOf<R>): LawOf<R> =>
    atMost(() => Math.max(2, Math.min(most, Math.ceil(affordable / numbers()))))(law)
