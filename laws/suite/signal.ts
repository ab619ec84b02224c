/**
 * With initial parameters the size of a signal stays, from layer to layer: E y² ≈ E x², which is Var y ≈ Var x where weights
 * and inputs have mean 0. It says nothing about layers without parameters, whose users choose weights to go with them.
 *
 * @source He, Zhang, Ren, Sun (2015); Glorot and Bengio (2010)
 */
import { batched } from '../../src/graph/index.js'
import type { Network } from '../../src/network/index.js'
import { meanAll, square } from '../../src/ops/index.js'
import { leaves } from '../../src/params/index.js'
import { type Key, key, uniformIn } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Tensor, toNumber } from '../../src/tensor/index.js'
import { holds } from '../compare.js'
import { fact, type Law } from '../law.js'

/** Some 500 numbers for every unit: the estimate errs by about a tenth, far inside a factor of 4. */
const [keys, examples] = [64, 8]

/** An initialiser that throws breaks other laws. */
const hasParameters = ({ init }: { readonly init: (k: Key) => unknown }): boolean => {
  try {
    return leaves(init(key(0))).length > 0
  } catch {
    return false
  }
}

/** What an initialiser does to signals, where there is one. */
export const signalLaws = <I extends Shape, Ps extends readonly unknown[], O extends Shape>(net: Network<Ps, I, O>): readonly Law[] => {
  if (!hasParameters(net)) return []
  const squares = (seed: number): number => {
    const x = uniformIn([examples, ...net.input], -Math.sqrt(3), Math.sqrt(3))(key(seed + keys))
    const y = batched((h: Tensor<I>) => net(net.init(key(seed)))(h))(x as never) as unknown as Tensor
    return toNumber(meanAll(square(y)))
  }
  return [
    fact(
      {
        name: 'layer.initVariance',
        statement: 'E y² is within a factor of 4 of E x² = 1, for initial parameters',
        source: 'He, Zhang, Ren, Sun (2015); Glorot and Bengio (2010)',
        tier: 'recommended',
      },
      () => {
        const mean = Array.from({ length: keys }, (_, seed) => squares(seed)).reduce((a, b) => a + b, 0) / keys
        holds(`E y² = ${mean}, between 1/4 and 4`, mean >= 0.25 && mean <= 4)
      },
    ),
  ]
}
