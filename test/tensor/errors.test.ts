/** The one form of every message, and the errors by name: word for word. */
import { left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import {
  DecodeError,
  Defect,
  DivergenceError,
  orThrow,
  PrecisionError,
  ShapeError,
  SystemError,
  sentence,
  shown,
  ValueError,
} from '../../src/error/index.js'
import { dense, input } from '../../src/layer/index.js'
import { dim } from '../../src/shape/index.js'
import { full, matrix, range, tensor, zeros } from '../../src/tensor/index.js'

const report = { who: 'dense', expected: 'a vector', received: '[28, 28, 1]' }

describe('messages', () => {
  test('who, expected, received; then a hint; then where', () => {
    expect(sentence(report)).toBe('dense expects a vector, receives [28, 28, 1]')
    expect(sentence({ ...report, hint: 'flatten first' })).toBe('dense expects a vector, receives [28, 28, 1]; flatten first')
    expect(sentence({ ...report, where: 'layer 2' })).toBe('dense expects a vector, receives [28, 28, 1] (layer 2)')
    expect(sentence({ ...report, hint: 'flatten first', where: 'layer 2' })).toBe(
      'dense expects a vector, receives [28, 28, 1]; flatten first (layer 2)',
    )
  })

  test.each([
    ['PrecisionError', new PrecisionError(report)],
    ['ValueError', new ValueError(report)],
    ['DecodeError', new DecodeError(report)],
    ['SystemError', new SystemError(report)],
    ['ShapeError', new ShapeError('dense expects a vector, receives [28, 28, 1]')],
    ['DivergenceError', new DivergenceError('dense expects a vector, receives [28, 28, 1]')],
  ] as const)('%s is an Error, by name and by tag', (name, error) => {
    expect(error).toBeInstanceOf(Error)
    expect([error.name, error._tag, error.message]).toEqual([name, name, 'dense expects a vector, receives [28, 28, 1]'])
    expect(String(error)).toBe(`${name}: dense expects a vector, receives [28, 28, 1]`)
  })

  test('no message is longer than 300 characters: of a longer one the longest parts are cut', () => {
    const long = 'x'.repeat(1e6)
    const sentences = [
      sentence({ ...report, received: long }),
      sentence({ who: long, expected: long, received: long, hint: long, where: long }),
      new ShapeError(long).message,
      new Defect(long).message,
      new DivergenceError(long).message,
    ]
    for (const message of sentences) expect(message.length).toBeLessThanOrEqual(300)
    expect(sentence({ ...report, received: long, hint: 'flatten first' })).toMatch(
      /^dense expects a vector, receives x{200,}…; flatten first$/,
    )
  })

  test.each<readonly [unknown, string]>([
    [1.5, '1.5'],
    [-0, '-0'],
    [undefined, 'undefined'],
    [null, 'null'],
    ['text', '"text"'],
    [10n, '10n'],
    [10n ** 99n, 'a large bigint'],
    [Symbol('s'), 'Symbol(s)'],
    [Math.max, 'the function max'],
    [[1, 'a', [2], {}], '[1, "a", […], {}]'],
    [[1, 2, 3, 4, 5, 6, 7], '[1, 2, 3, … 7 in all]'],
    [new Float32Array(9), 'a Float32Array of 9'],
    [{ lr: 1, of: { deep: 1 } }, '{ lr: 1, of: {…} }'],
    [new Map(), 'a Map'],
    [Promise.resolve(), 'a Promise'],
    [new Error('not found'), 'not found'],
    [zeros([2, 3]), 'float32 [2, 3]'],
    [pipe(input(2), dense(3)), 'a network from [2] to [3]'],
  ])('%s is named shortly', (value, name) => expect(shown(value)).toBe(name))

  test('what cannot even be read is named', () => {
    const throws = (): never => {
      throw new Error('no')
    }
    expect(shown(new Proxy({}, { get: throws, getPrototypeOf: throws }))).toBe('a value that cannot be read')
  })

  test('a defect asks to be reported', () => {
    expect(new Defect('a loop has no derivative yet').message).toBe(
      'a loop has no derivative yet; this is a defect of foldgrad, please report it',
    )
  })

  test('orThrow gives the right and throws the left', () => {
    expect(orThrow(right(3))).toBe(3)
    const error = new ShapeError('no')
    expect(() => orThrow(left(error))).toThrow(error)
  })
})

describe('making tensors', () => {
  test.each<readonly [() => unknown, string]>([
    [() => tensor([2, 3], [1, 2]), 'tensor expects 6 numbers for [2, 3], receives 2'],
    [() => tensor([-1], []), 'tensor expects whole sizes of at least 0, receives [-1]'],
    [() => tensor([1.5], [1]), 'tensor expects whole sizes of at least 0, receives [1.5]'],
    [() => matrix([[1, 2], [3] as unknown as [number, number]]), 'matrix expects rows of 2 numbers, receives 1 (row 1)'],
    [() => zeros([2, Number.NaN]), 'zeros expects whole sizes of at least 0, receives [2, NaN]'],
    [() => full([-2], 1), 'full expects whole sizes of at least 0, receives [-2]'],
    [() => range(2.5), 'range expects whole sizes of at least 0, receives [2.5]'],
  ])('%s', (make, message) => expect(make).toThrow(message))

  test('dim checks once', () => {
    expect(dim('batch')(32)).toEqual(right(32))
    expect(dim('batch')(-1)).toEqual(left(new ShapeError('dim expects a whole number of batch, receives -1')))
  })
})

describe('array-likes that are hostile', () => {
  test('fields that throw are the caller’s', () => {
    const throwing = Object.defineProperty({ length: 2, 0: 1 }, 1, {
      get: () => {
        throw new Error('not today')
      },
    }) as unknown as ArrayLike<number>
    expect(() => tensor([2], throwing)).toThrow(ValueError)
    expect(() => tensor([2], throwing)).toThrow('tensor expects numbers that can be read, receives')
  })
  test.each([1, 3, -1])('so is a length that changes by %i', (change) => {
    const counts = { asked: 0 }
    const shifting = Object.defineProperty({ 0: 1, 1: 2 }, 'length', {
      get: () => {
        counts.asked += 1
        return counts.asked === 1 ? 2 : 2 + change
      },
    }) as unknown as ArrayLike<number>
    expect(() => tensor([2], shifting)).toThrow(ValueError)
  })
})
