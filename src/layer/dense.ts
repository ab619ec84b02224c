/**
 * The dense layer: every unit sees every input.
 *
 *     y = xW + b,  y_o = Σᵢ x_i W_{i,o} + b_o
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.1
 */
import { optionsOf, orThrow } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { affine } from '../ops/index.js'
import { foldIn } from '../random/index.js'
import { type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { constant, he, type Initialiser, initialisedBy } from './initialiser.js'

export interface DenseParams<I extends number, O extends number> {
  readonly weights: Matrix<I, O>
  readonly bias: Vector<O>
}

/** A builder; naming its type keeps hovers (`Dense<128>`) and the first lines of errors short. */
export type Dense<O extends number> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsVector<'dense', A>,
) => Network<readonly [...Ps, DenseParams<A[0], O>], I, readonly [O]>

export interface DenseOptions {
  readonly weights: Initialiser
  readonly bias: Initialiser
}
/** He's weights, biases of zero. */
export const denseDefaults: DenseOptions = Object.freeze({ weights: he, bias: constant(0) })

/**
 * A dense layer of `size` units.
 *
 * @shape  weights [I, size], bias [size]: [I] → [size]
 * @error  does not compile on an image: `dense expects a vector, receives [28, 28, 1]; flatten first`; `ShapeError` at run time
 * @example
 * pipe(input(784), dense(128), relu, dense(10))
 */
export const dense = <O extends number>(size: O, options: Partial<DenseOptions> = {}): Dense<O> => {
  const { weights, bias } = optionsOf('dense', denseDefaults, options)
  orThrow(wantsSizes('dense', [size], 1))
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsVector('dense', outputOf('dense', before)))
    const inputs: A[0] = before.output[0] ?? 0
    return grow<DenseParams<A[0], O>, readonly [O]>({
      description: {
        kind: 'dense',
        size,
        ...initialisedBy('weights', weights, denseDefaults.weights),
        ...initialisedBy('bias', bias, denseDefaults.bias),
      },
      output: [size],
      init: (key) => ({ weights: weights([inputs, size] as const)(foldIn(0)(key)), bias: bias([size] as const)(foldIn(1)(key)) }),
      apply: (params) => (x: Tensor) => affine(params.weights as Matrix<number, number>, params.bias)(x as Vector<number>),
    })(before)
  }
}
