/** Numbers in options, checked once, where an optimiser is made. */
import { shown, ValueError } from '../error/index.js'

const wanted =
  (expected: string, holds: (x: number) => boolean) =>
  (who: string, what: string, x: number): number => {
    if (Number.isFinite(x) && holds(x)) return x
    throw new ValueError({ who, expected: `${expected} ${what}`, received: shown(x) })
  }

/** x > 0 */
export const positive = wanted('a positive', (x) => x > 0)
/** x ≥ 0 */
export const notNegative = wanted('a non-negative', (x) => x >= 0)
/** 0 ≤ x < 1 */
export const decay = wanted('at least 0 and less than 1 for', (x) => x >= 0 && x < 1)
/** 1, 2, 3, … */
export const wholeSteps = wanted('a whole positive', (x) => Number.isInteger(x) && x > 0)
