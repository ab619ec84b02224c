/** Parameter groups by path: another transformation for every group. */
import { shown, ValueError, wantsRecord } from '../error/index.js'
import { leaves, leavesWithPaths, mapTree, noParameters, withLeaves } from '../params/index.js'
import { zeros } from '../tensor/create.js'
import type { Tensor } from '../tensor/tensor.js'
import {
  type GradientTransformation,
  gradientPoint,
  identityTransformation,
  type SomeTransformation,
  type StateFor,
  type StateOf,
  someTransformation,
} from './transformation.js'

/** A tree in which the tensors of other groups are empty: a group's state costs only what the group does. */
export type Masked<P> = P extends Tensor ? Tensor : { readonly [K in keyof P]: Masked<P[K]> }

export interface PartitionF<Fs extends Readonly<Record<string, StateOf>>> extends StateOf {
  readonly state: { readonly [K in keyof Fs]: StateFor<Fs[K], Masked<this['params']>> }
  readonly stateless: false
}

/** The tree of one group. */
const only =
  (member: (path: string) => boolean) =>
  <T>(tree: T): T =>
    mapTree((x: Tensor, path) => (member(path) ? x : zeros([0], x.precision)))(tree)

/**
 * A transformation for every group of parameters; `label` names the group from the path of a tensor. Every group sees its
 * own parameters alone: a global norm is that of the group.
 *
 * @error  `ValueError` for a path whose label is no group
 * @example
 * partition((path) => (path.startsWith('[0]') ? 'frozen' : 'learned'), { frozen: setToZero, learned: adam({ learningRate: 1e-3 }) })
 */
export const partition = <Fs extends Readonly<Record<string, StateOf>>>(
  label: (path: string) => keyof Fs & string,
  groups: { readonly [K in keyof Fs]: GradientTransformation<Fs[K]> },
): GradientTransformation<PartitionF<Fs>> => {
  const parts = Object.entries(wantsRecord('partition', 'a record of gradient transformations', groups)).map(
    ([name, t]) => [name, someTransformation(t as GradientTransformation<StateOf>, 'partition')] as const,
  )
  const names = parts.map(([name]) => name)
  const groupOf = (path: string): string => {
    const name: string = label(path)
    if (names.includes(name)) return name
    throw new ValueError({ who: 'partition', expected: `one of ${names.join(', ')}`, received: shown(name), where: `at ${path}` })
  }
  const group = (name: string) => only((path) => groupOf(path) === name)
  const stateOf = (state: unknown, name: string): unknown => (state as Readonly<Record<string, unknown>>)[name]
  /** From a tree for every group, the tensors that are the group's own. */
  const merge = <T>(like: T, of: ReadonlyMap<string, readonly Tensor[]>): T =>
    withLeaves(
      like,
      leavesWithPaths(like).map(({ path, tensor }, i) => of.get(groupOf(path))?.[i] ?? tensor),
    )
  const ahead: SomeTransformation['evaluateAt'] = (params, state) =>
    merge(params, new Map(parts.map(([name, t]) => [name, leaves(gradientPoint(t)(group(name)(params), stateOf(state, name)))])))
  const wrapped: SomeTransformation = {
    init: (params) => Object.fromEntries(parts.map(([name, t]) => [name, t.init(group(name)(params))])),
    update: (gradients, state, params) => {
      const done = parts.map(([name, t]) => [name, t.update(group(name)(gradients), stateOf(state, name), group(name)(params))] as const)
      return [
        merge(gradients, new Map(done.map(([name, [updates]]) => [name, leaves(updates)]))),
        Object.fromEntries(done.map(([name, [, after]]) => [name, after])),
      ]
    },
    ...(parts.every(([, t]) => t.evaluateAt === undefined) ? {} : { evaluateAt: ahead }),
    stateless: false,
  }
  return wrapped as unknown as GradientTransformation<PartitionF<Fs>>
}

export interface MaskedF<F extends StateOf> extends StateOf {
  readonly state: StateFor<F, Masked<this['params']>>
  readonly stateless: F['stateless']
}
/**
 * The transformation of the parameters whose path `mask` accepts; gradients of the others pass as they are.
 *
 * @example
 * masked((path) => path.endsWith('.weights'))(clipByValue(1))
 */
export const masked =
  (mask: (path: string) => boolean) =>
  <F extends StateOf>(inner: GradientTransformation<F>): GradientTransformation<MaskedF<F>> => {
    const t = someTransformation(
      partition((path) => (mask(path) ? 'on' : 'off'), { on: someTransformation(inner, 'masked'), off: identityTransformation }),
    )
    const whole = (on: unknown): unknown => ({ on, off: noParameters })
    const wrapped: SomeTransformation = {
      ...t,
      init: (params) => (t.init(params) as { readonly on: unknown }).on,
      update: (gradients, state, params) => {
        const [updates, after] = t.update(gradients, whole(state), params)
        return [updates, (after as { readonly on: unknown }).on]
      },
      ...(inner.evaluateAt === undefined
        ? {}
        : { evaluateAt: <P>(params: P, state: unknown): P => gradientPoint(t)(params, whole(state)) }),
      stateless: inner.stateless,
    }
    return wrapped
  }
