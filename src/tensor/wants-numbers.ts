/**
 * What literals are made of. Of an integer precision every number must be one that it can hold: a whole number in its range. So
 * nothing is cut off or wrapped in silence; who wants a float as an integer says `cast`, which drops the fraction and takes
 * the nearest there is. A bool is 0, 1, false or true.
 */
import { shown, ValueError } from '../error/index.js'
import { isFloat, type Precision, rangeOf } from '../prim/index.js'
import { misfit } from './loop/misfit.js'

const wantedBy = (precision: Precision): string => {
  const range = rangeOf(precision)
  if (range === undefined) return 'numbers'
  return precision === 'bool' ? '0, 1, false or true for bool' : `whole numbers from ${range[0]} to ${range[1]} for ${precision}`
}

const hintFor = (x: unknown, precision: Precision): { readonly hint?: string } =>
  typeof x === 'number' && !isFloat(precision) && precision !== 'bool' ? { hint: `cast('${precision}') converts a float` } : {}

/** Arrays that cannot hold anything else. */
const holdsOnly = (xs: ArrayLike<unknown>, precision: Precision): boolean => {
  if (!ArrayBuffer.isView(xs) || xs instanceof BigInt64Array || xs instanceof BigUint64Array || xs instanceof DataView) return false
  return isFloat(precision) || (precision === 'int32' ? xs instanceof Int32Array : precision === 'uint32' && xs instanceof Uint32Array)
}

/**
 * The numbers, if the precision can hold them all. `where`: how a place is called, if there is more than one.
 *
 * @error `ValueError` for the first that it cannot hold, and for what is no number, with its place
 */
export const wantsNumbers = (
  who: string,
  precision: Precision,
  xs: ArrayLike<number>,
  where: (i: number) => string | undefined = (i) => `index ${i}`,
): ArrayLike<number> => {
  if (holdsOnly(xs, precision)) return xs
  const wrong = misfit(precision, xs)
  if (wrong < 0) return precision === 'bool' ? Uint8Array.from(xs) : xs
  const place = where(wrong)
  throw new ValueError({
    who,
    expected: wantedBy(precision),
    received: shown(xs[wrong]),
    ...(place === undefined ? {} : { where: place }),
    ...hintFor(xs[wrong], precision),
  })
}

/** The one number of a scalar, or of all places alike. */
export const wantsNumber = (who: string, precision: Precision, x: number): number =>
  wantsNumbers(who, precision, [x], () => undefined)[0] ?? Number.NaN
