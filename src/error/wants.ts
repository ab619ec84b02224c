/** What a function asks of its arguments before it uses them, for callers without types: a sentence instead of the engine's own error. */
import { ValueError } from './error.js'
import type { Report } from './report.js'
import { isRecord, shown } from './shown.js'

/** The function itself, or the sentence that says what was expected in its place. */
export const wantsFunction = <F>(who: string, expected: string, f: F, hint?: string): F => {
  if (typeof f === 'function') return f
  throw new ValueError({ who, expected, received: shown(f), ...(hint === undefined ? {} : { hint }) })
}

/** The record itself, or whatever has fields, or the sentence that says what was given in its place. */
export const wantsRecord = <R>(who: string, expected: string, x: R, hint?: string): R => {
  if ((typeof x === 'object' && x !== null) || typeof x === 'function') return x
  throw new ValueError({ who, expected, received: shown(x), ...(hint === undefined ? {} : { hint }) })
}

/** The number itself, which is finite, or the sentence that says what was given in its place. */
export const wantsNumber = (who: string, what: string, x: number): number => {
  if (Number.isFinite(x)) return x
  throw new ValueError({ who, expected: `a number for ${what}`, received: shown(x) })
}

/** The number itself, which is finite and above 0, or the sentence that says what was given in its place. */
export const wantsPositive = (who: string, what: string, x: number): number => {
  if (typeof x === 'number' && x > 0 && x < Number.POSITIVE_INFINITY) return x
  throw new ValueError({ who, expected: `a finite number above 0 for ${what}`, received: shown(x) })
}

/** The number itself, whole and at least 1, or the sentence that says what was given in its place. */
export const wantsWhole = (who: string, of: string, x: number): number => {
  if (Number.isSafeInteger(x) && x >= 1) return x
  throw new ValueError({ who, expected: `a whole number of ${of} of at least 1`, received: shown(x) })
}

/** True or false itself, or the sentence that says what was given in its place. */
export const wantsBoolean = (who: string, what: string, x: boolean): boolean => {
  if (typeof x === 'boolean') return x
  throw new ValueError({ who, expected: `true or false for ${what}`, received: shown(x) })
}

/** The text itself, or the sentence that says what was given in its place. */
export const wantsText = <T extends string>(who: string, what: string, x: T): T => {
  // A record with such a key is a collection to Immutable.
  if (typeof x === 'string' && !x.startsWith('@@__IMMUTABLE')) return x
  throw new ValueError({ who, expected: `a text for ${what}`, received: shown(x) })
}

/** The list itself, or the sentence that says what was given in its place. */
export const wantsList = <L extends readonly unknown[]>(who: string, expected: string, xs: L): L => {
  if (Array.isArray(xs)) return xs
  throw new ValueError({ who, expected, received: shown(xs) })
}

/** What can be walked through itself, or the sentence that says what was given in its place. */
export const wantsIterable = <I>(who: string, expected: string, xs: I): I => {
  if (typeof xs === 'object' && xs !== null && Symbol.iterator in xs) return xs
  throw new ValueError({ who, expected, received: shown(xs) })
}

/** What can be walked through, now or as it comes, itself, or the sentence that says what was given in its place. */
export const wantsStream = <I>(who: string, expected: string, xs: I): I => {
  if (typeof xs === 'object' && xs !== null && (Symbol.asyncIterator in xs || Symbol.iterator in xs)) return xs
  throw new ValueError({ who, expected, received: shown(xs) })
}

/** How many letters must be changed, added or left out to make one word of another. */
const distance = (a: string, b: string): number =>
  [...a].reduce<readonly number[]>(
    (above, letter, i) =>
      [...b].reduce<readonly number[]>(
        (row, other, j) => row.concat(Math.min((row[j] ?? 0) + 1, (above[j + 1] ?? 0) + 1, (above[j] ?? 0) + (letter === other ? 0 : 1))),
        [i + 1],
      ),
    Array.from({ length: b.length + 1 }, (_, i) => i),
  )[b.length] ?? 0

/** `lr` of `learningRate`. */
const initials = (word: string): string => word.replace(/[^A-Z]/g, (_, i) => (i === 0 ? (word[0] ?? '') : '')).toLowerCase()

/** The word of a list that was most likely meant; none, if more than half of its letters are others. */
export const nearest = (word: string, words: readonly string[]): string | undefined => {
  const typed = word.slice(0, 40).toLowerCase()
  const far = (candidate: string): number => (initials(candidate) === typed ? 0 : distance(typed, candidate.toLowerCase()))
  const [best] = [...words].sort((a, b) => far(a) - far(b))
  return best !== undefined && 2 * far(best) <= Math.max(typed.length, best.length) ? best : undefined
}

/** The question whether another word was meant, as the hint of a report; nothing, where none is near. */
export const didYouMean = (word: string, words: readonly string[]): Pick<Report, 'hint'> => {
  const near = nearest(word, words)
  return near === undefined ? {} : { hint: `did you mean ${near}?` }
}

/**
 * Options over their defaults. An option that is undefined is not given.
 *
 * @param required  options without a default; whoever uses them checks them
 * @error  `ValueError` for what is no record, and for an option that nobody knows: `adam expects learningRate, beta1, beta2
 *         or epsilon, receives the option lr; did you mean learningRate?`
 */
export const optionsOf = <D extends object, G extends object = Partial<D>>(
  who: string,
  defaults: D,
  given: G,
  required: readonly string[] = [],
): D & G => {
  const known = [...required, ...Object.keys(defaults)]
  const names = known.length > 1 ? `${known.slice(0, -1).join(', ')} or ${known.at(-1)}` : `${known[0]}`
  if (typeof given !== 'object' || given === null || Array.isArray(given) || !isRecord(given))
    throw new ValueError({ who, expected: `a record of options, ${names}`, received: shown(given) })
  const defined = Object.entries(given).filter(([, value]) => value !== undefined)
  const odd = defined.find(([name]) => !known.includes(name))
  if (odd !== undefined) throw new ValueError({ who, expected: names, received: `the option ${odd[0]}`, ...didYouMean(odd[0], known) })
  return { ...defaults, ...Object.fromEntries(defined) } as D & G
}
