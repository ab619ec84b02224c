/**
 * Tied weights: the dense layer whose weights are those of a shared one, transposed, as in a decoder that undoes its encoder.
 *
 *     x̂ = hWᵀ + c,  of h = g(xW + b)
 *
 * Its bias is its own; the gradient of W is the sum of the encoder's and the decoder's.
 *
 * @source Vincent, Larochelle, Lajoie, Bengio, Manzagol (2010) §2.2, autoencoders with tied weights; Goodfellow, Bengio, Courville (2016) §14
 */
import { optionsOf, orThrow, shown, ValueError, wantsFunction } from '../error/index.js'
import { grow, type Layer, type Network, outputOf, type Shared } from '../network/index.js'
import { affine, transpose } from '../ops/index.js'
import { receives, type Shape } from '../shape/index.js'
import type { Matrix, Vector } from '../tensor/tensor.js'
import { type DenseParams, denseDefaults } from './dense.js'
import { type Initialiser, initialisedBy } from './initialiser.js'

/** c: from the outputs of the shared layer back to as many numbers as it has inputs. */
export interface TransposedParams<I extends number> {
  readonly bias: Vector<I>
}
export interface TransposedOptions {
  readonly bias: Initialiser
}
/** Biases of zero. */
export const transposedDefaults: TransposedOptions = Object.freeze({ bias: denseDefaults.bias })

/** A dense layer that is shared, and nothing else. */
const wantsSharedDense = <S extends Shared<readonly [DenseParams<number, number>], Shape, Shape>>(of: S): S => {
  const { network, sharedAs } = wantsFunction('transposed', 'a dense layer that is shared', of)
  const kinds = (network?.layers.toArray() ?? []).map(({ kind }) => kind)
  if (kinds.length === 1 && kinds[0] === 'dense') return of
  throw new ValueError({
    who: 'transposed',
    expected: 'a dense layer that is shared',
    received: sharedAs === undefined ? shown(of) : `${sharedAs} of ${kinds.join(', ') || 'no layers'}`,
    hint: 'share it alone, without its activation',
  })
}

/**
 * The transpose of a shared dense layer, with a bias of its own.
 *
 * @shape  shared weights [I, O], bias [I]: [O] → [I]
 * @error  does not compile on another size than the layer gives; `ValueError` for what is no shared dense layer
 * @example
 * pipe(input(784), share('encoder')(dense(32), (encode) => flow(encode, sigmoid, transposed(encode))))
 */
export const transposed = <I extends number, O extends number>(
  of: Shared<readonly [DenseParams<I, O>], readonly [I], readonly [O]>,
  options: Partial<TransposedOptions> = {},
): Layer<'transposed', TransposedParams<I>, readonly [O], readonly [I]> => {
  const { bias } = optionsOf('transposed', transposedDefaults, options)
  const { network, params, sharedAs } = wantsSharedDense(of as never) as typeof of
  return <Ps extends readonly unknown[], J extends Shape, A extends Shape>(before: Network<Ps, J, A>) => {
    orThrow(receives('transposed', network.output, outputOf('transposed', before)))
    return grow<TransposedParams<I>, readonly [I]>({
      description: { kind: 'transposed', name: sharedAs, ...initialisedBy('bias', bias, transposedDefaults.bias) },
      output: network.input,
      init: (key) => ({ bias: bias(network.input)(key) }),
      apply: (own) => (x) =>
        affine(transpose(params()[0].weights) as Matrix<number, number>, own.bias as Vector<number>)(x as Vector<number>),
    })(before)
  }
}
