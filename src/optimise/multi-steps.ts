/** Gradient accumulation: one step of an optimiser for several batches. */
import { add, div, equal } from '../ops/index.js'
import { mapTree, zipTrees } from '../params/index.js'
import { scalar } from '../tensor/create.js'
import type { Scalar, Tensor } from '../tensor/tensor.js'
import { wholeSteps } from './domain.js'
import { choose, zerosLike } from './moments.js'
import {
  type GradientTransformation,
  gradientPoint,
  type SomeTransformation,
  type StateFor,
  type StateOf,
  someTransformation,
} from './transformation.js'

export interface MultiStepsState<P, S> {
  readonly inner: S
  /** The sum of the gradients since the last step of the inner optimiser. */
  readonly sum: P
  /** How many they are: uint32. */
  readonly count: Scalar
}
export interface MultiStepsF<F extends StateOf> extends StateOf {
  readonly state: MultiStepsState<this['params'], StateFor<F, this['params']>>
  readonly stateless: false
}

/**
 * The inner optimiser makes a step on the mean of every k gradients; in between, nothing moves. So k batches of n examples
 * are one of kn, in the memory of n. Both outcomes are computed and one is chosen, so that a compiled step needs no branch.
 *
 * @example
 * multiSteps(4)(adam({ learningRate: 1e-3 }))
 */
export const multiSteps =
  (k: number) =>
  <F extends StateOf>(optimiser: GradientTransformation<F>): GradientTransformation<MultiStepsF<F>> => {
    wholeSteps('multiSteps', 'number of batches', k)
    const inner = someTransformation(optimiser, 'multiSteps')
    const wrapped: SomeTransformation = {
      init: (params): MultiStepsState<unknown, unknown> => ({
        inner: inner.init(params),
        sum: zerosLike(params) as unknown,
        count: scalar(0, 'uint32'),
      }),
      update: (gradients, state, params) => {
        const { inner: before, sum, count } = state as MultiStepsState<typeof params, unknown>
        const total = zipTrees((s: Tensor, g: Tensor) => add(g)(s))(sum, gradients)
        const counted = add(1)(count)
        const full = equal(k)(counted)
        const [updates, after] = inner.update(mapTree((s: Tensor) => div(k)(s))(total), before, params)
        return [
          choose(full)(updates, zerosLike(updates)),
          {
            inner: choose(full)(after, before),
            sum: choose(full)(zerosLike(total), total),
            count: choose(full)(scalar(0, 'uint32'), counted),
          },
        ]
      },
      ...(inner.evaluateAt === undefined
        ? {}
        : { evaluateAt: <P>(params: P, state: unknown): P => gradientPoint(inner)(params, (state as MultiStepsState<P, unknown>).inner) }),
      stateless: false,
    }
    return wrapped as unknown as GradientTransformation<MultiStepsF<F>>
  }
