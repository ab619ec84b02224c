/**
 * Dropout: in training, each number is kept with probability 1 − rate and scaled by 1/(1 − rate), else it is 0; in
 * evaluation nothing changes, which is the mean over all masks. Each dropout of a network draws a mask of its own, and so does
 * every example.
 *
 * @source Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014)
 */
import { pipe } from 'fp-ts/lib/function.js'
import { shown, ValueError } from '../error/index.js'
import { type Pointwise, pointwise } from '../network/index.js'
import { mul, select } from '../ops/index.js'
import { bernoulli } from '../random/index.js'

/**
 * Drops a part of what comes in.
 *
 * @param rate  the probability of dropping, in [0, 1)
 * @error `ValueError` for another rate
 * @example
 * const net = pipe(input(784), dense(512), relu, dropout(0.5), dense(10))
 * net(params)(x)               // nothing is dropped
 * net.sampled(key(1))(params)(x) // half of the 512 are
 */
export const dropout = (rate: number): Pointwise => {
  if (typeof rate !== 'number' || !(rate >= 0 && rate < 1))
    throw new ValueError({ who: 'dropout', expected: 'a rate in [0, 1)', received: shown(rate) })
  const keep = 1 - rate
  return pointwise('dropout', (x) => x, {
    attributes: { rate },
    sampled: (key) => (x) => pipe(bernoulli(x.shape, keep)(key), select(mul(1 / keep)(x), 0)),
  })
}
