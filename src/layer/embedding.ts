/**
 * Embedding: a table with a row of weights for every word of a vocabulary, read at whole numbers.
 *
 *     y(…, j) = w(x(…), j)
 *
 * It is a dense layer without bias on one-hot vectors, without the zeros: only the rows that are read have a gradient, and a row that
 * is read several times has their sum.
 *
 * @source Bengio, Ducharme, Vincent, Jauvin (2003), A neural probabilistic language model; Goodfellow et al. (2016) §12.4.2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { optionsOf, orThrow, PrecisionError, shown, ValueError } from '../error/index.js'
import { grow, type Network, outputOf } from '../network/index.js'
import { reshape, takeRows } from '../ops/index.js'
import { fixed, type Shape, sizeOf, wantsSizes } from '../shape/index.js'
import { isLiteral, toArray } from '../tensor/read.js'
import type { Matrix, Tensor, Vector } from '../tensor/tensor.js'
import { type Initialiser, initialisedBy, small } from './initialiser.js'

/** One row for every index. */
export interface EmbeddingParams<N extends number, D extends number> {
  readonly weights: Matrix<N, D>
}
export interface EmbeddingOptions {
  readonly weights: Initialiser
}
/** Weights of variance 1, as PyTorch has them: what follows sees one row, whatever the vocabulary. */
export const embeddingDefaults: EmbeddingOptions = fixed({ weights: small(1) })

export type Embedding<N extends number, D extends number> = <Ps extends readonly unknown[], I extends Shape, A extends Shape>(
  before: Network<Ps, I, A>,
) => Network<readonly [...Ps, EmbeddingParams<N, D>], I, readonly [...A, D]>

/** int32 indices; where they are known, all of them rows. */
const wantsIndices = (count: number, x: Tensor): void => {
  if (x.precision !== 'int32')
    throw new PrecisionError({
      who: 'embedding',
      expected: 'int32 indices',
      received: x.precision,
      hint: "cast('int32') converts them",
    })
  const outside = isLiteral(x) ? toArray(x).find((index) => index < 0 || index >= count) : undefined
  if (outside !== undefined)
    throw new ValueError({ who: 'embedding', expected: `indices from 0 to ${count - 1}`, received: shown(outside) })
}

/**
 * Rows of a table of `count` rows, each of `width` numbers, at int32 indices. In a traced step, where indices are not known, one that is
 * out of range gives zeros.
 *
 * @shape  weights [count, width]: int32 [...S] → [...S, width]
 * @error  `PrecisionError` for indices that are not int32, `ValueError` for one out of range
 * @example
 * pipe(input(20), embedding(10_000, 32), recurrent(lstm(64)), dense(2)) // on int32 [20]
 */
export const embedding = <N extends number, D extends number>(
  count: N,
  width: D,
  options: Partial<EmbeddingOptions> = {},
): Embedding<N, D> => {
  const { weights } = optionsOf('embedding', embeddingDefaults, options)
  orThrow(wantsSizes('embedding', [count, width], 1))
  const description = { kind: 'embedding', count, width, ...initialisedBy('weights', weights, embeddingDefaults.weights) }
  return <Ps extends readonly unknown[], I extends Shape, A extends Shape>(before: Network<Ps, I, A>) => {
    const output = [...outputOf('embedding', before), width] as unknown as readonly [...A, D]
    return grow<EmbeddingParams<N, D>, readonly [...A, D]>({
      description,
      output,
      init: (key) => ({ weights: weights([count, width] as const)(key) }),
      apply: (params) => (x: Tensor) => {
        wantsIndices(count, x)
        const indices = reshape([sizeOf(x.shape)])(x) as Vector<number>
        return pipe(params.weights as Matrix<number, number>, takeRows(indices), reshape([...x.shape, width])) as Tensor
      },
    })(before)
  }
}
