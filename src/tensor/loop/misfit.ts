// mutates: its own counter, escapes: nothing
/** Where an array-like holds what a precision does not, by a loop without a call for every number. */
import { type Precision, rangeOf } from '../../prim/index.js'

/** The first place without a number, or −1. */
const noNumber = (xs: ArrayLike<unknown>): number => {
  const size = xs.length
  for (let i = 0; i < size; i++) if (typeof xs[i] !== 'number') return i
  return -1
}

/** The first place without a whole number of a range, or −1. Of bool, false and true are such. */
const notWhole = (xs: ArrayLike<unknown>, [least, largest]: readonly [number, number], truths: boolean): number => {
  const size = xs.length
  for (let i = 0; i < size; i++) {
    const x = xs[i]
    const fits = typeof x === 'number' ? x >= least && x <= largest && Math.floor(x) === x : truths && typeof x === 'boolean'
    if (!fits) return i
  }
  return -1
}

/** The first place whose number the precision cannot hold, or that has none, or −1. */
export const misfit = (precision: Precision, xs: ArrayLike<unknown>): number => {
  const range = rangeOf(precision)
  return range === undefined ? noNumber(xs) : notWhole(xs, range, precision === 'bool')
}
