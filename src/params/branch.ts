// mutates: the record or collection that it builds, escapes: nothing
/**
 * The branches of trees of tensors, once: which collections are trees, what their children are, whether another is of the same
 * form, and how one is built again from other children. A walk over trees is a function of it, and so is a compiled function's
 * memory of the form of its arguments.
 *
 *     build(keys.map((_, i) => get(tree, i))) = tree
 */
import { isRecord as isImmutableRecord, isList, isMap } from 'immutable'
import { isRecord } from '../error/index.js'

export type BranchKey = string | number

export interface Branch {
  readonly kind: 'array' | 'keyed' | 'record'
  readonly keys: readonly BranchKey[]
  /** The child at a key of this number, of a tree of the same form. */
  readonly get: (tree: unknown, i: number) => unknown
  /** Whether something is the same kind of branch with the same keys, in the same order. */
  readonly like: (other: unknown) => boolean
  /** A branch of this form with these children. */
  readonly build: (childOf: (i: number) => unknown) => unknown
}

const arrayBranch = (tree: readonly unknown[]): Branch => {
  const { length } = tree
  const keys = Array.from({ length }, (_, i) => i)
  return {
    kind: 'array',
    keys,
    get: (other, i) => (other as readonly unknown[])[i],
    like: (other) => Array.isArray(other) && other.length === length,
    build: (childOf) => keys.map(childOf),
  }
}

/** What Immutable's lists, maps and records have in common. */
export interface Keyed {
  readonly get: (key: BranchKey) => unknown
  readonly set: (key: BranchKey, value: unknown) => Keyed
  readonly withMutations: (change: (mutable: Keyed) => void) => Keyed
}
/** Of the same class, with the same keys. */
const keyedBranch = (tree: Keyed, keys: readonly BranchKey[], sameKeys: (other: Keyed) => boolean): Branch => ({
  kind: 'keyed',
  keys,
  get: (other, i) => (other as Keyed).get(keys[i] as BranchKey),
  like: (other) => typeof other === 'object' && other !== null && other.constructor === tree.constructor && sameKeys(other as Keyed),
  /** Each set on its own would make a record or list that nobody sees. */
  build: (childOf) =>
    tree.withMutations((built) => {
      for (let i = 0; i < keys.length; i++) built.set(keys[i] as BranchKey, childOf(i))
    }),
})

/** Whether an object has these keys, in this order, and no more. */
const hasKeys = (other: object, keys: readonly BranchKey[]): boolean => {
  let count = 0
  for (const key in other) if (key !== keys[count++]) return false
  return count === keys.length
}

const recordBranch = (tree: object): Branch => {
  const keys = Object.keys(tree)
  const prototype: unknown = Object.getPrototypeOf(tree)
  /** Assigned, `__proto__` would be no field. */
  const assignable = !keys.includes('__proto__')
  return {
    kind: 'record',
    keys,
    get: (other, i) => (other as Readonly<Record<string, unknown>>)[keys[i] as string],
    like: (other) => typeof other === 'object' && other !== null && Object.getPrototypeOf(other) === prototype && hasKeys(other, keys),
    build: (childOf) => {
      if (!assignable) return Object.fromEntries(keys.map((key, i) => [key, childOf(i)]))
      const built: Record<string, unknown> = {}
      for (let i = 0; i < keys.length; i++) built[keys[i] as string] = childOf(i)
      return built
    },
  }
}

/** The branch that an object is; nothing for an instance of any other class: a native Map or a Promise would pass for an empty tree. */
export const branchOf = (tree: object): Branch | undefined => {
  if (Array.isArray(tree)) return arrayBranch(tree)
  if (isList(tree))
    return keyedBranch(tree as unknown as Keyed, [...tree.keys()], (other) => (other as unknown as typeof tree).size === tree.size)
  if (isMap(tree)) {
    const keys = [...tree.keys()] as readonly BranchKey[]
    const same = (other: Keyed): boolean => {
      const { size } = other as unknown as typeof tree
      return size === keys.length && [...(other as unknown as typeof tree).keys()].every((key, i) => key === keys[i])
    }
    return keyedBranch(tree, keys, same)
  }
  if (isImmutableRecord(tree)) return keyedBranch(tree, Object.keys(tree.toObject()), () => true)
  return isRecord(tree) ? recordBranch(tree) : undefined
}
