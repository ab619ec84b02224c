/**
 * Dropout: in training, each number is kept with probability 1 − rate and scaled by 1/(1 − rate), else it is 0; in
 * evaluation nothing changes. The layer's place in the network, and the places of the blocks around it, are folded into the
 * key, so that two dropouts differ. Networks that are joined by `compose` were made apart, and each counts from 0: give them
 * noise of different keys, or join blocks with `flow` instead.
 *
 * @source Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014)
 */
import { pipe } from 'fp-ts/lib/function.js'
import { shown, ValueError } from '../error/index.js'
import { type Pointwise, pointwise, wantsNetwork } from '../network/index.js'
import { mul, select } from '../ops/index.js'
import { bernoulli, foldIn, type Key } from '../random/index.js'
import { fixed } from '../shape/index.js'
import type { Noise } from './noise.js'

/**
 * Drops a part of what comes in.
 *
 * @param rate  the probability of dropping, in [0, 1)
 * @error `ValueError` for another rate
 */
export const dropout =
  (rate: number) =>
  (noise: Noise): Pointwise => {
    if (!(rate >= 0 && rate < 1)) throw new ValueError({ who: 'dropout', expected: 'a rate in [0, 1)', received: shown(rate) })
    const keep = 1 - rate
    const own = fixed(noise)
    return (before) => {
      const place = [...wantsNetwork('dropout', before).place, before.layers.size]
      const keyHere = (key: Key): Key => place.reduce((k, i) => foldIn(i)(k), key)
      return pointwise(
        'dropout',
        (x) => (own.kind === 'expected' ? x : pipe(bernoulli(x.shape, keep)(keyHere(own.key)), select(mul(1 / keep)(x), 0))) as typeof x,
        { rate },
      )(before)
    }
  }
