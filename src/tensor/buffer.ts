// mutates: the cached hash and the lazily filled buffer of a literal, escapes: nothing
/**
 * The buffer door: the only way to the numbers of a literal. Typed arrays cannot be frozen, so a literal keeps its own
 * to itself; what leaves through `toArray` is a copy. Engines and row loops may look through `numbersOf`, and must not write.
 *
 * A literal whose numbers are all equal holds only the one (`uniform`), until somebody asks for the array.
 */
import { Defect, SystemError, shown, ValueError } from '../error/index.js'
import type { Precision } from '../prim/index.js'
import { type FixedShape, fixedShape, type Shape, sameShape, sizeOf } from '../shape/index.js'
import { toBase64 } from './base64.js'
import { Expression, tensorOf } from './expression.js'
import { printBriefly, printLiteral } from './print.js'
import type { Tensor } from './tensor.js'

/** One array type per precision. */
export interface NumbersOf {
  readonly float32: Float32Array
  readonly float64: Float64Array
  readonly int32: Int32Array
  readonly uint32: Uint32Array
  readonly bool: Uint8Array
}
export type Numbers = NumbersOf[Precision]

const constructors = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint32: Uint32Array, bool: Uint8Array }
const wantsPrecision = (precision: Precision): Precision => {
  if (Object.hasOwn(constructors, precision)) return precision
  const expected = `one of the precisions ${Object.keys(constructors).join(', ')}`
  throw new ValueError({ who: 'foldgrad', expected, received: shown(precision) })
}

/** A tensor as JSON: its numbers' bytes, little endian, in base 64. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly precision: Precision
  readonly data: string
}

/**
 * Room for `size` numbers of a precision, all zero, for what somebody does.
 *
 * @error `SystemError` where there is no such room
 */
export const allocate = (precision: Precision, size: number, who = 'foldgrad'): Numbers => {
  const array = constructors[wantsPrecision(precision)]
  try {
    return new array(size)
  } catch (error) {
    const bytes = size * array.BYTES_PER_ELEMENT
    throw new SystemError({ who, expected: `${bytes} bytes for ${size} numbers of ${precision}`, received: shown(error) })
  }
}

/** The numbers, rounded to the precision; bool is 0 or 1. */
export const rounded = (precision: Precision, numbers: ArrayLike<number>): Numbers => {
  const out = allocate(precision, numbers.length)
  if (precision === 'bool') for (let i = 0; i < out.length; i++) out[i] = numbers[i] === 0 ? 0 : 1
  else out.set(numbers)
  return out
}

/** The numbers of rows of one width, one row behind the other, rounded. */
export const roundedRows = (precision: Precision, rows: readonly ArrayLike<number>[], width: number): Numbers => {
  const out = allocate(precision, rows.length * width)
  for (const [i, row] of rows.entries()) out.set(precision === 'bool' ? rounded(precision, row) : row, i * width)
  return out
}

/** 0, 1, … size − 1, rounded. */
export const counted = (precision: Precision, size: number): Numbers => {
  const out = allocate(precision, size)
  for (let i = 0; i < size; i++) out[i] = precision === 'bool' && i > 0 ? 1 : i
  return out
}

const nanHash = 0x7fc00000
/** FNV-1a, with the high bits folded down: a float's low bits are often all 0, and a product moves bits only up. */
const mixed = (hash: number, word: number): number => {
  const product = Math.imul(hash ^ word, 16777619)
  return product ^ (product >>> 15)
}
/** Over the bits, every NaN alike, so that literals which `equals` calls equal have one hash. */
const hashNumbers = (numbers: Numbers, seed: number): number => {
  /** Of bool, whose bytes need not lie on a boundary of words, the numbers are the words. */
  const perNumber = Math.max(1, numbers.BYTES_PER_ELEMENT / 4)
  const words = numbers.BYTES_PER_ELEMENT < 4 ? numbers : new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * perNumber)
  let hash = seed
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i] as number
    if (x !== x) hash = mixed(hash, nanHash)
    else for (let w = 0; w < perNumber; w++) hash = mixed(hash, words[i * perNumber + w] as number)
  }
  return hash | 0
}

/** Numbers of a shape. Compares by value: element by element with `Object.is`, so −0 is not 0 and NaN is NaN. */
export class Literal extends Expression {
  readonly kind = 'literal'
  readonly #uniform: number | undefined
  #numbers: Numbers | (() => Numbers)
  #hash: number | undefined
  constructor(shape: FixedShape, precision: Precision, numbers: Numbers | (() => Numbers), uniform?: number) {
    super(shape, precision)
    this.#numbers = numbers
    this.#uniform = uniform
  }
  static numbersOf(literal: Literal): Numbers {
    const own = typeof literal.#numbers === 'function' ? literal.#numbers() : literal.#numbers
    literal.#numbers = own
    return own
  }
  static uniformOf(literal: Literal): number | undefined {
    return literal.#uniform
  }
  equals(other: unknown): boolean {
    if (this === other) return true
    if (!(other instanceof Literal) || other.precision !== this.precision || !sameShape(other.shape, this.shape)) return false
    const a = Literal.numbersOf(this)
    const b = Literal.numbersOf(other)
    for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
    return true
  }
  hashCode(): number {
    this.#hash ??= hashNumbers(Literal.numbersOf(this), Math.imul(this.shape.length + 1, 2166136261) ^ sizeOf(this.shape))
    return this.#hash
  }
  toString(): string {
    return printLiteral(this.type, this.shape, this.precision, Literal.numbersOf(this))
  }
  override brief(): string {
    return printBriefly(this.type, this.precision, Literal.numbersOf(this))
  }
  /** What `JSON.stringify` writes, and `TensorCodec` reads: the same bits come back. */
  toJSON(): StoredTensor {
    const numbers = Literal.numbersOf(this)
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
    return { shape: [...this.shape], precision: this.precision, data: toBase64(bytes) }
  }
  override [Symbol.toPrimitive](hint: string): string | number {
    return hint !== 'string' && this.shape.length === 0 ? (Literal.numbersOf(this)[0] as number) : super[Symbol.toPrimitive](hint)
  }
}

/** A literal that takes the array over; the caller keeps no other reference to it. */
export const literalOf = <S extends Shape>(shape: S, precision: Precision, numbers: Numbers): Tensor<S> => {
  if (numbers.length !== sizeOf(shape)) throw new Defect(`a literal of shape [${shape.join(', ')}] was given ${numbers.length} numbers`)
  return literalLike(fixedShape(shape), precision, numbers)
}
/** The same, for an engine that has counted already. */
export const literalLike = <S extends Shape>(shape: FixedShape<S>, precision: Precision, numbers: Numbers): Tensor<S> =>
  tensorOf(new Literal(shape, precision, numbers))
/** A literal whose numbers are made when they are first read: until then it takes no room, whatever its shape. */
export const literalLater = <S extends Shape>(shape: S, precision: Precision, make: () => Numbers): Tensor<S> =>
  tensorOf(new Literal(fixedShape(shape), precision, make))

/** A literal whose numbers all equal `value`, which the precision can hold, in constant space. */
export const uniformLike = <S extends Shape>(shape: FixedShape<S>, precision: Precision, value: number): Tensor<S> =>
  tensorOf(new Literal(shape, precision, () => allocate(precision, sizeOf(shape)).fill(value), value))

/** A literal whose numbers all equal `value`, rounded to the precision, in constant space. */
export const uniform = <S extends Shape>(shape: S, precision: Precision, value: number): Tensor<S> =>
  uniformLike(fixedShape(shape), precision, rounded(precision, [value])[0] as number)

/** The one number of a literal made by `uniform`, or undefined. */
export const uniformOf = (x: Literal): number | undefined => Literal.uniformOf(x)

/** A literal's own numbers: to be read, not written, not kept. */
export const numbersOf = (x: Literal): Numbers => Literal.numbersOf(x)

/** A literal's numbers, or the one that stands for them all where it was made by `uniform`. */
export const fewestNumbersOf = (x: Literal): Numbers => {
  const value = uniformOf(x)
  return value === undefined ? numbersOf(x) : rounded(x.precision, [value])
}
