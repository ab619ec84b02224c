/**
 * How a value is named in a message: shortly, and without walking it. Whatever a caller hands in, a large array, a graph with
 * sharing, an object whose getters throw, its name is at most 80 characters (an error's sentence 200) and takes no time to make.
 *
 *     shown([1, 2, 3]) = '[1, 2, 3]',   shown(new Float32Array(9)) = 'a Float32Array of 9',   shown({ lr: 1 }) = '{ lr: 1 }'
 */

/** A value with this property names itself: a tensor its type, a network its shapes. Registered, so that another copy of the library is understood. */
export const shownAs = Symbol.for('foldgrad.shown')

const longestName = 80
/** An error names itself by its sentence. */
const longestSentence = 200
/** Of a list or a record, so many entries are named. */
const mostEntries = 6

/** The text, cut to so many characters. */
export const clipped = (text: string, longest: number): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`)

const entries = (names: readonly string[], count: number): string =>
  count > mostEntries ? `${names.slice(0, 3).join(', ')}, … ${count} in all` : names.join(', ')

/** An entry of a list or a record: as it is, if it is short; else its kind. */
const shownInside = (value: unknown): string =>
  Array.isArray(value)
    ? value.length === 0
      ? '[]'
      : '[…]'
    : typeof value === 'object' && value !== null
      ? shownObject(value)
      : shownAtom(value)

const shownAtom = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(clipped(value, longestName / 2))
  if (typeof value === 'function')
    return shownAs in value ? String(value[shownAs]) : value.name === '' ? 'a function' : `the function ${value.name}`
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? `${value}n` : 'a large bigint'
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Whether an object is a plain record, of this realm or another, and not an instance of a class. */
export const isRecord = (data: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(data)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** An object that is not looked into. */
const shownObject = (value: object): string => {
  const own: unknown = (value as { readonly [shownAs]?: unknown })[shownAs]
  if (typeof own === 'string') return own
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}${'length' in value ? ` of ${value.length}` : ''}`
  return isRecord(value) ? (Object.keys(value).length === 0 ? '{}' : '{…}') : `a ${value.constructor?.name || 'value of no class'}`
}

const shownRecord = (value: object): string => {
  const keys = Object.keys(value)
  const names = keys.slice(0, mostEntries).map((key) => `${clipped(key, 30)}: ${shownInside((value as Record<string, unknown>)[key])}`)
  return keys.length === 0 ? '{}' : `{ ${entries(names, keys.length)} }`
}

const named = (value: unknown): string => {
  if (Array.isArray(value)) return `[${entries(value.slice(0, mostEntries).map(shownInside), value.length)}]`
  if (typeof value !== 'object' || value === null) return shownAtom(value)
  return isRecord(value) && !(shownAs in value) ? shownRecord(value) : shownObject(value)
}

/**
 * The name of any value, for a message.
 *
 * @example
 * shown([1, 2, 3, 4, 5, 6, 7]) // => '[1, 2, 3, … 7 in all]'
 */
export const shown = (value: unknown): string => {
  try {
    return value instanceof Error ? clipped(value.message, longestSentence) : clipped(named(value), longestName)
  } catch {
    return 'a value that cannot be read'
  }
}
