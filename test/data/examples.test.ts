/** Data sets made of data sets: example by example the same as before, only changed, chosen, ordered, or in groups. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  type Dataset,
  type Example,
  examplesAt,
  filterExamples,
  type Group,
  inSequence,
  kFold,
  mapExamples,
  shuffle,
  split,
} from '../../src/data/index.js'
import { at, div, mean, mul, reshape, sub, sum } from '../../src/ops/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { range, type Tensor, tensor, toArray, toNumber, vector, zeros } from '../../src/tensor/index.js'

type Pairs = Dataset<readonly [2], readonly [1]>
const rows = (data: Dataset<readonly number[], readonly number[]>): readonly string[] =>
  [...inSequence(data, { size: 1 })].map(({ x, y, weights }) =>
    [x, y, ...(weights ? [weights] : [])].map((t) => [...toArray(t)].join()).join(';'),
  )
const members = (x: Tensor): readonly number[] => [...toArray(x)]
const sorted = (texts: readonly string[]): readonly string[] => [...texts].sort()

/** Examples that may be equal, with weights or without. */
const datasets: fc.Arbitrary<Pairs> = fc
  .tuple(fc.array(fc.tuple(fc.tuple(fc.nat(3), fc.integer()), fc.nat(2), fc.nat(5)), { minLength: 1, maxLength: 30 }), fc.boolean())
  .map(([all, weighted]) => ({
    x: tensor([all.length, 2], all.flatMap(([x]) => x), 'float64'),
    y: tensor([all.length, 1], all.map(([, c]) => c)),
    ...(weighted ? { weights: vector(all.map(([, , w]) => w + 1)) } : {}),
  })) // biome-ignore format: a table
const seeds = fc.nat(2 ** 31 - 1)

describe('mapExamples', () => {
  type Pair = Example<readonly [2], readonly [1]>
  const squared = ({ x, y }: Pair) => ({ x: mul(x)(x), y: sub(1)(y) })
  const swapped = ({ x, y }: Pair) => ({ x: y, y: div(3)(x) })
  const change = ({ x, y }: Pair) => ({ x: sub(mean(-1)(x))(x), y: reshape([1, 1])(mul(2)(y)) })
  it('is the function of each example, and keeps weights', () =>
    fc.assert(
      fc.property(datasets, (data) => {
        const mapped: Dataset<readonly [2], readonly [1, 1]> = pipe(data, mapExamples(change))
        expect(sameTree(mapped.weights ?? [], data.weights ?? [])).toBe(true)
        for (let i = 0; i < data.x.shape[0]; i++) {
          const one = change({ x: at(i)(data.x), y: at(i)(data.y) })
          expect(sameTree([at(i)(mapped.x), at(i)(mapped.y)], [one.x, one.y])).toBe(true)
        }
      }),
    ))
  it('of functions, one after the other, is that of both', () =>
    fc.assert(
      fc.property(datasets, (data) => {
        const both = pipe(data, mapExamples((example) => swapped(squared(example)))) // biome-ignore format: one line
        expect(sameTree(pipe(data, mapExamples(squared), mapExamples(swapped)), both)).toBe(true)
      }),
    ))
  it('says what it was given instead', () => {
    const data = { x: zeros([2, 2]), y: zeros([2, 1]) }
    expect(() => mapExamples(7 as never)).toThrow('mapExamples expects a function of an example, { x, y }, receives 7')
    expect(() => mapExamples(() => 7 as never)(data)).toThrow('mapExamples expects a function that gives an example, { x, y }, receives 7')
    expect(() => mapExamples(change)([1] as never)).toThrow('mapExamples expects a data set, { x, y } of tensors, receives [1]')
    expect(() => mapExamples(({ x }: Pair) => ({ x, y: 1 as never }))(data)).toThrow('expects a tree of tensors')
  })
})

describe('filterExamples', () => {
  it('keeps those that a condition holds for, in order, and their weights', () =>
    fc.assert(
      fc.property(datasets, fc.nat(2), (data, c) => {
        const all = rows(data)
        const wanted = all.filter((_, i) => toNumber(sum(-1)(at(i)(data.y))) <= c)
        fc.pre(wanted.length > 0)
        expect(
          rows(
            pipe(
              data,
              filterExamples(({ y }) => toNumber(sum(-1)(y)) <= c),
            ),
          ),
        ).toEqual(wanted)
        expect(
          rows(
            pipe(
              data,
              filterExamples((_, i) => i === all.length - 1),
            ),
          ),
        ).toEqual(all.slice(-1))
      }),
    ))
  it('says what it was given instead', () => {
    const data = { x: zeros([2, 2]), y: zeros([2, 1]) }
    expect(() => filterExamples(undefined as never)).toThrow(
      'filterExamples expects a condition, a function of an example and its number, receives undefined',
    )
    expect(() => filterExamples(() => 1 as never)(data)).toThrow(
      'filterExamples expects true or false for whether an example stays, receives 1',
    )
    expect(() => filterExamples(() => false)(data)).toThrow(
      'filterExamples expects a condition that holds for an example, receives one that holds for none',
    )
  })
})

describe('shuffle', () => {
  it('keeps every example, as often as it is there; one key gives one order', () =>
    fc.assert(
      fc.property(datasets, seeds, (data, seed) => {
        const shuffled = shuffle({ key: key(seed) })(data)
        expect(sorted(rows(shuffled))).toEqual(sorted(rows(data)))
        expect(sameTree(shuffle({ key: key(seed) })(data), shuffled)).toBe(true)
      }),
    ))
  it('orders differently by other keys', () => {
    const data = { x: reshape([20, 1])(range(20)), y: zeros([20, 1]) }
    expect(new Set([1, 2, 3].map((seed) => rows(shuffle({ key: key(seed) })(data)).join(' '))).size).toBe(3)
    expect(() => shuffle({ key: 7 as never })).toThrow('shuffle expects a key, receives 7; make one with key(7)')
    expect(() => shuffle(undefined as never)).toThrow('shuffle expects a record of options, key, receives undefined')
  })
})

describe('groups', () => {
  const numbered = (count: number, classes: readonly number[] = []) => ({
    x: reshape([count, 1])(range(count)),
    y: vector(Array.from({ length: count }, (_, i) => classes[i] ?? 0), 'int32'), // biome-ignore format: one line
  })
  const groupings: fc.Arbitrary<readonly Group[]> = fc
    .array(fc.oneof(fc.nat(9), fc.constantFrom('1', 'a', 'b', '__proto__')), { minLength: 4, maxLength: 60 })
    .filter((groups) => new Set(groups).size >= 4)

  it('are never cut in two, nor lost, stratified or not; one key gives one split', () =>
    fc.assert(
      fc.property(groupings, seeds, fc.boolean(), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (groups, seed, stratify, test) => {
        const data = numbered(groups.length, groups.map((_, i) => i % 3)) // biome-ignore format: one line
        const options = { key: key(seed), groups, stratify }
        const parts = split({ ...options, test })(data)
        for (const { train, test: judged } of [parts, ...kFold({ ...options, folds: 4 })(data)]) {
          expect([...members(train.x), ...members(judged.x)].sort((a, b) => a - b)).toEqual(members(data.x))
          const [here, there] = [train, judged].map(({ x }) => new Set(members(x).map((i) => groups[i])))
          expect(here?.size).toBeGreaterThan(0)
          expect(there?.size).toBeGreaterThan(0)
          expect([...(there ?? [])].filter((group) => here?.has(group))).toEqual([])
        }
        expect(sameTree(split({ ...options, test })(data), parts)).toBe(true)
      }),
    ))
  it('are each in one fold, whose sizes differ by one group at most', () =>
    fc.assert(
      fc.property(groupings, seeds, (groups, seed) => {
        const data = numbered(groups.length)
        const folds = kFold({ folds: 4, key: key(seed), groups })(data).map(({ test }) => members(test.x))
        expect(folds.flat().sort((a, b) => a - b)).toEqual(members(data.x))
        const largest = Math.max(...groups.map((group) => groups.filter((other) => other === group).length))
        const sizes = folds.map((fold) => fold.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(largest)
      }),
    ))
  const pairs = Array.from({ length: 40 }, (_, i) => Math.floor(i / 2))
  it('make parts of the sizes that were asked for, where they are small', () => {
    for (const seed of [1, 2, 3]) expect(split({ test: 0.25, key: key(seed), groups: pairs })(numbered(40)).test.x.shape).toEqual([10, 1])
    const [a, b] = [1, 2].map((seed) => members(split({ test: 0.25, key: key(seed), groups: pairs })(numbered(40)).test.x).join())
    expect(a).not.toBe(b)
  })
  it('stratified, leave every part its share of each class', () => {
    // Classes of 30 and 10; each group is of one class.
    const data = numbered(40, pairs.map((group) => Number(group >= 15))) // biome-ignore format: one line
    const counts = (y: Tensor) => [0, 1].map((c) => members(y).filter((v) => v === c).length)
    for (const seed of [1, 2, 3]) {
      for (const { test } of kFold({ folds: 5, key: key(seed), groups: pairs, stratify: true })(data))
        expect(counts(test.y)).toEqual([6, 2])
      expect(counts(split({ test: 0.2, key: key(seed), groups: pairs, stratify: true })(data).test.y)).toEqual([6, 2])
    }
  })
  it('may be numbers or texts, told apart, in any list', () => {
    const apart = split({ test: 0.5, key: key(1), groups: [1, '1'] })(numbered(2))
    expect([apart.train.x.shape, apart.test.x.shape]).toEqual([[1, 1], [1, 1]]) // biome-ignore format: a table
    expect(
      kFold({ folds: 2, key: key(1), groups: Int32Array.of(3, 3, 4) })(numbered(3))
        .map(({ test }) => test.x.shape[0])
        .sort(),
    ).toEqual([1, 2])
  })
  it('are refused where they are none', () => {
    const of =
      (groups: unknown, count = 3) =>
      () =>
        split({ test: 0.5, key: key(1), groups: groups as never })(numbered(count))
    expect(of('abc')).toThrow('split expects groups, a list of numbers or texts, receives "abc"')
    expect(of([1, Number.NaN, 2])).toThrow('split expects groups, a list of numbers or texts, receives NaN')
    expect(of([1, 2])).toThrow('split expects 3 groups, one for each example, receives 2')
    expect(of([1, 1, 1])).toThrow('split expects at least 2 groups, receives 1')
    expect(() => kFold({ folds: 3, key: key(1), groups: ['a', 'b', 'a'] })(numbered(3))).toThrow(
      'kFold expects at least 3 groups, receives 2',
    )
  })
  it('and what was given may change afterwards', () => {
    const groups = [1, 1, 2, 2]
    const half = split({ test: 0.5, key: key(1), groups })
    const before = half(numbered(4))
    groups.fill(9)
    expect(sameTree(half(numbered(4)), before)).toBe(true)
  })
})

it('what is kept, changed and ordered is a data set like any other', () => {
  const data: Dataset<readonly [3], readonly [1]> = { x: reshape([4, 3])(range(12)), y: zeros([4, 1]), weights: vector([1, 2, 3, 4]) }
  const made = pipe(
    data,
    filterExamples((_, i) => i !== 1),
    mapExamples(({ x, y }) => ({ x: reshape([3, 1])(x), y })),
    shuffle({ key: key(1) }),
  )
  expect([made.x.shape, made.y.shape, [...members(made.weights ?? zeros([0]))].sort()]).toEqual([[3, 3, 1], [3, 1], [1, 3, 4]]) // biome-ignore format: a table
  expect(examplesAt(made, vector([0], 'int32')).x.shape).toEqual([1, 3, 1])
})
