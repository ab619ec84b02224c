/** Literals are values: equal number by number with `Object.is`, hashed accordingly, uniform or dense. */
import * as fc from 'fast-check'
import { hash, Map as ImmutableMap, Set as ImmutableSet, is } from 'immutable'
import { describe, expect, test } from 'vitest'
import { add, mul } from '../../src/ops/index.js'
import { literalOf, rounded } from '../../src/tensor/buffer.js'
import { full, type Precision, placeholder, range, scalar, type Tensor, tensor, toArray, vector, zeros } from '../../src/tensor/index.js'

const precisions = ['float32', 'float64', 'int32', 'uint32', 'bool'] as const satisfies readonly Precision[]
const awkward = fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, -1, 0.5, 2 ** 31, 5e-324)
const anyNumber = fc.oneof(awkward, fc.double(), fc.integer())
const anyLiteral: fc.Arbitrary<Tensor> = fc
  .record({ precision: fc.constantFrom(...precisions), numbers: fc.array(anyNumber, { maxLength: 4 }), flat: fc.boolean() })
  .map(({ precision, numbers, flat }) => literalOf(flat ? [numbers.length] : [1, numbers.length], precision, rounded(precision, numbers)))
const bits = (x: Tensor): string =>
  JSON.stringify([x.precision, x.shape, Array.from(toArray(x), (v) => (Object.is(v, -0) ? '-0' : String(v)))])

describe('value equality', () => {
  test('two literals are equal just when precision, shape and every number are', () => {
    fc.assert(
      fc.property(anyLiteral, anyLiteral, (a, b) => is(a, b) === (bits(a) === bits(b))),
      { numRuns: 2000 },
    )
  })

  test('equal literals have one hash', () => {
    fc.assert(
      fc.property(anyLiteral, (a) => {
        const copy = tensor(a.shape, toArray(a), a.precision)
        return is(a, copy) && hash(a) === hash(copy)
      }),
    )
  })

  test.each(['float32', 'float64'] as const)('%s: −0 is not 0; every NaN is one NaN; infinities differ', (precision) => {
    const one = (x: number): Tensor => vector([x], precision)
    expect(is(one(0), one(-0))).toBe(false)
    expect(is(one(Number.NaN), one(Number.NaN))).toBe(true)
    expect(is(one(Number.POSITIVE_INFINITY), one(Number.NEGATIVE_INFINITY))).toBe(false)
    expect(is(one(Number.POSITIVE_INFINITY), one(Number.POSITIVE_INFINITY))).toBe(true)
  })

  test('NaNs of other bits are equal and hash alike', () => {
    const quiet = literalOf([1], 'float32', new Float32Array(Uint32Array.of(0x7fc00000).buffer))
    const other = literalOf([1], 'float32', new Float32Array(Uint32Array.of(0xffc12345).buffer))
    expect(is(quiet, other)).toBe(true)
    expect(hash(quiet)).toBe(hash(other))
    const wide = literalOf([1], 'float64', new Float64Array(BigUint64Array.of(0x7ff8000000000000n).buffer))
    const odd = literalOf([1], 'float64', new Float64Array(BigUint64Array.of(0xfff8000000000001n).buffer))
    expect([is(wide, odd), hash(wide) === hash(odd)]).toEqual([true, true])
  })

  test('precision and shape matter', () => {
    expect(is(scalar(1), scalar(1, 'float64'))).toBe(false)
    expect(is(zeros([2, 3]), zeros([3, 2]))).toBe(false)
    expect(is(zeros([0]), zeros([0, 1]))).toBe(false)
  })

  test.each(precisions)('%s: hashes of different literals seldom collide, though their low bits be 0', (precision) => {
    const binary = Array.from({ length: 4096 }, (_, i) =>
      hash(
        vector(
          Array.from({ length: 12 }, (__, k) => (i >> k) & 1),
          precision,
        ),
      ),
    )
    expect(new Set(binary).size).toBeGreaterThan(4090)
  })

  test('bytes need not lie on a boundary of words', () => {
    const odd = literalOf([2], 'bool', new Uint8Array(Uint8Array.of(9, 1, 0, 9).buffer, 1, 2))
    const even = vector([1, 0], 'bool')
    expect([is(odd, even), hash(odd) === hash(even)]).toEqual([true, true])
  })

  test('they are keys of Immutable collections', () => {
    expect(ImmutableMap([[vector([1, 2]), 'a']]).get(tensor([2], [1, 2]) as never)).toBe('a')
    expect(ImmutableSet([vector([1]), vector([1]), vector([2])]).size).toBe(2)
  })

  test('placeholders are equal by reference only', () => {
    const [a, b] = [placeholder([2]), placeholder([2])]
    expect([is(a, a), is(a, b)]).toEqual([true, false])
  })
})

describe('uniform literals', () => {
  const dense = (size: number, value: number, precision: Precision): Tensor =>
    tensor(
      [size],
      Array.from({ length: size }, () => value),
      precision,
    )
  test('equal dense ones, and hash as they do', () => {
    fc.assert(
      fc.property(fc.constantFrom(...precisions), anyNumber, fc.nat(5), (precision, any, size) => {
        const value = rounded(precision, [any])[0] ?? 0
        const [a, b] = [full([size], value, precision), dense(size, value, precision)]
        return is(a, b) && is(b, a) && hash(a) === hash(b)
      }),
    )
  })

  test('compute what dense ones compute', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, fc.array(anyNumber, { minLength: 3, maxLength: 3 }), (x, y, numbers) => {
        const data = tensor([3], numbers, 'float64')
        return (
          is(add(full([3], y, 'float64'))(full([3], x, 'float64')), add(dense(3, y, 'float64'))(dense(3, x, 'float64'))) &&
          is(mul(full([3], y, 'float64'))(data), mul(dense(3, y, 'float64') as never)(data)) &&
          is(add(data)(full([3], x, 'float64')), add(data)(dense(3, x, 'float64') as never))
        )
      }),
    )
  })
})

describe('floats are rounded to their precision on the way in', () => {
  test.each([
    ['float32', [0.1, 2 ** 24 + 1, 1e300], [Math.fround(0.1), 2 ** 24, Number.POSITIVE_INFINITY]],
    ['float64', [0.1, 2 ** 24 + 1, 1e300], [0.1, 2 ** 24 + 1, 1e300]],
  ] as const)('%s', (precision, given, kept) => expect(Array.from(toArray(vector(given, precision)))).toEqual(kept))
})

describe('the buffer door', () => {
  test('toArray copies: what is done to the copy stays there', () => {
    const x = vector([1, 2, 3])
    const copy = toArray(x)
    copy[0] = 99
    expect(Array.from(toArray(x))).toEqual([1, 2, 3])
  })
  test('a literal does not keep the array it was made from', () => {
    const source = Float32Array.of(1, 2)
    const x = tensor([2], source)
    source[0] = 99
    expect(Array.from(toArray(x))).toEqual([1, 2])
  })
  test('range counts', () => expect(is(range(4), vector([0, 1, 2, 3], 'int32'))).toBe(true))
})
