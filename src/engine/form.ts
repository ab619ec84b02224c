// mutates: the list of tensors it is handed, escapes: nothing
/**
 * The form of a tree of tensors: its branches, their keys, and the type of every leaf. Learned once, so that a step over a
 * tree of that form, taken apart and put together a million times, needs no paths.
 *
 *     build(take(tree)) = tree
 */
import { Defect } from '../error/index.js'
import { mapAccumulate } from '../graph/walk.js'
import { type Branch, type BranchKey, branchOf, type Keyed } from '../params/branch.js'
import { sameShape } from '../shape/index.js'
import { Expression } from '../tensor/expression.js'
import type { Tensor } from '../tensor/tensor.js'

export interface Form<T> {
  /** Appends the literals of a tree, in order; false if it has another form, or leaves that are no literals. */
  readonly take: (tree: unknown, into: Tensor[]) => boolean
  /** The tree of this form with these tensors as its leaves. */
  readonly build: (leaves: readonly Tensor[]) => T
}

/** A form whose type nobody looks at: that of a part. */
type Part = Form<unknown>

type Numbered = readonly [form: Part, next: number]

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
const childForms = (children: readonly unknown[], at: number): readonly [forms: readonly Part[], next: number] => {
  const [next, forms] = mapAccumulate(children.length, false, at, (free, i) => {
    const [form, after] = numbered(children[i], free)
    return [after, form] as const
  })
  return [forms, next]
}

/** Whether every form takes its child; loops, and one for every kind of branch: this is what a step of a small network spends its time on. */
const takeAll = (forms: readonly Part[], childOf: (i: number) => unknown, into: Tensor[]): boolean => {
  for (let i = 0; i < forms.length; i++) if (!(forms[i] as Part).take(childOf(i), into)) return false
  return true
}
type Loops = { readonly [K in Branch['kind']]: (branch: Branch, forms: readonly Part[]) => Part }
const loops: Loops = {
  array: ({ like }, forms) => ({
    take: (other, into) => like(other) && takeAll(forms, (i) => (other as readonly unknown[])[i], into),
    build: (leaves) => forms.map((form) => form.build(leaves)),
  }),
  keyed: ({ keys, like, build }, forms) => ({
    take: (other, into) => like(other) && takeAll(forms, (i) => (other as Keyed).get(keys[i] as BranchKey), into),
    build: (leaves) => build((i) => (forms[i] as Part).build(leaves)),
  }),
  record: ({ keys, like, build }, forms) => ({
    take: (other, into) => like(other) && takeAll(forms, (i) => (other as Readonly<Record<string, unknown>>)[keys[i] as string], into),
    build: (leaves) => build((i) => (forms[i] as Part).build(leaves)),
  }),
}
const branchForm = (tree: object, branch: Branch, at: number): Numbered => {
  const [forms, next] = childForms(
    branch.keys.map((_, i) => branch.get(tree, i)),
    at,
  )
  return [loops[branch.kind](branch, forms), next]
}

const numbered = (tree: unknown, at: number): Numbered => {
  if (tree instanceof Expression) return leafForm(tree, at)
  const branch = branchOf(tree as object)
  if (branch === undefined) throw new Defect('the form of what is no tree was asked for')
  return branchForm(tree as object, branch, at)
}

/** The form of a tree whose leaves are known to be tensors. */
export const formOf = <T>(tree: T): Form<T> => numbered(tree, 0)[0] as Form<T>
