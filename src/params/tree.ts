/**
 * Typed trees of tensors: a tensor, or a tuple, plain record or Immutable list, map or record of trees. Parameters, gradients, optimiser
 * states and training states are such trees; a function of one keeps its type.
 *
 *     mapTree(identity) = identity,  mapTree(g ∘ f) = mapTree(g) ∘ mapTree(f)
 */
import { type Report, shown, ValueError } from '../error/index.js'
import { Expression, foreign, isForeign } from '../tensor/expression.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Branch, type BranchKey, branchOf } from './branch.js'

type Path = readonly BranchKey[]

/** `.weights`, `[0]`, and `["a.b"]` for a key that is no name, so that different places have different paths. */
const showKey = (key: string | number): string =>
  typeof key === 'number' ? `[${key}]` : /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
const showPath = (path: Path): string => (path.length === 0 ? 'the root' : path.map(showKey).join(''))

/** What an object is an instance of, by its class. */
const instanceOf = (tree: object): Pick<Report, 'received' | 'hint'> => {
  if (isForeign(tree)) return foreign
  const { name } = Object.getPrototypeOf(tree).constructor
  return {
    received: `an instance of ${name}`,
    hint: tree instanceof Promise ? 'await it first' : 'use an array, a plain record, or a List, Map or Record of Immutable',
  }
}

/** Deeper than anybody nests; a tree that contains itself ends here. */
const deepest = 500

const branchAt = (who: string, tree: unknown, path: Path): Branch => {
  if (path.length > deepest)
    throw new ValueError({ who, expected: `a tree of at most ${deepest} levels`, received: 'more', hint: 'a tree cannot contain itself' })
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

const childrenOf = ({ keys, get }: Branch, tree: unknown): readonly (readonly [BranchKey, unknown])[] =>
  keys.map((key, i) => [key, get(tree, i)] as const)

export interface Leaf {
  /** `[0].weights` */
  readonly path: string
  readonly tensor: Tensor
}

const leavesAt = (who: string, tree: unknown, path: Path): readonly Leaf[] =>
  tree instanceof Expression
    ? [{ path: showPath(path), tensor: tree as unknown as Tensor }]
    : childrenOf(branchAt(who, tree, path), tree).flatMap(([key, child]) => leavesAt(who, child, [...path, key]))

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
  const others = rest.map((tree) => new Map(childrenOf(branchAt('zipTrees', tree, path), tree)))
  const odd = others.find((other) => other.size !== branch.keys.length || !branch.keys.every((key) => other.has(key)))
  if (odd !== undefined)
    throw new ValueError({
      who: 'zipTrees',
      expected: `{ ${branch.keys.join(', ')} }`,
      received: `{ ${[...odd.keys()].join(', ')} }`,
      where: `at ${showPath(path)}`,
    })
  return branch.build((i) => {
    const key = branch.keys[i] as BranchKey
    return mapAt(f, [branch.get(first, i), ...others.map((other) => other.get(key))], [...path, key])
  })
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
