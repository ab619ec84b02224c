/**
 * Examples as code that can be pasted: what `code` prints of a value evaluates to that value again, bit for bit.
 *
 *     evaluate(code(x)) = x
 */
import * as fc from 'fast-check'
import { isRecord } from '../src/error/index.js'
import type { Precision } from '../src/prim/index.js'
import { Expression, isForeign } from '../src/tensor/expression.js'
import { isLiteral, type Tensor, toArray } from '../src/tensor/index.js'

/** A value that is printed as the code that makes it: of a thousand numbers nobody reads all. */
export class Recipe<T> {
  readonly value: T
  readonly text: string
  constructor(value: T, text: string) {
    this.value = value
    this.text = text
  }
}

const isName = (key: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)
const stringCode = (text: string): string => `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
const numberCode = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))
const listCode = (items: readonly string[]): string => `[${items.join(', ')}]`

/** The shortest decimal that rounds to this float32. */
const singleCode = (x: number): string => {
  const digits = [6, 7, 8].find((p) => Object.is(Math.fround(Number(x.toPrecision(p))), x))
  return numberCode(digits === undefined ? x : Number(x.toPrecision(digits)))
}

/** Constructors make float32 when nothing is said. */
const suffix = (precision: Precision): string => (precision === 'float32' ? '' : `, '${precision}'`)

const literalCode = ({ shape, precision }: Tensor, numbers: readonly number[]): string => {
  const print = precision === 'float32' ? singleCode : numberCode
  const [first = 0] = numbers
  const sizes = listCode(shape.map(numberCode))
  if (shape.length === 0) return `scalar(${print(first)}${suffix(precision)})`
  if (numbers.length > 1 && numbers.every((x) => Object.is(x, first))) return `full(${sizes}, ${print(first)}${suffix(precision)})`
  const all = listCode(numbers.map(print))
  return shape.length === 1 ? `vector(${all}${suffix(precision)})` : `tensor(${sizes}, ${all}${suffix(precision)})`
}
const tensorCode = (x: Tensor): string => (isLiteral(x) ? literalCode(x, Array.from(toArray(x))) : String(x))

/** A plain `__proto__:` would set the prototype of the record. */
const keyCode = (key: string): string => (key === '__proto__' ? "['__proto__']" : isName(key) ? key : stringCode(key))

const recordCode = (record: object): string => {
  const fields = Object.entries(record).map(([key, value]) => `${keyCode(key)}: ${code(value)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

/**
 * A value as code: numbers, strings, tensors, recipes, and arrays and records of them.
 *
 * @example
 * code({ x: vector([1, 2], 'float64'), size: 3 }) // => "{ x: vector([1, 2], 'float64'), size: 3 }"
 */
export const code = (value: unknown): string => {
  if (typeof value === 'number') return numberCode(value)
  if (typeof value === 'string') return stringCode(value)
  if (value instanceof Recipe) return value.text
  if (value instanceof Expression) return tensorCode(value as unknown as Tensor)
  if (isForeign(value)) return String(value)
  if (Array.isArray(value)) return listCode(value.map(code))
  if (typeof value === 'object' && value !== null && isRecord(value)) return recordCode(value)
  return fc.stringify(value)
}

/**
 * An example as declarations: a record's fields by their names, anything else as `example`.
 *
 * @example
 * declarations({ seed: 3, x: vector([1]) }) // => ['const seed = 3', 'const x = vector([1])']
 */
export const declarations = (example: unknown): readonly string[] =>
  typeof example === 'object' && example !== null && isRecord(example) && Object.keys(example).every(isName)
    ? Object.entries(example).map(([key, value]) => `const ${key} = ${code(value)}`)
    : example === undefined
      ? []
      : [`const example = ${code(example)}`]
