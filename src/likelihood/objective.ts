/**
 * An objective: where parameters start, the cost they are judged by, and its gradient.
 *
 *     J(θ) = −(1/m) Σᵢ log p(yᵢ | xᵢ; θ) + Ω(θ)
 *
 * or, of examples that have weights, −Σᵢ wᵢ log p(yᵢ | xᵢ; θ) / Σᵢ wᵢ + Ω(θ).
 *
 * @unit nats per example
 * @source Goodfellow, Bengio, Courville (2016) §6.2.1
 */

import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, shown, ValueError, wantsFunction, wantsRecord } from '../error/index.js'
import { grad, valueAndGrad } from '../graph/index.js'
import { add } from '../ops/index.js'
import { zipTrees } from '../params/index.js'
import { type Key, key } from '../random/index.js'
import { fixed, type Shape } from '../shape/index.js'
import type { Batch, Scalar, Tensor, Vector } from '../tensor/tensor.js'
import { type OfExamples, takingWeights } from './weights.js'

/** A penalty on the parameters, added to the cost. */
export type Regulariser = (params: unknown) => Scalar

/** What training needs: start, cost, and the cost with its gradient records. */
export interface Objective<Ps, I extends Shape, T extends Shape> {
  readonly init: (key: Key) => Ps
  /** The cost over a batch; of a network with noise, for expected noise. @unit nats per example */
  readonly cost: (params: Ps) => OfExamples<I, T, Scalar>
  /**
   * The cost and the gradient records. A network with noise draws the noise of each example from the key and the example's
   * number; `first` is the number of the first, where a batch is a part of a larger one.
   */
  readonly gradient: (params: Ps, key: Key, first?: number) => OfExamples<I, T, readonly [cost: Scalar, gradients: Ps]>
}

/** The objective itself, or the sentence that says what was given in its place: of a network, that it wants a likelihood. */
export const wantsObjective = <M>(who: string, model: M): M => {
  const some = model as unknown as Partial<AnyObjective> | null | undefined
  if (['init', 'cost', 'gradient'].every((name) => typeof some?.[name as keyof AnyObjective] === 'function')) return model
  throw new ValueError({
    who,
    expected: 'a model',
    received: shown(model),
    hint: 'wrap the network in a likelihood, such as categorical(net)',
  })
}

/** Any objective: what a function of objectives that keeps their type accepts. */
export interface AnyObjective {
  readonly init: (key: Key) => unknown
  readonly cost: (params: never) => (x: never, y: never, weights?: never) => Scalar
  readonly gradient: (
    params: never,
    key: Key,
    first?: number,
  ) => (x: never, y: never, weights?: never) => readonly [cost: Scalar, gradients: unknown]
}

/**
 * The objective with a regulariser added: J + Ω, and in its gradient λ∇Ω, layer by layer.
 *
 * @example
 * pipe(categorical(net), regularised(weightDecay(1e-4)))
 */
export const regularised =
  (regulariser: Regulariser) =>
  <M extends AnyObjective>(model: M): M => {
    wantsFunction('regularised', 'a regulariser, a function of parameters', regulariser)
    const objective = fixed(wantsObjective('regularised', model)) as unknown as Objective<unknown, Shape, Shape>
    const extended: Objective<unknown, Shape, Shape> = {
      init: objective.init,
      cost: (params) => (x, y, weights) => add(regulariser(params))(takingWeights('cost', objective.cost(params))(x, y, weights)),
      gradient: (params, key, first) => (x, y, weights) => {
        const [cost, gradients] = takingWeights('gradient', objective.gradient(params, key, first))(x, y, weights)
        const [penalty, more] = valueAndGrad(regulariser)(params)
        return [add(penalty)(cost), zipTrees((g, r) => add(r)(g as Tensor))(gradients, more)]
      },
    }
    return fixed({ ...model, ...extended })
  }

/**
 * An objective of your own: any scalar function of parameters and a batch. Its gradient is that of the whole graph. A cost that also
 * takes the weights of examples can be trained with batches that have them, padded ones among these.
 *
 * @error   `ValueError` for a batch with weights, where the cost takes none
 * @example
 * objective({ init: net.init, cost: (params) => (x, y) => meanAll(abs(sub(y)(batched(net(params))(x)))) })
 */
export const objective = <Ps, I extends Shape, T extends Shape>(
  definition: Pick<Objective<Ps, I, T>, 'init' | 'cost'>,
): Objective<Ps, I, T> => {
  const { init, cost } = wantsRecord('objective', 'a record of init and cost', definition)
  wantsFunction('objective', 'init, a function of a key', init)
  wantsFunction('objective', 'cost, a function of parameters', cost)
  const weighing = (params: Ps): OfExamples<I, T, Scalar> => takingWeights('cost', cost(params))
  return { init, cost: weighing, gradient: (params) => (x, y, weights) => valueAndGrad((p: Ps) => weighing(p)(x, y, weights))(params) }
}

/** The gradient records of a cost: `gradient(model)(params)(x, y)`, and of examples with weights. */
export const gradient = <Ps, I extends Shape, T extends Shape>(
  model: Pick<Objective<Ps, I, T>, 'cost'>,
): ((params: Ps) => OfExamples<I, T, Ps>) => {
  const { cost } = wantsRecord('gradient', 'a model', model)
  wantsFunction('gradient', 'a model with a cost', cost)
  return (params) => (x, y, weights) =>
    pipe(
      params,
      grad((p: Ps) => takingWeights('gradient', cost(p))(x, y, weights)),
    )
}

/** How the examples of a full batch are taken. */
export interface FullBatchOptions {
  /** The weight of each example; without them, all count alike. */
  readonly weights?: Vector<number>
  /** The key of the noise, of a network that has any. */
  readonly key: Key
}

/**
 * The cost of all examples at once, with its gradient, as a function of the parameters: what `minimise` wants. A network with noise
 * keeps the noise of one key.
 *
 * @example
 * minimise(fullBatch(model)(x, y), lbfgs())(model.init(key(1)))
 */
export const fullBatch =
  <P, I extends Shape, T extends Shape>(model: Objective<P, I, T>) =>
  (x: Batch<I>, y: Batch<T>, options: Partial<FullBatchOptions> = {}): ((params: P) => readonly [cost: Scalar, gradients: P]) => {
    const { gradient } = wantsObjective('fullBatch', model)
    const { key: noise, weights } = optionsOf('fullBatch', { key: key(0) }, options, ['weights'])
    return (params) => takingWeights('fullBatch', gradient(params, noise))(x, y, weights)
  }
