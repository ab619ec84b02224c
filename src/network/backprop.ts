/**
 * Back-propagation as a fold over the layer list: the centre of the library.
 *
 * Read it beside algorithms 6.3 and 6.4 of the book. Forward propagation folds from the left and keeps, for every layer,
 * its pullback; backward propagation folds from the right and lets the cost's gradient g flow through them:
 *
 *     h⁽⁰⁾ = x;   for k = 1 … l:   h⁽ᵏ⁾ = f⁽ᵏ⁾(h⁽ᵏ⁻¹⁾; θ⁽ᵏ⁾);   ŷ = h⁽ˡ⁾
 *     g ← ∇_ŷ J;  for k = l … 1:   ∇_θ⁽ᵏ⁾ J = (∂h⁽ᵏ⁾/∂θ⁽ᵏ⁾)ᵀ g,   g ← ∇_h⁽ᵏ⁻¹⁾ J = (∂h⁽ᵏ⁾/∂h⁽ᵏ⁻¹⁾)ᵀ g
 *
 * For a dense layer followed by an activation the two pullbacks are the book's lines word for word: g ← g ⊙ f′(a⁽ᵏ⁾), then
 * ∇_b J = g, ∇_W J = h⁽ᵏ⁻¹⁾ᵀ g and g ← g Wᵀ. A law says that the fold equals differentiating the whole graph at once.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.5, algorithms 6.3 and 6.4
 */
import { List } from 'immutable'
import { batched, vjp } from '../graph/index.js'
import { foldIn, type Key } from '../random/index.js'
import type { Shape } from '../shape/index.js'
import type { Batch, Tensor } from '../tensor/tensor.js'
import { type Network, wantsNetwork } from './network.js'
import type { Sequence } from './sequence.js'
import type { SomeLayer } from './some-layer.js'

/** A layer as a function of a batch: what the fold runs over. */
export type Stage = (params: unknown) => (h: Tensor) => Tensor

/** A layer's function of one example, for many at once. */
export const inBatches =
  (layer: SomeLayer): Stage =>
  (params) =>
  (h) =>
    batched((x: Tensor) => layer.apply(params)(x))(h as never) as unknown as Tensor

/** The same under noise, every example under a key of its own: layer i draws under `foldIn(i)(key)`. */
export const sampledInBatches =
  (keys: Batch<readonly [2]>) =>
  (layer: SomeLayer, i: number): Stage => {
    const { sampled } = layer
    if (sampled === undefined) return inBatches(layer)
    return (params) => (h) => batched((x: Tensor, key: Key) => sampled(foldIn(i)(key))(params)(x))(h as never, keys) as unknown as Tensor
  }

type Pullback = (g: Tensor) => readonly [gradient: unknown, g: Tensor]

interface Forward {
  readonly h: Tensor
  readonly pullbacks: List<Pullback>
}
interface Backward {
  readonly g: Tensor
  readonly gradients: List<unknown>
}

/** h⁽ᵏ⁾ = f⁽ᵏ⁾(h⁽ᵏ⁻¹⁾; θ⁽ᵏ⁾), and the pullback that goes with it. */
const forward = ({ h, pullbacks }: Forward, [stage, params]: readonly [Stage, unknown]): Forward => {
  const [next, pullback] = vjp(([theta, x]: readonly [unknown, Tensor]) => stage(theta)(x))([params, h])
  return { h: next, pullbacks: pullbacks.push(pullback) }
}

/** ∇_θ⁽ᵏ⁾ J, and g for the layer below. */
const backward = ({ g, gradients }: Backward, pullback: Pullback): Backward => {
  const [gradient, below] = pullback(g)
  return { g: below, gradients: gradients.unshift(gradient) }
}

export interface Propagated<Ps, I extends Shape, O extends Shape> {
  /** ŷ */
  readonly output: Batch<O>
  /** From ∇_ŷ J to the gradient records, one for each parameter record, and ∇_x J. */
  readonly back: (g: Batch<O>) => { readonly gradients: Ps; readonly input: Batch<I> }
}

/** The two folds over any list of stages. */
export const propagate =
  <Ps extends readonly unknown[], I extends Shape, O extends Shape>(stages: Sequence<Stage>) =>
  (params: Ps) =>
  (x: Batch<I>): Propagated<Ps, I, O> => {
    const { h, pullbacks } = stages.map((stage, k) => [stage, params[k]] as const).reduce<Forward>(forward, { h: x, pullbacks: List() })
    return {
      output: h as Batch<O>,
      back: (gradient) => {
        const { g, gradients } = pullbacks.reduceRight<Backward>(backward, { g: gradient, gradients: List() })
        return { gradients: gradients.toArray() as readonly unknown[] as Ps, input: g as Batch<I> }
      },
    }
  }

/**
 * Forward propagation of a batch, and from it back-propagation.
 *
 * @example
 * const { output, back } = backprop(net)(params)(x)
 * const { gradients } = back(gradientOfTheCost(output)) // of the same type as params
 */
export const backprop = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  network: Network<Ps, I, O>,
): ((params: Ps) => (x: Batch<I>) => Propagated<Ps, I, O>) => propagate(wantsNetwork('backprop', network).layers.map(inBatches))

/**
 * The same under noise, every example under its own key.
 *
 * @shape  keys [N, 2] → params → x [N, ...I]
 */
export const sampledBackprop =
  (keys: Batch<readonly [2]>) =>
  <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
    network: Network<Ps, I, O>,
  ): ((params: Ps) => (x: Batch<I>) => Propagated<Ps, I, O>) =>
    propagate(wantsNetwork('sampledBackprop', network).layers.map(sampledInBatches(keys)))
