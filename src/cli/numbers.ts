/**
 * Numbers on a command line: decimal, and nothing beside the number. What JavaScript reads further (`12abc` as 12, an empty text
 * as 0, `0x10` as 16) is a slip of the hand here.
 */
import { extendType, string, type Type } from 'cmd-ts'

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A decimal number of which something holds, or the sentence that says what is expected. */
const reading = (expected: string, holds: (x: number) => boolean): Type<string, number> =>
  extendType(string, {
    displayName: 'number',
    from: async (text) => {
      const x = decimal.test(text) ? Number(text) : Number.NaN
      if (holds(x)) return x
      throw new Error(`expects ${expected}, receives ${text === '' ? 'nothing' : text}`)
    },
  })

/** A whole number of at least `least`, exactly as it is written. */
export const whole = (least: number): Type<string, number> =>
  reading(`a whole number of at least ${least}`, (x) => Number.isSafeInteger(x) && x >= least)

/** A whole number, negative or not. */
export const integer = reading('a whole number', Number.isSafeInteger)

/** A number above 0. */
export const positive = reading('a number above 0', (x) => Number.isFinite(x) && x > 0)

/** A number of at least 0. */
export const notNegative = reading('a number of at least 0', (x) => Number.isFinite(x) && x >= 0)

/** A part of a whole, neither none nor all of it. */
export const part = reading('a number between 0 and 1', (x) => x > 0 && x < 1)

/** A part of a whole that may be none of it, but not all. */
export const share = reading('a number of at least 0 and below 1', (x) => x >= 0 && x < 1)
