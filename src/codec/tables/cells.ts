/**
 * What cells of a table say: numbers, truths, dates, or nothing. Codecs of io-ts, from text and back.
 *
 * Numbers are decimal, and dates those of ISO 8601, in UTC unless they say otherwise: a file says the same on every machine.
 */
import * as t from 'io-ts'
import { wantsList, wantsRecord } from '../../error/index.js'
import { fixed } from '../../shape/index.js'

/** A codec of what is written as a text; undefined is no value of it. */
const fromText = <A>(name: string, is: (u: unknown) => u is A, read: (text: string) => A | undefined, write: (value: A) => string) =>
  new t.Type<A, string>(
    name,
    is,
    (u, context) => {
      const value = typeof u === 'string' ? read(u.trim()) : undefined
      return value === undefined ? t.failure(u, context) : t.success(value)
    },
    write,
  )

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const isNumber = (u: unknown): u is number => Number.isFinite(u)
const finiteFrom = (text: string): number | undefined => {
  const number = decimal.test(text) ? Number(text) : Number.NaN
  return isNumber(number) ? number : undefined
}
const written = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

/**
 * A finite number with a decimal point: `5.1`, `-3`, `1e-3`, white space around it or not. Of decimal commas `csv` makes points.
 *
 * @example
 * NumberFromString.decode('5.1') // right(5.1)
 */
export const NumberFromString: t.Type<number, string> = fromText('NumberFromString', isNumber, finiteFrom, written)

const isWhole = (u: unknown): u is number => Number.isSafeInteger(u)
/** A whole number that is exact, such as that of a class: `7`, `-3`, `1e3`. */
export const IntFromString: t.Type<number, string> = fromText(
  'IntFromString',
  isWhole,
  (text) => {
    const number = finiteFrom(text)
    return isWhole(number) ? number : undefined
  },
  written,
)

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
])
/** `true`, `yes` and `1`, or `false`, `no` and `0`, in letters of any size. */
export const BooleanFromString: t.Type<boolean, string> = fromText(
  'BooleanFromString',
  (u): u is boolean => typeof u === 'boolean',
  (text) => truths.get(text.toLowerCase()),
  String,
)

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/
const isDate = (u: unknown): u is Date => u instanceof Date && !Number.isNaN(u.getTime())
const dateFrom = (text: string): Date | undefined => {
  const [, day, time = '00:00', zone = 'Z'] = iso.exec(text) ?? []
  const date = new Date(`${day}T${time}${zone}`)
  // The 30th of February is in March to some.
  return isDate(date) && new Date(`${day}T00:00Z`).toISOString().startsWith(String(day)) ? date : undefined
}
/** A date of ISO 8601: `2024-02-29`, `2024-02-29T12:30`, `2024-02-29 12:30:15.5+01:00`; UTC where it names no zone. */
export const DateFromString: t.Type<Date, string> = fromText('DateFromString', isDate, dateFrom, (date) => date.toISOString())

/**
 * A cell that may have nothing in it: undefined, where it holds one of these texts, or is not there.
 *
 * @param absent  the texts that say so; the first is written
 * @error  `ValueError` for what is no codec, and no list
 * @example
 * t.type({ age: optional(NumberFromString, ['', 'NA']) })
 */
export const optional = <A>(codec: t.Type<A, string, unknown>, absent: readonly string[] = ['']): t.Type<A | undefined, string> => {
  const { name, is, validate, encode } = wantsRecord('optional', 'a codec of io-ts', codec)
  const texts = fixed(wantsList('optional', 'a list of the texts of cells that say nothing', absent))
  return new t.Type<A | undefined, string>(
    `optional(${name})`,
    (u): u is A | undefined => u === undefined || is(u),
    (u, context) => (u === undefined || (typeof u === 'string' && texts.includes(u.trim())) ? t.success(undefined) : validate(u, context)),
    (value) => (value === undefined ? (texts[0] ?? '') : encode(value)),
  )
}
