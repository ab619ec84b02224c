/**
 * Maxout: every unit is the largest of k affine pieces, a convex function that is learned.
 *
 *     h_o = maxⱼ (Σᵢ x_i W_{i,o,j} + b_{o,j})
 *
 * @source Goodfellow, Warde-Farley, Mirza, Courville, Bengio (2013); Goodfellow, Bengio, Courville (2016) §6.3.1, equation 6.37
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { affine, max, reshape } from '../ops/index.js'
import { foldIn } from '../random/index.js'
import { type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { denseDefaults } from './dense.js'
import { type Initialiser, initialisedBy } from './initialiser.js'

export interface MaxoutParams<I extends number, O extends number, K extends number> {
  readonly weights: Tensor<readonly [I, O, K]>
  readonly bias: Matrix<O, K>
}
export interface MaxoutOptions<K extends number> {
  /** k: of how many pieces a unit is the largest. */
  readonly pieces: K
  readonly weights?: Initialiser
  readonly bias?: Initialiser
}
export type Maxout<O extends number, K extends number> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsVector<'maxout', A>,
) => Network<readonly [...Ps, MaxoutParams<A[0], O, K>], I, readonly [O]>

/**
 * A layer of `size` maxout units.
 *
 * @shape  weights [I, size, k], bias [size, k]: [I] → [size]
 * @error  does not compile on an image; `ShapeError` at run time
 * @example
 * pipe(input(784), maxout(128, { pieces: 3 }), dense(10))
 */
export const maxout = <O extends number, const K extends number>(size: O, options: MaxoutOptions<K>): Maxout<O, K> => {
  const { pieces, weights, bias } = optionsOf('maxout', denseDefaults, options, ['pieces'])
  orThrow(wantsSizes('maxout', [size, pieces], 1))
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsVector('maxout', outputOf('maxout', before)))
    const inputs: A[0] = before.output[0] ?? 0
    return grow<MaxoutParams<A[0], O, K>, readonly [O]>({
      description: {
        kind: 'maxout',
        size,
        pieces,
        ...initialisedBy('weights', weights, denseDefaults.weights),
        ...initialisedBy('bias', bias, denseDefaults.bias),
      },
      output: [size],
      // A piece is a dense unit: its fans are those of the matrix [I, size · k].
      init: (key) => ({
        weights: reshape([inputs, size, pieces])(weights([inputs, size * pieces])(foldIn(0)(key))),
        bias: bias([size, pieces] as const)(foldIn(1)(key)),
      }),
      apply: (params) => (x) =>
        pipe(
          x as Vector<number>,
          affine(reshape([inputs, size * pieces])(params.weights), reshape([size * pieces])(params.bias)),
          reshape([size, pieces]),
          max(-1),
        ),
    })(before)
  }
}
