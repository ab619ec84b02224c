/** The form of a tree: what it takes apart, it puts together; what has another form is not taken. */
import * as fc from 'fast-check'
import { Map as ImmutableMap, Record as ImmutableRecord, List } from 'immutable'
import { expect, it } from 'vitest'
import { formOf } from '../../src/engine/form.js'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { add } from '../../src/ops/index.js'
import { leaves, leavesWithPaths, sameTree } from '../../src/params/index.js'
import { placeholder, scalar, type Tensor, vector } from '../../src/tensor/index.js'

class Pair extends ImmutableRecord<{ left: unknown; right: unknown }>({ left: [], right: [] }) {}

const leaf = fc.oneof(
  fc.integer().map((n) => scalar(n)),
  fc.array(fc.integer(), { maxLength: 3 }).map((xs) => vector(xs, 'int32') as Tensor),
)
const { tree: anyTree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(tie('tree'), { maxLength: 3 }).map((xs) => List(xs)),
    fc.dictionary(fc.string(), tie('tree'), { maxKeys: 3 }).map((xs) => ImmutableMap(Object.entries(xs))),
    fc.tuple(tie('tree'), tie('tree')).map(([left, right]) => new Pair({ left, right })),
  ),
}))

it('build(take(tree)) = tree', () =>
  fc.assert(
    fc.property(anyTree, (tree) => {
      const taken: Tensor[] = []
      expect(formOf(tree).take(tree, taken)).toBe(true)
      expect(taken.every((x, i) => x === leaves(tree)[i])).toBe(true)
      const built = formOf(tree).build(taken)
      expect(sameTree(tree, built)).toBe(true)
      expect(leavesWithPaths(built)).toStrictEqual(leavesWithPaths(tree))
    }),
  ))

it.each<[string, unknown, unknown]>([
  ['another shape', [vector([1, 2])], [vector([1, 2, 3])]],
  ['another precision', [scalar(1)], [scalar(1, 'int32')]],
  ['other keys', { a: scalar(1) }, { b: scalar(1) }],
  ['more keys', { a: scalar(1) }, { a: scalar(1), b: scalar(1) }],
  ['keys in another order', { a: scalar(1), b: scalar(1) }, { b: scalar(1), a: scalar(1) }],
  ['another length', [scalar(1)], [scalar(1), scalar(1)]],
  ['a longer list', List([scalar(1)]), List([scalar(1), scalar(2)])],
  ['other keys of a map', ImmutableMap({ a: scalar(1) }), ImmutableMap({ b: scalar(1) })],
  ['another kind of branch', [scalar(1)], List([scalar(1)])],
  ['a branch where a leaf was', [scalar(1)], [[scalar(1)]]],
  ['a leaf where a branch was', [[scalar(1)]], [scalar(1)]],
  ['a placeholder', [scalar(1)], [placeholder([], 'float32', 'x')]],
])('%s is not taken', (_, tree, other) => expect(formOf(tree).take(other, [])).toBe(false))

it('a field called __proto__ is a field', () => {
  const tree = JSON.parse('{"__proto__": 0}') as Record<string, unknown>
  const named = Object.fromEntries(Object.keys(tree).map((key) => [key, scalar(1)]))
  const built = formOf(named).build([scalar(2)]) as Record<string, unknown>
  expect([Object.keys(built), Object.getPrototypeOf(built) === Object.prototype]).toEqual([['__proto__'], true])
})

it('a compiled function serves every form it meets, again and again', () => {
  const twice = compile(reference)((x: { readonly [key: string]: Tensor }) =>
    Object.fromEntries(Object.entries(x).map(([key, value]) => [key, add(value)(value)])),
  )
  for (const round of [1, 2, 3]) {
    expect(twice({ a: scalar(round) })).toStrictEqual({ a: scalar(2 * round) })
    expect(twice({ a: vector([round]), b: scalar(3) })).toStrictEqual({ a: vector([2 * round]), b: scalar(6) })
    expect(twice({ b: scalar(3), a: vector([round]) })).toStrictEqual({ b: scalar(6), a: vector([2 * round]) })
  }
})
