/** Whoever is not on our side: writes over every array, typed array and plain record that can be reached. */
import { List } from 'immutable'
import { Expression } from '../../src/tensor/expression.js'

const isPlain = (x: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(x))
/** What is reached from here that is data: a tensor's and a function's own fields, the entries of a list. */
const partsOf = (x: object): readonly unknown[] =>
  List.isList(x) ? [...x] : ArrayBuffer.isView(x) ? [] : Reflect.ownKeys(x).map((key) => (x as Record<PropertyKey, unknown>)[key])

const isData = (x: object): boolean => Array.isArray(x) || ArrayBuffer.isView(x) || isPlain(x)

const reached = (x: unknown, seen: Set<object> = new Set()): ReadonlySet<object> => {
  if ((typeof x !== 'object' && typeof x !== 'function') || x === null || seen.has(x)) return seen
  if (typeof x === 'function' || isData(x) || List.isList(x) || x instanceof Expression) {
    seen.add(x)
    for (const part of partsOf(x)) reached(part, seen)
  }
  return seen
}

/** Whether something reached from here could be written over; what is private to a function cannot be reached. */
export const isAttackable = (x: unknown): boolean => [...reached(x)].some((part) => isData(part) && !Object.isFrozen(part))

/** Other numbers, another text, nothing where anything else was. */
const instead = (value: unknown): unknown => (typeof value === 'number' ? value + 7 : typeof value === 'string' ? `${value}!` : undefined)

/** Writes over all of it, and adds to it. */
export const spoil = (x: unknown): void => {
  for (const part of reached(x)) {
    if (part instanceof Expression || List.isList(part) || part instanceof Function) continue
    for (const key of Object.keys(part)) Reflect.set(part, key, instead((part as Record<string, unknown>)[key]))
    if (Array.isArray(part)) Reflect.set(part, part.length, 7)
  }
}
