/** How good predictions are: pure functions of predictions and one-hot targets. */
import { pipe } from 'fp-ts/lib/function.js'
import { argMax, cast, equal, matmul, meanAll, oneHot, transpose } from '../ops/index.js'
import type { Matrix, Scalar } from '../tensor/tensor.js'

/** The part of the examples whose most probable class is the target's. */
export const accuracy = <K extends number>(predicted: Matrix<number, K>, y: Matrix<number, NoInfer<K>>): Scalar =>
  pipe(argMax(-1)(predicted), equal(argMax(-1)(y)), cast('float32'), meanAll)

/**
 * How often class i was taken for class j: row i, column j.
 *
 * @shape  [N, K], [N, K] → [K, K]
 */
export const confusionMatrix = <K extends number>(predicted: Matrix<number, K>, y: Matrix<number, NoInfer<K>>): Matrix<K, K> =>
  matmul(oneHot(predicted.shape[1])(argMax(-1)(predicted)) as Matrix<number, K>)(transpose(y) as Matrix<K, number>) as Matrix<K, K>
