// mutates: the list of tensors it is handed, escapes: nothing
/**
 * The form of a tree of tensors: its branches, their keys, and the type of every leaf. Learned once, so that a step over a
 * tree of that form, taken apart and put together a million times, needs no paths.
 *
 *     build(take(tree)) = tree
 */
import { isList, isMap, isRecord } from 'immutable'
import { mapAccumulate } from '../graph/walk.js'
import { sameShape } from '../shape/index.js'
import { Expression } from '../tensor/expression.js'
import type { Tensor } from '../tensor/tensor.js'

export interface Form {
  /** Appends the literals of a tree, in order; false if it has another form, or leaves that are no literals. */
  readonly take: (tree: unknown, into: Tensor[]) => boolean
  /** The tree of this form with these tensors as its leaves. */
  readonly build: (leaves: readonly Tensor[]) => unknown
}

type Numbered = readonly [form: Form, next: number]

const leafForm = (leaf: Expression, at: number): Numbered => {
  const { shape, precision } = leaf
  return [
    {
      take: (tree, into) => {
        if (!(tree instanceof Expression) || tree.kind !== 'literal' || tree.precision !== precision) return false
        if (tree.shape !== shape && !sameShape(tree.shape, shape)) return false
        into.push(tree as unknown as Tensor)
        return true
      },
      build: (leaves) => leaves[at],
    },
    at + 1,
  ]
}

/** The forms of children, numbered on from `at`. */
const childForms = (children: readonly unknown[], at: number): readonly [forms: readonly Form[], next: number] => {
  const [next, forms] = mapAccumulate(children.length, false, at, (free, i) => {
    const [form, after] = numbered(children[i], free)
    return [after, form] as const
  })
  return [forms, next]
}

/** Whether every form takes its child; loops, not callbacks: this is what a step of a small network spends its time on. */
const takeAll = (forms: readonly Form[], childOf: (i: number) => unknown, into: Tensor[]): boolean => {
  for (let i = 0; i < forms.length; i++) if (!(forms[i] as Form).take(childOf(i), into)) return false
  return true
}

const arrayForm = (tree: readonly unknown[], at: number): Numbered => {
  const [forms, next] = childForms(tree, at)
  return [
    {
      take: (other, into) => Array.isArray(other) && other.length === forms.length && takeAll(forms, (i) => other[i], into),
      build: (leaves) => forms.map((form) => form.build(leaves)),
    },
    next,
  ]
}

interface Keyed {
  readonly get: (key: never) => unknown
  readonly set: (key: never, value: unknown) => Keyed
  readonly withMutations: (change: (mutable: Keyed) => void) => Keyed
}
/** Immutable records, lists and maps: the same class, the same keys. */
const keyedForm = (tree: Keyed, keys: readonly unknown[], sameKeys: (other: Keyed) => boolean, at: number): Numbered => {
  const [forms, next] = childForms(
    keys.map((key) => tree.get(key as never)),
    at,
  )
  return [
    {
      take: (other, into) => {
        if (typeof other !== 'object' || other === null || other.constructor !== tree.constructor) return false
        const keyed = other as Keyed
        return sameKeys(keyed) && takeAll(forms, (i) => keyed.get(keys[i] as never), into)
      },
      /** Each set on its own would make a record or list that nobody sees. */
      build: (leaves) =>
        tree.withMutations((built) => {
          for (let i = 0; i < forms.length; i++) built.set(keys[i] as never, (forms[i] as Form).build(leaves))
        }),
    },
    next,
  ]
}

/** Whether an object has these keys, in this order, and no more. */
const hasKeys = (other: object, keys: readonly string[]): boolean => {
  let count = 0
  for (const key in other) if (key !== keys[count++]) return false
  return count === keys.length
}

const objectForm = (tree: object, at: number): Numbered => {
  const keys = Object.keys(tree)
  const prototype: unknown = Object.getPrototypeOf(tree)
  /** Assigned, `__proto__` would be no field. */
  const assignable = !keys.includes('__proto__')
  const [forms, next] = childForms(Object.values(tree), at)
  return [
    {
      take: (other, into) => {
        if (typeof other !== 'object' || other === null || Object.getPrototypeOf(other) !== prototype || !hasKeys(other, keys)) return false
        const record = other as Readonly<Record<string, unknown>>
        return takeAll(forms, (i) => record[keys[i] as string], into)
      },
      build: (leaves) => {
        if (!assignable) return Object.fromEntries(keys.map((key, i) => [key, (forms[i] as Form).build(leaves)]))
        const built: Record<string, unknown> = {}
        for (let i = 0; i < keys.length; i++) built[keys[i] as string] = (forms[i] as Form).build(leaves)
        return built
      },
    },
    next,
  ]
}

const numbered = (tree: unknown, at: number): Numbered => {
  if (tree instanceof Expression) return leafForm(tree, at)
  if (Array.isArray(tree)) return arrayForm(tree, at)
  const keyed = tree as Keyed
  if (isList(tree)) return keyedForm(keyed, [...tree.keys()], (other) => (other as typeof tree).size === tree.size, at)
  if (isMap(tree)) {
    const keys = [...tree.keys()]
    const same = (other: Keyed): boolean => [...(other as typeof tree).keys()].every((key, i) => key === keys[i])
    return keyedForm(keyed, keys, (other) => (other as typeof tree).size === keys.length && same(other), at)
  }
  if (isRecord(tree)) return keyedForm(keyed, Object.keys(tree.toObject()), () => true, at)
  return objectForm(tree as object, at)
}

/** The form of a tree whose leaves are known to be tensors. */
export const formOf = (tree: unknown): Form => numbered(tree, 0)[0]
