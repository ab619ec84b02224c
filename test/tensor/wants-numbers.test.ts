/** What literals and weak numbers are made of: nothing is cut off, wrapped or invented in silence. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { add, cast, equal, greater, less, maximum, mul, pad, select } from '../../src/ops/index.js'
import { foldIn, key } from '../../src/random/index.js'
import { full, matrix, scalar, type Tensor, tensor, toArray, vector } from '../../src/tensor/index.js'

const loose = (x: unknown): number => x as number
const looseAll = (xs: unknown): readonly number[] => xs as readonly number[]

describe('a literal refuses what its precision does not hold', () => {
  const whole = 'whole numbers from -2147483648 to 2147483647 for int32'
  it.each<readonly [string, () => unknown, string]>([
    [
      'a fraction',
      () => tensor([2], [1.7, 3e10], 'int32'),
      `tensor expects ${whole}, receives 1.7; cast('int32') converts a float (index 0)`,
    ],
    [
      'too large',
      () => vector([1, 3e10], 'int32'),
      `vector expects ${whole}, receives 30000000000; cast('int32') converts a float (index 1)`,
    ],
    [
      'below 0',
      () => vector([0, -1], 'uint32'),
      "vector expects whole numbers from 0 to 4294967295 for uint32, receives -1; cast('uint32') converts a float (index 1)",
    ],
    ['NaN', () => scalar(Number.NaN, 'int32'), `scalar expects ${whole}, receives NaN; cast('int32') converts a float`],
    [
      'infinity',
      () => full([3], Number.POSITIVE_INFINITY, 'int32'),
      `full expects ${whole}, receives Infinity; cast('int32') converts a float`,
    ],
    [
      'floats of an array',
      () => tensor([1], Float32Array.of(0.5), 'int32'),
      `tensor expects ${whole}, receives 0.5; cast('int32') converts a float (index 0)`,
    ],
    [
      'in a row',
      () =>
        matrix(
          [
            [1, 2],
            [3, 0.5],
          ],
          'int32',
        ),
      `matrix expects ${whole}, receives 0.5; cast('int32') converts a float (row 1, column 1)`,
    ],
    ['two as a bool', () => vector([1, 2], 'bool'), 'vector expects 0, 1, false or true for bool, receives 2 (index 1)'],
    [
      'a word of no key',
      () => foldIn(1.5)(key(1)),
      "foldIn expects whole numbers from 0 to 4294967295 for uint32, receives 1.5; cast('uint32') converts a float",
    ],
  ])('%s', (_, f, message) => expect(f).toThrow(expect.objectContaining({ message })))
})

describe('a literal refuses what is no number', () => {
  it.each<readonly [string, () => unknown, string]>([
    ['nothing', () => scalar(loose(undefined)), 'scalar expects numbers, receives undefined'],
    ['null', () => vector(looseAll([null, 1])), 'vector expects numbers, receives null (index 0)'],
    ['nested arrays', () => vector(looseAll([[1, 2]])), 'vector expects numbers, receives [1, 2] (index 0)'],
    ['text', () => vector(looseAll([1, '2'])), 'vector expects numbers, receives "2" (index 1)'],
    ['a hole', () => tensor([2], looseAll(Object.assign(new Array(2), { 0: 1 }))), 'tensor expects numbers, receives undefined (index 1)'],
    ['a bigint', () => tensor([1], looseAll(BigInt64Array.of(1n))), 'tensor expects numbers, receives 1n (index 0)'],
    ['a truth value', () => scalar(loose(true)), 'scalar expects numbers, receives true'],
    ['an object', () => full([2], loose({ valueOf: () => 1 })), 'full expects numbers, receives { valueOf: the function valueOf }'],
  ])('%s', (_, f, message) => expect(f).toThrow(expect.objectContaining({ message })))
})

describe('a literal takes', () => {
  it.each<readonly [string, Tensor, readonly number[]]>([
    ['the ends of int32', vector([-(2 ** 31), 2 ** 31 - 1], 'int32'), [-(2 ** 31), 2 ** 31 - 1]],
    ['the ends of uint32', vector([0, 2 ** 32 - 1], 'uint32'), [0, 2 ** 32 - 1]],
    ['truth values as bool', vector(looseAll([false, true, 0, 1]), 'bool'), [0, 1, 0, 1]],
    [
      'any number as a float',
      vector([Number.NaN, Number.NEGATIVE_INFINITY, 1e30]),
      [Number.NaN, Number.NEGATIVE_INFINITY, Math.fround(1e30)],
    ],
  ])('%s', (_, x, numbers) => expect([...toArray(x)]).toEqual(numbers))

  it('floats as integers by cast alone, the nearest there is', () => {
    expect([...toArray(cast('int32')(vector([1e20, -1.7, Number.NaN])))]).toEqual([2 ** 31 - 1, -1, 0])
    expect([...toArray(cast('uint32')(vector([-1, 1e20])))]).toEqual([0, 2 ** 32 - 1])
  })
})

describe('a number beside an integer tensor is refused as a float tensor is', () => {
  const x = vector([1, 2], 'int32')
  const [u, b] = [vector([1, 2], 'uint32'), vector([1, 0], 'bool')]
  it.each<readonly [string, () => unknown, string]>([
    ['add(0.5)', () => add(0.5)(x), 'add expects one numeric precision, receives int32 and float32; cast one of them'],
    ['mul(0.5)', () => mul(0.5)(u), 'mul expects one numeric precision, receives uint32 and float32; cast one of them'],
    ['add(3e10)', () => add(3e10)(x), 'add expects one numeric precision, receives int32 and float32; cast one of them'],
    ['add(-1) of uint32', () => add(-1)(u), 'add expects one numeric precision, receives uint32 and float32; cast one of them'],
    ['maximum(NaN)', () => maximum(Number.NaN)(x), 'maximum expects one numeric precision, receives int32 and float32; cast one of them'],
    ['equal(2.5)', () => equal(2.5)(x), 'equal expects one precision, receives int32 and float32; cast one of them'],
    ['equal(2) of bool', () => equal(2)(b), 'equal expects one precision, receives bool and float32; cast one of them'],
    ['less(2.5)', () => less(2.5)(x), 'less expects one numeric precision, receives int32 and float32; cast one of them'],
    ['greater(2.5)', () => greater(2.5)(x), 'less expects one numeric precision, receives float32 and int32; cast one of them'],
    [
      'select(x, 0.5)',
      () => pipe(b, select(x as Tensor, 0.5)),
      'select expects bool and two of one precision, receives bool, int32 and float32',
    ],
    ['pad', () => pad({ low: [1], high: [0], value: 0.5 })(x), 'pad expects a value of int32, receives 0.5'],
  ])('%s', (_, f, message) => expect(f).toThrow(expect.objectContaining({ message })))

  it('and whole numbers are what they were', () => {
    expect([...toArray(add(-1)(x))]).toEqual([0, 1])
    expect([...toArray(less(2)(u))]).toEqual([1, 0])
    expect([...toArray(equal(1)(b))]).toEqual([1, 0])
  })
})
