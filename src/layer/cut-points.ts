/**
 * One score against cut points in rising order: the log-odds of being above each.
 *
 *     z_k = x − θ_k,   θ_k = θ_0 + softplus(g_1) + … + softplus(g_k)
 *
 * @source McCullagh (1980), Regression models for ordinal data: proportional odds
 */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow, wantsWhole } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { affine, expandFirst, formula, reshape, softplus } from '../ops/index.js'
import { type Shape, type WantsOne, wantsOne } from '../shape/index.js'
import { full, tensor } from '../tensor/create.js'
import type { Matrix, Scalar, Tensor, Vector } from '../tensor/tensor.js'

export interface CutPointsParams {
  /** θ_0 */
  readonly first: Scalar
  /** g: how far each cut is behind the one before, before softplus. */
  readonly gaps: Vector<number>
}
export type CutPoints<C extends number> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A> & WantsOne<'cutPoints', A>,
) => Network<readonly [...Ps, CutPointsParams], I, readonly [C]>

/** softplus of it is 1. */
const unitGap = Math.log(Math.E - 1)
/** [j, k] is 1 for j < k: sums of what is before. */
const sumsBefore = (cuts: number, like: Tensor): Matrix<number, number> =>
  tensor(
    [cuts - 1, cuts],
    Array.from({ length: (cuts - 1) * cuts }, (_, i) => (Math.floor(i / cuts) < i % cuts ? 1 : 0)),
    like.precision,
  )

/**
 * As many cut points, one fewer than `ordinal` then has classes. At first they lie around 0, 1 apart.
 *
 * @shape  first [], gaps [cuts − 1]: [1] → [cuts]
 * @error  does not compile on anything but one unit; `ValueError` for a number of cuts that is not whole and at least 1
 * @example
 * ordinal(pipe(input(6), dense(1), cutPoints(4))) // five classes
 */
export const cutPoints = <C extends number>(cuts: C): CutPoints<C> => {
  wantsWhole('cutPoints', 'cuts', cuts)
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    orThrow(wantsOne('cutPoints', outputOf('cutPoints', before)))
    return grow<CutPointsParams, readonly [C]>({
      description: { kind: 'cutPoints', cuts },
      output: [cuts],
      init: () => ({ first: full([], -(cuts - 1) / 2), gaps: full([cuts - 1], unitGap) }),
      apply:
        ({ first, gaps }) =>
        (x: Tensor) => {
          const offsets = affine(sumsBefore(cuts, gaps), expandFirst(cuts)(first) as Vector<number>)(softplus(gaps))
          return formula.sub(pipe(x, reshape([]), expandFirst(cuts)) as Vector<C>, offsets as Vector<C>)
        },
    })(before)
  }
}
