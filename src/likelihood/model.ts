/**
 * A model: parameters, the cost they are judged by, and its gradient by back-propagation.
 *
 *     J(θ) = −(1/m) Σᵢ log p(yᵢ | xᵢ; θ) + Ω(θ)
 *
 * @unit nats per example
 * @source Goodfellow, Bengio, Courville (2016) §6.2.1
 */
import { pipe } from 'fp-ts/lib/function.js'
import { ShapeError } from '../error/index.js'
import { batched, grad, valueAndGrad, vjp } from '../graph/index.js'
import { replay } from '../graph/replay.js'
import { expected, type Noise, type Stochastic, sampled } from '../layer/index.js'
import { type AnyLayer, inBatches, type Network, propagate, type Stage } from '../network/index.js'
import { add, meanAll } from '../ops/index.js'
import { zipTrees } from '../params/index.js'
import { foldIn, type Key } from '../random/index.js'
import { type Shape, show } from '../shape/index.js'
import { ones, range } from '../tensor/create.js'
import { nodeOf, placeholder } from '../tensor/node.js'
import type { Batch, Scalar, Tensor } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'

/** A penalty on the parameters, added to the cost. */
export type Regulariser = (params: unknown) => Scalar

/** What training needs: start, cost, and the cost with its gradient records. */
export interface Objective<Ps, I extends Shape, T extends Shape> {
  readonly init: (key: Key) => Ps
  /** The cost over a batch; of a stochastic network, for expected noise. @unit nats per example */
  readonly cost: (params: Ps) => (x: Batch<I>, y: Batch<T>) => Scalar
  /** The cost and the gradient records; of a stochastic network, for the noise of this key. */
  readonly gradient: (params: Ps, key: Key) => (x: Batch<I>, y: Batch<T>) => readonly [cost: Scalar, gradients: Ps]
}

/** Any objective: what a function of objectives that keeps their type accepts. */
export interface AnyObjective {
  readonly init: (key: Key) => unknown
  readonly cost: (params: never) => (x: never, y: never) => Scalar
  readonly gradient: (params: never, key: Key) => (x: never, y: never) => readonly [cost: Scalar, gradients: unknown]
}

export interface Model<Ps, I extends Shape, O extends Shape, T extends Shape> extends Objective<Ps, I, T> {
  readonly likelihood: Likelihood
  readonly input: I
  readonly output: O
  /** The mean of y for every example: probabilities, for a classifier. */
  readonly predict: (params: Ps) => (x: Batch<I>) => Batch<O>
}

/** What a likelihood turns into a model: a network, or a stochastic one. */
export interface Predictor<Ps, I extends Shape, O extends Shape> {
  readonly input: I
  readonly output: O
  readonly init: (key: Key) => Ps
}
type Some<Ps extends readonly unknown[], I extends Shape, O extends Shape> = Network<Ps, I, O> | Stochastic<Ps, I, O>

const at = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(net: Some<Ps, I, O>, noise: Noise): Network<Ps, I, O> =>
  'sample' in net ? net.sample(noise) : net

/** A layer in batches whose noise is drawn anew for every example: `unknown` is the key it was built with, `keys` one for each. */
const inNoisyBatches =
  (unknownKey: Tensor, keys: Tensor) =>
  (layer: AnyLayer): Stage =>
  (params) =>
  (h) =>
    batched((x: Tensor, k: Tensor) => replay(new Map([[nodeOf(unknownKey), k]]))(layer.apply(params)(x)))(
      h as never,
      keys as never,
    ) as unknown as Tensor

/** The stages of training: an example's noise depends on the key and on the example's number. */
const stagesFor = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(net: Some<Ps, I, O>, key: Key, size: number) => {
  if (!('sample' in net)) return net.layers.map(inBatches)
  const unknownKey = placeholder([2] as const, 'uint32', 'key')
  const keys = batched((i: Scalar) => foldIn(i)(key))(range(size, 'uint32') as never)
  return net.sample(sampled(unknownKey)).layers.map(inNoisyBatches(unknownKey, keys as unknown as Tensor))
}

const wantsBatch = (input: Shape, output: Shape, x: Tensor, y: Tensor): void => {
  const expectedShapes = `[N, ${input.join(', ')}] and [N, ${output.join(', ')}]`
  const fits = (shape: Shape, each: Shape): boolean => shape.length === each.length + 1 && each.every((size, i) => size === shape[i + 1])
  if (!fits(x.shape, input) || !fits(y.shape, output) || x.shape[0] !== y.shape[0])
    throw new ShapeError(`cost expects x and y of ${expectedShapes}, receives ${show(x.shape)} and ${show(y.shape)}`)
  if (x.shape[0] === 0) throw new ShapeError(`cost expects at least one example, receives ${show(x.shape)}`)
}

/** The model of a predictor under a likelihood. */
export const modelOf =
  (likelihood: Likelihood) =>
  <Ps extends readonly unknown[], I extends Shape, O extends Shape, T extends Shape>(
    predictor: Predictor<Ps, I, O>,
  ): Model<Ps, I, O, T> => {
    const net = predictor as Some<Ps, I, O>
    const loss = (z: Tensor, y: Tensor): Scalar =>
      meanAll(batched(likelihood.negativeLogLikelihood)(z as never, y as never) as unknown as Tensor)
    const outputs =
      (params: Ps) =>
      (x: Batch<I>): Batch<O> =>
        propagate<Ps, I, O>(at(net, expected).layers.map(inBatches))(params)(x).output
    return {
      likelihood,
      input: net.input,
      output: net.output,
      init: net.init,
      cost: (params) => (x, y) => {
        wantsBatch(net.input, net.output, x, y)
        return loss(outputs(params)(x), y)
      },
      gradient: (params, key) => (x, y) => {
        wantsBatch(net.input, net.output, x, y)
        const { output, back } = propagate<Ps, I, O>(stagesFor(net, key, x.shape[0]))(params)(x)
        const [cost, lossBack] = vjp((z: Tensor) => loss(z, y))(output)
        return [cost, back(lossBack(ones([], cost.precision)) as Batch<O>).gradients]
      },
      predict: (params) => (x) => likelihood.link(outputs(params)(x)),
    }
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
    const objective = model as unknown as Objective<unknown, Shape, Shape>
    const extended: Objective<unknown, Shape, Shape> = {
      init: objective.init,
      cost: (params) => (x, y) => add(regulariser(params))(objective.cost(params)(x, y)),
      gradient: (params, key) => (x, y) => {
        const [cost, gradients] = objective.gradient(params, key)(x, y)
        const [penalty, more] = valueAndGrad(regulariser)(params)
        return [add(penalty)(cost), zipTrees((g, r) => add(r as Tensor)(g as Tensor))(gradients, more)]
      },
    }
    return { ...model, ...extended } as M
  }

/**
 * An objective of your own: any scalar function of parameters and a batch. Its gradient is that of the whole graph.
 *
 * @example
 * objective({ init: net.init, cost: (params) => (x, y) => meanAll(abs(sub(y)(batched(net(params))(x)))) })
 */
export const objective = <Ps, I extends Shape, T extends Shape>({
  init,
  cost,
}: Pick<Objective<Ps, I, T>, 'init' | 'cost'>): Objective<Ps, I, T> => ({
  init,
  cost,
  gradient: (params) => (x, y) => valueAndGrad((p: Ps) => cost(p)(x, y))(params),
})

/** The gradient records of a cost: `gradient(model)(params)(x, y)`. */
export const gradient =
  <Ps, I extends Shape, T extends Shape>({ cost }: Pick<Objective<Ps, I, T>, 'cost'>) =>
  (params: Ps) =>
  (x: Batch<I>, y: Batch<T>): Ps =>
    pipe(
      params,
      grad((p: Ps) => cost(p)(x, y)),
    )
