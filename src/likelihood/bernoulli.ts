/**
 * Targets of 0 and 1, one or many that do not depend on each other given x.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow } from '../error/index.js'
import { type Network, wantsNetwork } from '../network/index.js'
import { add, cast, formula, greater, neg, sigmoid, softplus, sumAll } from '../ops/index.js'
import { uniform } from '../random/index.js'
import { fixed, type Shape, type WantsOne, wantsOne, wantsSizes } from '../shape/index.js'
import type { Likelihood } from './likelihood.js'
import { type Model, modelOf } from './model.js'
import { wantsProbability } from './quantile.js'
import { probabilities } from './support.js'
import { weighted } from './weights.js'

/**
 * −log p(y) = y·softplus(−z) + (1 − y)·softplus(z) = softplus(z) − y·z, summed over units; with σ(z) = p(y = 1), it does not
 * saturate where σ does. The first form keeps the digits of small costs, which the second cancels.
 */
export const bernoulliLikelihood = <const O extends Shape>(output: O): Likelihood<O, O, O> =>
  fixed({
    name: 'bernoulli',
    output: orThrow(wantsSizes('bernoulli', output, 1)),
    target: output,
    support: probabilities,
    meanLayer: 'sigmoid',
    mean: sigmoid,
    mode: (z) => pipe(z, greater(0), cast(z.precision)) as typeof z,
    quantile: (p) => (z) => pipe(sigmoid(z), greater(1 - wantsProbability('quantile', p)), cast(z.precision)) as typeof z,
    sample: (key) => (z) => pipe(sigmoid(z), greater(uniform(z.shape, z.precision)(key) as never), cast(z.precision)) as typeof z,
    negativeLogLikelihood: (z, y) => sumAll(formula.add(weighted(add(1)(neg(y)))(softplus(z)), weighted(y)(softplus(neg(z))))),
  })

/**
 * y ~ Bernoulli(σ(net(x))), y in {0, 1}.
 *
 * @shape  net [...I] → [1]; targets [1]
 * @error  does not compile on anything but one output: `bernoulli expects [1], receives [10]`; `independentBernoulli` takes many
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.2
 */
export const bernoulli = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O> & WantsOne<'bernoulli', O>,
): Model<Ps, I, O, readonly [1]> => {
  orThrow(wantsOne('bernoulli', wantsNetwork('bernoulli', net).output))
  return modelOf(bernoulliLikelihood(net.output))(net) as unknown as Model<Ps, I, O, readonly [1]>
}

/**
 * yᵢ ~ Bernoulli(σ(net(x)ᵢ)), each by itself: several labels of one example, of which any number may hold.
 *
 * @shape  net [...I] → [...O]; targets [...O]
 * @unit   nats per example, summed over its units
 * @example
 * independentBernoulli(pipe(input(64), dense(5))) // five yes-or-no questions
 */
export const independentBernoulli = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  net: Network<Ps, I, O>,
): Model<Ps, I, O, O> => modelOf(bernoulliLikelihood(wantsNetwork('independentBernoulli', net).output))(net)
