/**
 * The number types of safetensors, and what we make of each: our own as they are; halves and bfloats as float32, and integers of other
 * sizes as int32, where they fit, without loss.
 *
 * @source IEEE 754-2008 §3.6; https://github.com/huggingface/safetensors, "Format"
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Numbers } from '../../tensor/buffer.js'
import { numbersFrom } from '../../tensor/codec.js'
import type { Precision } from '../../tensor/index.js'

interface Read {
  readonly precision: Precision
  readonly numbers: Numbers
}
/** How a number type is read from its bytes, which are our own copy. */
export interface Dtype {
  readonly bytes: number
  readonly read: (data: Uint8Array<ArrayBuffer>) => Either<string, Read>
}

const own = (precision: Precision, bytes: number): Dtype => ({
  bytes,
  read: (data) => right({ precision, numbers: numbersFrom(precision, data) }),
})
const asFloat = (bits: (word: number) => number): Dtype => ({
  bytes: 2,
  read: ({ buffer }) => right({ precision: 'float32', numbers: Float32Array.from(new Uint16Array(buffer), bits) }),
})
const asInteger = (bytes: number, numbersOf: (buffer: ArrayBuffer) => Iterable<number>): Dtype => ({
  bytes,
  read: ({ buffer }) => right({ precision: 'int32', numbers: Int32Array.from(numbersOf(buffer)) }),
})
const fits = (x: bigint): boolean => BigInt.asIntN(32, x) === x
const asSmallInteger = (name: string, numbersOf: (buffer: ArrayBuffer) => BigInt64Array | BigUint64Array): Dtype => ({
  bytes: 8,
  read: ({ buffer }) => {
    const numbers = Array.from<bigint>(numbersOf(buffer))
    const large = numbers.find((x) => !fits(x))
    return large === undefined
      ? right({ precision: 'int32', numbers: Int32Array.from(numbers, Number) })
      : left(`numbers of ${name} that fit into int32 expected, ${large} found`)
  },
})

/** A half: a sign, five bits of exponent and ten of fraction. */
const half = (word: number): number => {
  const [sign, exponent, fraction] = [word >> 15 === 0 ? 1 : -1, (word >> 10) & 31, word & 1023]
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}
/** The upper half of a float32. */
const bfloat = (word: number): number => new Float32Array(Uint32Array.of(word << 16).buffer)[0] ?? 0

export const dtypes: ReadonlyMap<string, Dtype> = new Map([
  ['F64', own('float64', 8)],
  ['F32', own('float32', 4)],
  ['I32', own('int32', 4)],
  ['U32', own('uint32', 4)],
  ['BOOL', own('bool', 1)],
  ['F16', asFloat(half)],
  ['BF16', asFloat(bfloat)],
  ['I64', asSmallInteger('I64', (buffer) => new BigInt64Array(buffer))],
  ['U64', asSmallInteger('U64', (buffer) => new BigUint64Array(buffer))],
  ['I16', asInteger(2, (buffer) => new Int16Array(buffer))],
  ['U16', asInteger(2, (buffer) => new Uint16Array(buffer))],
  ['I8', asInteger(1, (buffer) => new Int8Array(buffer))],
  ['U8', asInteger(1, (buffer) => new Uint8Array(buffer))],
])

/** The type that a precision is written as. */
export const dtypeOf = { float64: 'F64', float32: 'F32', int32: 'I32', uint32: 'U32', bool: 'BOOL' } as const satisfies Record<
  Precision,
  string
>
