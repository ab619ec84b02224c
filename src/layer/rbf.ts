/**
 * Radial basis functions: a unit is active near its centre.
 *
 *     h_o = exp(−‖W_{:,o} − x‖² / σ_o²)
 *
 * Far from its centre a unit saturates at 0, which makes it hard to optimise: begin near the data, with wide units.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.3.3
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { div, exp, expandLast, neg, square, sub, sum } from '../ops/index.js'
import { foldIn } from '../random/index.js'
import { fixed, type Shape, type WantsVector, wantsSizes, wantsVector } from '../shape/index.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { constant, type Initialiser, initialisedBy, small } from './initialiser.js'

export interface RbfParams<I extends number, O extends number> {
  /** W: the centre of unit o is column o. */
  readonly centres: Matrix<I, O>
  /** σ, not 0; its sign does not matter. */
  readonly widths: Vector<O>
}
export interface RbfOptions {
  readonly centres: Initialiser
  readonly widths: Initialiser
}
/** Centres of variance 1, as standardised data have; widths of 1. */
export const rbfDefaults: RbfOptions = fixed({ centres: small(1), widths: constant(1) })

export type Rbf<O extends number> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsVector<'rbf', A>,
) => Network<readonly [...Ps, RbfParams<A[0], O>], I, readonly [O]>

/**
 * A layer of `size` radial basis functions, whose centres and widths are learned.
 *
 * @shape  centres [I, size], widths [size]: [I] → [size], numbers in (0, 1]
 * @error  does not compile on an image; `ShapeError` at run time
 * @example
 * pipe(input(2), rbf(16, { widths: constant(2) }), dense(1))
 */
export const rbf = <O extends number>(size: O, options: Partial<RbfOptions> = {}): Rbf<O> => {
  const { centres, widths } = optionsOf('rbf', rbfDefaults, options)
  orThrow(wantsSizes('rbf', [size], 1))
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsVector('rbf', outputOf('rbf', before)))
    const inputs: A[0] = before.output[0] ?? 0
    return grow<RbfParams<A[0], O>, readonly [O]>({
      description: {
        kind: 'rbf',
        size,
        ...initialisedBy('centres', centres, rbfDefaults.centres),
        ...initialisedBy('widths', widths, rbfDefaults.widths),
      },
      output: [size],
      init: (key) => ({ centres: centres([inputs, size] as const)(foldIn(0)(key)), widths: widths([size] as const)(foldIn(1)(key)) }),
      apply: (params) => (x) => {
        const away: Tensor = pipe(expandLast(size)(x), sub(params.centres as Tensor), square, sum(-2))
        return pipe(away, div(square(params.widths as Tensor)), neg, exp)
      },
    })(before)
  }
}
