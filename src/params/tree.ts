/**
 * Typed trees of tensors: a tensor, or a tuple, plain record or Immutable list, map or record of trees. Parameters, gradients, optimiser
 * states and training states are such trees; a function of one keeps its type.
 *
 *     mapTree(identity) = identity,  mapTree(g ∘ f) = mapTree(g) ∘ mapTree(f)
 */
import {
  type Map as ImmutableMap,
  type Record as ImmutableRecord,
  isRecord as isImmutableRecord,
  isList,
  isMap,
  type List,
} from 'immutable'
import { isRecord, type Report, shown, ValueError } from '../error/index.js'
import { Expression, foreign, isForeign } from '../tensor/expression.js'
import type { Tensor } from '../tensor/tensor.js'

type Path = readonly (string | number)[]
type Child = readonly [key: string | number, child: unknown]

/** A tree seen as its children and the way to put others in their place. */
interface Branch {
  readonly children: readonly Child[]
  readonly rebuild: (children: readonly unknown[]) => unknown
}

/** `.weights`, `[0]`, and `["a.b"]` for a key that is no name, so that different places have different paths. */
const showKey = (key: string | number): string =>
  typeof key === 'number' ? `[${key}]` : /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
const showPath = (path: Path): string => (path.length === 0 ? 'the root' : path.map(showKey).join(''))

/** Nothing for an instance of any other class: a native Map or a Promise has no fields, and would pass for an empty tree. */
const branchOf = (tree: object): Branch | undefined => {
  if (Array.isArray(tree)) return { children: [...tree.entries()], rebuild: (children) => children }
  if (isList(tree))
    return { children: [...(tree as List<unknown>).entries()], rebuild: (children) => (tree as List<unknown>).map((_, i) => children[i]) }
  if (isImmutableRecord(tree)) {
    const keys = Object.keys((tree as ImmutableRecord<Record<string, unknown>>).toObject())
    const record = tree as ImmutableRecord<Record<string, unknown>>
    return {
      children: keys.map((key) => [key, record.get(key)] as const),
      rebuild: (children) => record.merge(Object.fromEntries(keys.map((key, i) => [key, children[i]]))),
    }
  }
  if (isMap(tree)) {
    const map = tree as ImmutableMap<string, unknown>
    const places = new Map([...map.keys()].map((key, i) => [key, i]))
    return { children: [...map.entries()], rebuild: (children) => map.map((_, key) => children[places.get(key) ?? -1]) }
  }
  if (!isRecord(tree)) return undefined
  const keys = Object.keys(tree)
  return {
    children: Object.entries(tree),
    rebuild: (children) => Object.fromEntries(keys.map((key, i) => [key, children[i]])),
  }
}

/** What an object is an instance of, by its class. */
const instanceOf = (tree: object): Pick<Report, 'received' | 'hint'> => {
  if (isForeign(tree)) return foreign
  const { name } = (Object.getPrototypeOf(tree) as { readonly constructor: { readonly name: string } }).constructor
  return {
    received: `an instance of ${name}`,
    hint: tree instanceof Promise ? 'await it first' : 'use an array, a plain record, or a List, Map or Record of Immutable',
  }
}

const branchAt = (who: string, tree: unknown, path: Path): Branch => {
  if (typeof tree === 'object' && tree !== null) {
    const branch = branchOf(tree)
    if (branch !== undefined) return branch
    throw new ValueError({
      who,
      expected: isForeign(tree) ? 'a tensor' : 'a tree of tensors',
      ...instanceOf(tree),
      where: `at ${showPath(path)}`,
    })
  }
  throw new ValueError({
    who,
    expected: 'a tree of tensors',
    received: tree === null || tree === undefined ? `${tree}` : `a ${typeof tree}`,
    where: `${shown(tree)} at ${showPath(path)}`,
    hint: 'make it a tensor, with scalar or vector',
  })
}

export interface Leaf {
  /** `[0].weights` */
  readonly path: string
  readonly tensor: Tensor
}

const leavesAt = (who: string, tree: unknown, path: Path): readonly Leaf[] =>
  tree instanceof Expression
    ? [{ path: showPath(path), tensor: tree as unknown as Tensor }]
    : branchAt(who, tree, path).children.flatMap(([key, child]) => leavesAt(who, child, [...path, key]))

/** The tensors of a tree, in order, with their paths. @error `ValueError` for a leaf that is no tensor */
export const leavesWithPaths = (tree: unknown, who = 'leaves'): readonly Leaf[] => leavesAt(who, tree, [])

/** The tensors of a tree, in order. @error `ValueError` for a leaf that is no tensor */
export const leaves = (tree: unknown, who = 'leaves'): readonly Tensor[] => leavesWithPaths(tree, who).map((leaf) => leaf.tensor)

const mapAt = (f: (tensors: readonly Tensor[], path: string) => Tensor, trees: readonly unknown[], path: Path): unknown => {
  const [first, ...rest] = trees
  if (first instanceof Expression) {
    if (rest.every((other) => other instanceof Expression)) return f(trees as readonly Tensor[], showPath(path))
    throw new ValueError({ who: 'zipTrees', expected: 'a tensor', received: 'another structure', where: `at ${showPath(path)}` })
  }
  const branch = branchAt('mapTree', first, path)
  /** By key, not by place: a record is the same in whatever order its fields were written. */
  const others = rest.map((tree) => new Map(branchAt('zipTrees', tree, path).children))
  const odd = others.find((other) => other.size !== branch.children.length || !branch.children.every(([key]) => other.has(key)))
  if (odd !== undefined)
    throw new ValueError({
      who: 'zipTrees',
      expected: `{ ${branch.children.map(([key]) => key).join(', ')} }`,
      received: `{ ${[...odd.keys()].join(', ')} }`,
      where: `at ${showPath(path)}`,
    })
  return branch.rebuild(branch.children.map(([key, child]) => mapAt(f, [child, ...others.map((other) => other.get(key))], [...path, key])))
}

/** The tree of the same shape whose tensors `f` gives. */
export const mapTree =
  (f: (tensor: Tensor, path: string) => Tensor) =>
  <T>(tree: T): T =>
    mapAt(([tensor], path) => f(tensor as Tensor, path), [tree], []) as T

/** The tree whose tensors `f` gives from those at the same place of several trees of one structure. */
export const zipTrees =
  (f: (...tensors: readonly Tensor[]) => Tensor) =>
  <T>(first: T, ...rest: readonly NoInfer<T>[]): T =>
    mapAt((tensors) => f(...tensors), [first, ...rest], []) as T

/** The tree with these tensors, in the order of `leaves`, in the place of its own. */
export const withLeaves = <T>(tree: T, tensors: readonly Tensor[]): T => {
  const at = new Map(leavesWithPaths(tree).map(({ path }, i) => [path, tensors[i]]))
  return mapTree((tensor, path) => at.get(path) ?? tensor)(tree)
}
