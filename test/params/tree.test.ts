/** Trees of tensors: tuples, records, and Immutable Lists, Records and Maps, mapped and zipped with their structure kept. */
import { runInNewContext } from 'node:vm'
import { Map as ImmutableMap, Set as ImmutableSet, is, List, OrderedMap, Record } from 'immutable'
import { describe, expect, test, vi } from 'vitest'
import { code } from '../../laws/print.js'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { ValueError } from '../../src/error/index.js'
import { mul, sub } from '../../src/ops/index.js'
import { hashTree } from '../../src/params/equal.js'
import { count, leaves, leavesWithPaths, mapTree, sameTree, withLeaves, zipTrees } from '../../src/params/index.js'
import { scalar, type Tensor, toNumber, vector, zeros } from '../../src/tensor/index.js'

const Pair = Record({ left: scalar(0) as Tensor, right: scalar(0) as Tensor }, 'Pair')
const tree = () => ({
  tuple: [scalar(1), { w: scalar(2), b: scalar(3) }] as const,
  list: List([scalar(4), scalar(5)]),
  record: Pair({ left: scalar(6), right: scalar(7) }),
  map: ImmutableMap({ x: scalar(8), y: List([scalar(9)]) } as { readonly x: Tensor; readonly y: List<Tensor> }),
  ordered: OrderedMap([
    ['b', scalar(10)],
    ['a', scalar(11)],
  ]),
  none: {},
})
const values = (t: unknown): readonly number[] => leaves(t).map(toNumber)

describe('trees', () => {
  test('leaves in order, with paths', () => {
    expect(values(tree())).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(leavesWithPaths(tree()).map(({ path }) => path)).toEqual([
      '.tuple[0]',
      '.tuple[1].w',
      '.tuple[1].b',
      '.list[0]',
      '.list[1]',
      '.record.left',
      '.record.right',
      '.map.x',
      '.map.y[0]',
      '.ordered.b',
      '.ordered.a',
    ])
    expect(leavesWithPaths(scalar(1)).map(({ path }) => path)).toEqual(['the root'])
  })

  test('mapTree keeps the structure: identity and composition', () => {
    const t = tree()
    const same = mapTree((x) => x)(t)
    expect(sameTree(same, t)).toBe(true)
    const [f, g] = [mul(2) as (x: Tensor) => Tensor, sub(1) as (x: Tensor) => Tensor]
    expect(sameTree(mapTree((x) => g(f(x)))(t), mapTree((x) => g(x))(mapTree((x) => f(x))(t)))).toBe(true)
    const doubled = mapTree((x) => f(x))(t)
    expect(values(doubled)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22])
    expect([
      List.isList(doubled.list),
      Record.isRecord(doubled.record),
      ImmutableMap.isMap(doubled.map),
      OrderedMap.isOrderedMap(doubled.ordered),
    ]).toEqual([true, true, true, true])
    expect(toNumber(doubled.record.left)).toBe(12)
    expect([...doubled.ordered.keys()]).toEqual(['b', 'a'])
  })

  test('mapTree tells the path', () => {
    const seen: string[] = []
    mapTree((x, path) => {
      seen.push(path)
      return x
    })({ a: [scalar(1), scalar(2)] })
    expect(seen).toEqual(['.a[0]', '.a[1]'])
  })

  test('zipTrees joins leaf by leaf', () => {
    const zero = zipTrees((a, b) => sub(b as Tensor)(a as Tensor))(tree(), tree())
    expect(values(zero)).toEqual(Array.from({ length: 11 }, () => 0))
    expect(is(zero.record, Pair({ left: scalar(0), right: scalar(0) }))).toBe(true)
    expect(values(zipTrees((a) => a as Tensor)(tree()))).toEqual(values(tree()))
  })

  test('keys in another order meet their own, and are not mixed up', () => {
    const forwards = OrderedMap([
      ['a', scalar(10)],
      ['b', scalar(20)],
    ])
    const backwards = OrderedMap([
      ['b', scalar(2)],
      ['a', scalar(1)],
    ])
    expect(values(zipTrees((a, b) => sub(b as Tensor)(a as Tensor))(forwards, backwards))).toEqual([9, 18])
  })

  test('maps that are equal zip, however they were made', () => {
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`)
    const [forwards, backwards] = [
      ImmutableMap(keys.map((k, i) => [k, scalar(i)])),
      ImmutableMap(keys.map((k, i) => [k, scalar(i)] as const).toReversed()),
    ]
    expect(is(forwards, backwards)).toBe(true)
    expect(sameTree(forwards, backwards)).toBe(true)
    expect(values(zipTrees((a, b) => sub(b as Tensor)(a as Tensor))(forwards, backwards))).toEqual(keys.map(() => 0))
  })

  test('structures that differ are refused, and where', () => {
    const zip = (a: unknown, b: unknown) => () => zipTrees((x) => x as Tensor)(a, b as never)
    expect(zip({ a: scalar(1) }, { b: scalar(1) })).toThrow('zipTrees expects { a }, receives { b } (at the root)')
    expect(zip([{ a: scalar(1) }], [{ a: scalar(1), b: scalar(2) }])).toThrow('zipTrees expects { a }, receives { a, b } (at [0])')
    expect(zip([scalar(1)], [[scalar(1)]])).toThrow('zipTrees expects a tensor, receives another structure (at [0])')
    expect(zip([[scalar(1)]], [scalar(1)])).toThrow()
  })

  test('what is no tensor is refused, and where', () => {
    expect(() => leaves({ a: [1] })).toThrow(
      'leaves expects a tree of tensors, receives a number; make it a tensor, with scalar or vector (1 at .a[0])',
    )
    expect(() => leaves({ a: null })).toThrow(
      'leaves expects a tree of tensors, receives null; make it a tensor, with scalar or vector (null at .a)',
    )
    expect(() => mapTree((x) => x)({ a: 'text' })).toThrow(
      'mapTree expects a tree of tensors, receives a string; make it a tensor, with scalar or vector ("text" at .a)',
    )
  })

  test('a tree that contains itself is refused', () => {
    const circle: { [key: string]: unknown } = { a: scalar(1) }
    circle['self'] = circle
    expect(() => leaves(circle)).toThrow('leaves expects a tree of at most 500 levels, receives more; a tree cannot contain itself')
    expect(() => mapTree((x) => x)(circle)).toThrow('mapTree expects a tree of at most 500 levels')
  })

  test('withLeaves puts others in their place, in order', () => {
    const others = values(tree()).map((v) => scalar(-v))
    expect(values(withLeaves(tree(), others))).toEqual(values(tree()).map((v) => -v))
  })

  test('keys that look like paths do not confuse it', () => {
    const odd = { 'a.b': scalar(1), a: { b: scalar(2) } }
    expect(values(withLeaves(odd, [scalar(10), scalar(20)]))).toEqual([10, 20])
    const bracket = { 'a[0]': scalar(1), a: [scalar(2)] }
    expect(values(withLeaves(bracket, [scalar(10), scalar(20)]))).toEqual([10, 20])
    expect(sameTree({ 'a.b': scalar(1) }, { a: { b: scalar(1) } })).toBe(false)
    expect(leavesWithPaths({ 'a.b': [scalar(1)], λ_1: scalar(2), '': scalar(3) }).map(({ path }) => path)).toEqual([
      '["a.b"][0]',
      '.λ_1',
      '[""]',
    ])
  })

  test('equality and hash', () => {
    expect([sameTree(tree(), tree()), hashTree(tree()) === hashTree(tree())]).toEqual([true, true])
    expect(sameTree({ a: scalar(1) }, { a: scalar(2) })).toBe(false)
    expect(sameTree({ a: scalar(1) }, { b: scalar(1) })).toBe(false)
    expect(sameTree([scalar(1)], [scalar(1), scalar(1)])).toBe(false)
    expect(sameTree([zeros([2])], [vector([0, 0])])).toBe(true)
  })

  test('count', () => expect(count([zeros([784, 128]), { bias: zeros([128]) }, {}, List([zeros([])])])).toBe(784 * 128 + 128 + 1))
})

describe('what is no tree', () => {
  class Weights {
    readonly w = scalar(1)
  }
  const choose = 'use an array, a plain record, or a List, Map or Record of Immutable'
  const wrong = (what: string, hint = choose): string =>
    `leaves expects a tree of tensors, receives an instance of ${what}; ${hint} (at .layers[0])`
  test.each([
    [new Map([['w', scalar(1)]]), wrong('Map')],
    [new Set([scalar(1)]), wrong('Set')],
    [new WeakMap(), wrong('WeakMap')],
    [Promise.resolve(scalar(1)), wrong('Promise', 'await it first')],
    [new Date(0), wrong('Date')],
    [Float32Array.of(1, 2), wrong('Float32Array')],
    [/a/, wrong('RegExp')],
    [new Error('no'), wrong('Error')],
    [new Weights(), wrong('Weights')],
    [ImmutableSet([scalar(1)]), wrong('Set')],
  ])('%o is refused', (value, message) => {
    for (const f of [leaves, mapTree((x) => x), (t: unknown) => sameTree(t, t)])
      expect(() => f({ layers: [value] })).toThrow(message.slice('leaves'.length))
    expect(() => leaves({ layers: [value] })).toThrow(ValueError)
    expect(() => leaves({ layers: [value] })).toThrow(message)
  })

  test('a function, and what it would hide', () =>
    expect(() => leaves({ f: Object.assign(() => 1, { w: scalar(1) }) })).toThrow('leaves expects a tree of tensors, receives a function'))

  test('records without a prototype, and those of another realm, are plain', () => {
    const bare = Object.assign(Object.create(null) as { readonly [key: string]: Tensor }, { w: scalar(1) })
    const other = Object.assign(runInNewContext('({})') as { readonly [key: string]: Tensor }, { w: scalar(2) })
    expect([values(bare), values(other)]).toEqual([[1], [2]])
  })

  test('a compiled function that is async', () =>
    expect(() => compile(reference)(async (x: Tensor) => mul(2)(x))(scalar(1))).toThrow(
      'compile expects a tree of tensors, receives an instance of Promise; await it first (at the root)',
    ))
})

describe('a tensor of another copy of the library', () => {
  const hint = 'import all of it from one copy, in one version and one module format: npm ls foldgrad lists them'
  test('is known for what it is, wherever it comes in', async () => {
    vi.resetModules()
    const { scalar: other } = await import('../../src/tensor/index.js')
    const foreign = other(1)
    expect(() => leaves([foreign])).toThrow(`leaves expects a tensor, receives one that another copy of foldgrad made; ${hint} (at [0])`)
    expect(() => toNumber(foreign)).toThrow(`toNumber expects a tensor, receives one that another copy of foldgrad made; ${hint}`)
    expect(() => mul(foreign)(scalar(1))).toThrow('another copy')
    expect(() => compile(reference)(mul(2))(foreign)).toThrow('another copy')
    expect(code({ x: foreign })).toBe('{ x: float32 [] 1 }')
  })
})
