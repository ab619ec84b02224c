/**
 * Tensors from nested arrays, and nested arrays from tensors: the numbers as people write them, one bracket for every axis.
 *
 *     toNested(fromNested(x)) = x
 */
import { ShapeError, ValueError } from '../error/index.js'
import type { Precision } from '../prim/index.js'
import { fixedShape, type Shape, sizeOf } from '../shape/index.js'
import { allocate, literalOf, numbersOf, rounded } from './buffer.js'
import { wantsLiteral } from './read.js'
import type { Tensor } from './tensor.js'
import { wantsNumbers } from './wants-numbers.js'

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
/** A number, or arrays of them to any depth; the innermost may be typed. */
export type Nested = number | boolean | TypedArray | readonly Nested[]

/** The shape of nested arrays, as far as their type knows it: `[2, 3]` of `[[1, 2, 3], [4, 5, 6]]`, `[number, number]` of `number[][]`. */
export type ShapeOfNested<N> = [Nested] extends [N]
  ? Shape
  : N extends number | boolean
    ? readonly []
    : N extends TypedArray
      ? readonly [number]
      : N extends readonly (infer E)[]
        ? readonly [N['length'], ...ShapeOfNested<E>]
        : Shape
/** The nested arrays of a shape: `readonly (readonly number[])[]` of `[2, 3]`. */
export type NestedOf<S extends Shape> = number extends S['length']
  ? Nested
  : S extends readonly [number, ...infer R extends Shape]
    ? readonly NestedOf<R>[]
    : number

/** Deeper than anybody writes; what contains itself ends here. */
const deepest = 64
const isRow = (x: unknown): x is TypedArray => ArrayBuffer.isView(x) && !(x instanceof DataView)
const lengthOf = (x: unknown): number | undefined => (Array.isArray(x) || isRow(x) ? x.length : undefined)

/** The sizes along the first entries. */
const sizesOf = (x: unknown, sizes: readonly number[] = []): readonly number[] => {
  const length = lengthOf(x)
  if (length === undefined || sizes.length > deepest) return sizes
  return isRow(x) ? sizes.concat(length) : sizesOf((x as readonly unknown[])[0], sizes.concat(length))
}

/** `[2][0]`, for the entry of this number among all of a depth. */
const placeOf = (sizes: Shape, i: number): string =>
  sizes.reduceRight<readonly [rest: number, place: string]>(
    ([rest, place], n) => [Math.floor(rest / n), `[${rest % n}]${place}`],
    [i, ''],
  )[1]

/** The entries one level down, each of them an array as long as the others. */
const unpacked = (who: string, level: readonly unknown[], size: number, above: Shape): readonly unknown[] => {
  const odd = level.findIndex((entry) => lengthOf(entry) !== size)
  if (odd < 0) return above.length === 0 ? (level[0] as readonly unknown[]) : level.flat()
  const length = lengthOf(level[odd])
  throw new ShapeError(
    `${who} expects ${size} ${size === 1 ? 'entry' : 'entries'} in every bracket of a level, receives ${length ?? 'none'} (at ${placeOf(above, odd)})`,
  )
}

/**
 * The tensor of nested arrays; an array of no entries ends the shape.
 *
 * @shape  a bracket for every axis → [...S]
 * @error  `ShapeError` for brackets of different lengths, `ValueError` for what is no number; both with the place
 * @example
 * fromNested([[1, 2, 3], [4, 5, 6]]) // Tensor<readonly [2, 3]>
 * fromNested([new Float32Array(784), new Float32Array(784)]) // an image a row
 */
export const fromNested = <const N extends Nested>(nested: N, precision: Precision = 'float32'): Tensor<ShapeOfNested<N>> => {
  const who = 'fromNested'
  const sizes = sizesOf(nested)
  if (sizes.length > deepest) throw new ValueError({ who, expected: `at most ${deepest} axes`, received: 'more' })
  const [outer, width] = [sizes.slice(0, -1), sizes.at(-1)]
  if (width === undefined) {
    const only = rounded(
      precision,
      wantsNumbers(who, precision, [nested as number], () => undefined),
    )
    return literalOf([], precision, only) as Tensor as Tensor<ShapeOfNested<N>>
  }
  const rows = outer.reduce<readonly unknown[]>((level, size, depth) => unpacked(who, level, size, outer.slice(0, depth)), [nested])
  const numbers = allocate(precision, sizeOf(sizes))
  rows.forEach((row, i) => {
    if (lengthOf(row) !== width) unpacked(who, rows, width, outer)
    const place = (j: number): string => `at ${placeOf(outer, i)}[${j}]`
    numbers.set(rounded(precision, wantsNumbers(who, precision, row as ArrayLike<number>, place)), i * width)
  })
  return literalOf(fixedShape(sizes), precision, numbers) as Tensor as Tensor<ShapeOfNested<N>>
}

/**
 * The numbers of a literal as nested arrays, a bracket for every axis; of a scalar, its number.
 *
 * @error  `ValueError` for a placeholder, whose numbers are not known
 * @example
 * toNested(matrix([[1, 2], [3, 4]])) // => [[1, 2], [3, 4]]
 */
export const toNested = <S extends Shape>(x: Tensor<S>): NestedOf<S> => {
  const literal = wantsLiteral('toNested', x)
  const [inner, ...outer] = [...literal.shape].reverse()
  const numbers = Array.from(numbersOf(literal))
  if (inner === undefined) return numbers[0] as NestedOf<S>
  /** From the last axis outwards: n entries become one. */
  const wrap = (entries: readonly unknown[], size: number, count: number): readonly unknown[] =>
    Array.from({ length: count }, (_, i) => entries.slice(i * size, (i + 1) * size))
  const sizes = [inner, ...outer]
  const counts = sizes.map((_, i) => sizeOf(sizes.slice(i + 1)))
  return sizes.reduce<readonly unknown[]>((entries, size, i) => wrap(entries, size, counts[i] ?? 1), numbers)[0] as NestedOf<S>
}
