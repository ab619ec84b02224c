/** A fitted transform is decoded to the same bits; anything else is refused in one sentence, or is a transform that keeps its word. */
import * as fc from 'fast-check'
import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it, test } from 'vitest'
import { decodeTransform, encodeTransform, TransformCodec } from '../../src/codec/index.js'
import { columnTransformer, imputer, numericColumn, oneHotEncoder, pipeline, standardScaler } from '../../src/data/index.js'
import { longestMessage, orThrow } from '../../src/error/index.js'
import { matrix, toArray } from '../../src/tensor/index.js'
import { invertible, table, whole } from '../data/tables.js'

const decoded = (text: string) => orThrow(decodeTransform('t.json')(text))
const message = (result: Either<Error, unknown>): string => (isLeft(result) ? result.left.message : 'no error')
const given = { size: [0.1, 3, -7], age: [undefined, 4, 1 / 3], species: ['b', 'a', undefined], street: ['x', 'y', 'x'] }
const texts = [whole(given), invertible(given), standardScaler(matrix([[1, 2], [3, 5]]))].map((transform) => encodeTransform(transform)) // biome-ignore format: rows

describe('a transform file', () => {
  test.each([
    ['every kind', whole],
    ['what has a way back', invertible],
  ])('gives back the same bits: %s', (_, fitTo) =>
    fc.assert(
      fc.property(table, table, (train, test) => {
        const own = fitTo(train)
        const back = decoded(encodeTransform(own as never))
        expect(toArray(back.apply(test))).toEqual(toArray(own.apply(test)))
        expect(back.description).toEqual(own.description)
        expect([back.names(), back.unknown(test), back.takes, back.inputs, back.outputs]).toEqual([own.names(), own.unknown(test), own.takes, own.inputs, own.outputs]) // biome-ignore format: one equation
        expect(back.inverse?.(back.apply(test))).toEqual(own.inverse?.(own.apply(test) as never))
      }),
    ),
  )
  it('is one line of JSON, with a version', () =>
    expect(encodeTransform(oneHotEncoder()(['b', 'a']))).toBe(
      '{"format":"foldgrad-transform","version":1,"transform":{"kind":"oneHotEncoder","categories":["a","b"],"mostFrequent":"a","unknown":"zeros","missing":"zeros","drop":false}}',
    ))
  it('may stand in a larger one', () => {
    const both = t.type({ name: t.string, transform: TransformCodec })
    const back = both.decode(JSON.parse(JSON.stringify(both.encode({ name: 'n', transform: decoded(texts[0] ?? '') }))))
    expect(isRight(back) && encodeTransform(back.right.transform)).toBe(texts[0])
    expect(both.is({ name: 'n', transform: {} })).toBe(false)
  })
  it('of another shape is applied to what it takes alone', () =>
    expect(() => decoded(texts[2] ?? '').apply([1, 2])).toThrow('standardScaler expects a tensor'))
})

describe('what is no transform file', () => {
  const file = (transform: unknown): string => JSON.stringify({ format: 'foldgrad-transform', version: 1, transform })
  const nested = (depth: number): unknown => (depth === 0 ? { kind: 'numericColumn' } : { kind: 'pipeline', steps: [nested(depth - 1)] })
  const scaler = { kind: 'standardScaler', mean: [1], deviation: [2] }
  const encoder = { kind: 'oneHotEncoder', categories: ['a', 'b'], mostFrequent: 'a', unknown: 'zeros', missing: 'zeros', drop: false }
  test.each<readonly [string, string, string]>([
    ['no JSON', '{', 'decodeTransform expects JSON'],
    ['nothing', '{}', 'decodeTransform expects a transform file, receives undefined for format'],
    ['another version', file(scaler).replace('1', '2'), 'receives 2 for version: 1'],
    ['no description', file(7), 'transform expects a description with a kind, receives 7 (description)'],
    ['an unknown kind', file({ kind: 'toString' }), 'transform expects a known transform, receives "toString"'],
    ['a mean that is no number', file({ ...scaler, mean: ['1'] }), 'transform expects finite number as 0, receives "1" (standardScaler)'],
    ['a number that JSON cannot hold', file(scaler).replace('[2]', '[1e999]'), 'expects finite number above 0 as 0, receives Infinity'],
    ['a deviation of 0', file({ ...scaler, deviation: [0] }), 'expects finite number above 0 as 0, receives 0'],
    ['too few deviations', file({ ...scaler, mean: [1, 2] }), 'expects as many deviations as means'],
    ['no features', file({ kind: 'minMaxScaler', min: [], range: [], low: 0, high: 1 }), 'expects as many ranges as minima, and high above low'],
    ['an interval the wrong way', file({ kind: 'minMaxScaler', min: [0], range: [1], low: 1, high: 0 }), 'and high above low'],
    ['a category twice', file({ ...encoder, categories: ['a', 'a'] }), 'expects categories that differ, and the most frequent of them'],
    ['a most frequent category that there is not', file({ ...encoder, mostFrequent: 'c' }), 'and the most frequent of them'],
    ['an option that there is not', file({ ...encoder, missing: 'mean' }), 'expects zeros or feature or mostFrequent as missing, receives "mean"'],
    ['more features than anybody wants', file({ kind: 'featureHasher', size: 1e9, signed: true }), 'whole number from 1 to 1048576 as size, receives 1000000000'],
    ['steps that do not join', file({ kind: 'pipeline', steps: [encoder, scaler] }), 'expects steps that join, receives composeTransforms expects a transform of 2 features'],
    ['no steps', file({ kind: 'pipeline', steps: [] }), 'transform expects at least one step, receives none (pipeline)'],
    ['steps of columns', file({ kind: 'pipeline', steps: [encoder, encoder] }), 'of categories'],
    ['a column of a table', file({ kind: 'columnTransformer', columns: [{ name: 'a', transform: scaler }], precision: 'float32' }), 'transform expects transforms of columns, receives one of features (columnTransformer)'],
    ['a column twice', file({ kind: 'columnTransformer', columns: [1, 2].map(() => ({ name: 'a', transform: encoder })), precision: 'float32' }), 'expects columns whose names differ'],
    ['a thousand million features', file({ kind: 'columnTransformer', columns: Array.from({ length: 1000 }, (_, i) => ({ name: `${i}`, transform: { kind: 'featureHasher', size: 2 ** 20, signed: true } })), precision: 'float32' }), 'columnTransformer expects at most 1048576 features, receives 1048576000'],
    ['more steps than anybody wants', file({ kind: 'pipeline', steps: [{ kind: 'numericColumn' }, ...Array.from({ length: 1e5 }, () => scaler)] }), 'composeTransforms expects at most 32 steps, receives 33'],
    ['a depth that nobody wants', file(nested(40)), 'transform expects at most 32 transforms inside of each other, receives more'],
    ['a depth beyond the stack', `${'{"transform":'.repeat(1e5)}1${'}'.repeat(1e5)}`, 'decodeTransform expects'],
  ])('%s', (_, text, sentence) => {
    const said = message(decodeTransform('t.json')(text))
    expect(said).toContain(sentence)
    expect(said).toMatch(/\(t\.json(, line 1, column 2)?\)$/)
    expect(said.length).toBeLessThanOrEqual(longestMessage)
  }) // biome-ignore format: a table
  it('encodes nothing but transforms', () => {
    expect(() => encodeTransform({ description: scaler })).toThrow(
      'encodeTransform expects a fitted transform, receives { description: {…} }',
    )
    expect(() => TransformCodec.encode(7 as never)).toThrow('TransformCodec expects a fitted transform, receives 7')
  })
})

it('a stored transform and a network of its features', () => {
  const fitted = columnTransformer({ age: pipeline(imputer(), standardScaler), size: numericColumn })(given)
  expect(pipe(decoded(encodeTransform(fitted)).apply({ age: [undefined], size: [1] }), (x) => x.shape)).toEqual([1, 2])
})
