/** A network that depends on noise, with the shapes and parameters it has for any noise. */
import type { Network } from '../network/index.js'
import type { Key } from '../random/index.js'
import { fixed, type Shape } from '../shape/index.js'
import { expected, type Noise } from './noise.js'

export interface Stochastic<Ps extends readonly unknown[], I extends Shape, O extends Shape> {
  readonly input: I
  readonly output: O
  readonly init: (key: Key) => Ps
  /** The network that a noise makes. */
  readonly sample: (noise: Noise) => Network<Ps, I, O>
}

/**
 * A network as a function of noise, as likelihoods and training accept it.
 *
 * @example
 * const net = stochastic((noise) => pipe(input(784), dense(512), relu, dropout(0.5)(noise), dense(10)))
 * const model = categorical(net)
 */
export const stochastic = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  sample: (noise: Noise) => Network<Ps, I, O>,
): Stochastic<Ps, I, O> => {
  const { input, output, init } = sample(expected)
  return fixed({ input, output, init, sample })
}
