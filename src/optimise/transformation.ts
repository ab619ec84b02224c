/**
 * An optimiser is a gradient transformation: from gradients to updates, with a state that is a type-level function of the
 * parameters, so that one optimiser serves every network and its state is fully typed.
 *
 * @source Hessel et al., Optax (2020)
 */

import { shown, ValueError } from '../error/index.js'
import { add } from '../ops/index.js'
import { type None, noParameters, zipTrees } from '../params/index.js'
import { fixed } from '../shape/index.js'
import type { Tensor } from '../tensor/tensor.js'

/** State as a function of parameters: `interface AdamF extends StateOf { readonly state: AdamState<this['params']> }`. */
export interface StateOf {
  readonly params: unknown
  readonly state: unknown
  readonly stateless: boolean
}
/** The state that a transformation keeps for these parameters. */
export type StateFor<F extends StateOf, P> = (F & { readonly params: P })['state']

export interface GradientTransformation<F extends StateOf> {
  readonly init: <P>(params: P) => StateFor<F, P>
  /** From gradients to what is added to the parameters. */
  readonly update: <P>(gradients: P, state: StateFor<F, P>, params: P) => readonly [updates: P, state: StateFor<F, P>]
  /** Where the gradient is to be taken, if not at the parameters themselves: Nesterov's look-ahead. */
  readonly evaluateAt?: <P>(params: P, state: StateFor<F, P>) => P
  readonly stateless: F['stateless']
}

export interface Stateless extends StateOf {
  readonly state: None
  readonly stateless: true
}
/** A transformation that only looks at gradients and parameters. */
export const stateless = (f: <P>(gradients: P, params: P) => P): GradientTransformation<Stateless> =>
  fixed({
    init: () => noParameters,
    update: (gradients, state, params) => [f(gradients, params), state],
    stateless: true,
  })

/** Nothing changed: the unit of `chain`. */
export const identityTransformation: GradientTransformation<Stateless> = stateless((gradients) => gradients)

/** Where an optimiser in this state wants the gradient. */
export const gradientPoint =
  <F extends StateOf>({ evaluateAt }: GradientTransformation<F>) =>
  <P>(params: P, state: StateFor<F, P>): P =>
    evaluateAt === undefined ? params : evaluateAt(params, state)

/** A transformation whose type of state is forgotten, for code that takes states apart. */
export type SomeTransformation = GradientTransformation<StateOf>
/** The transformation, its type of state forgotten, which nobody can change; or the sentence that says what was given in its place. */
export const someTransformation = <F extends StateOf>(t: GradientTransformation<F>, who = 'foldgrad'): SomeTransformation => {
  const some = t as unknown as SomeTransformation
  if (typeof some === 'object' && some !== null && typeof some.init === 'function' && typeof some.update === 'function') return fixed(some)
  throw new ValueError({ who, expected: 'a gradient transformation', received: shown(t), hint: 'make one, such as scaleByAdam()' })
}

/** θ + Δθ */
export const applyUpdates = <P>(params: P, updates: P): P => zipTrees((theta: Tensor, delta: Tensor) => add(delta)(theta))(params, updates)
