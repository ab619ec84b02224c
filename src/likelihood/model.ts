/** A model: a network under a likelihood. Its cost follows from the distribution, its gradient by back-propagation. */
import { ShapeError } from '../error/index.js'
import { batched, vjp } from '../graph/index.js'
import { expected } from '../layer/index.js'
import { inBatches, propagate } from '../network/index.js'
import { meanAll } from '../ops/index.js'
import type { Key } from '../random/index.js'
import { fixed, type Shape, show } from '../shape/index.js'
import { ones } from '../tensor/create.js'
import type { Batch, Scalar, Tensor } from '../tensor/tensor.js'
import type { Likelihood } from './likelihood.js'
import { type Noisy, stagesFor, underNoise } from './noisy.js'
import type { Objective } from './objective.js'

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
    const net = fixed(predictor) as Noisy<Ps, I, O>
    const { link, negativeLogLikelihood } = likelihood
    const loss = (z: Tensor, y: Tensor): Scalar => meanAll(batched(negativeLogLikelihood)(z as never, y as never) as unknown as Tensor)
    const outputs =
      (params: Ps) =>
      (x: Batch<I>): Batch<O> =>
        propagate<Ps, I, O>(underNoise(net, expected).layers.map(inBatches))(params)(x).output
    return fixed({
      likelihood,
      input: net.input,
      output: net.output,
      init: net.init,
      cost: (params) => (x, y) => {
        wantsBatch(net.input, net.output, x, y)
        return loss(outputs(params)(x), y)
      },
      gradient:
        (params, key, first = 0) =>
        (x, y) => {
          wantsBatch(net.input, net.output, x, y)
          const { output, back } = propagate<Ps, I, O>(stagesFor(net, key, x.shape[0], first))(params)(x)
          const [cost, lossBack] = vjp((z: Tensor) => loss(z, y))(output)
          return [cost, back(lossBack(ones([], cost.precision)) as Batch<O>).gradients]
        },
      predict: (params) => (x) => link(outputs(params)(x)),
    })
  }
