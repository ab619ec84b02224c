/**
 * A convex cost has one value at its bottom, wherever one starts; that of a network has several. XOR once more, with a fifth of its
 * labels wrong, so that every minimum is finite: whoever knows the answer pays H(1/5) nats, whoever knows nothing ln 2.
 *
 *     J(½(θ + θ′)) ≤ ½(J(θ) + J(θ′))   for all θ, θ′, if and only if J is convex
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2, §8.2.2 and §8.2.3
 */
import { pipe } from 'fp-ts/lib/function.js'
import { zip } from 'fp-ts/lib/ReadonlyArray.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { dense, input, ofVariance, tanh } from '../../src/layer/index.js'
import { bernoulli, fullBatch, type Model } from '../../src/likelihood/index.js'
import { add, mul } from '../../src/ops/index.js'
import { lbfgs, minimise, type ValueAndGradient } from '../../src/optimise/index.js'
import { leaves, withLeaves } from '../../src/params/index.js'
import { foldIn, type Key } from '../../src/random/index.js'
import { matrix, type Tensor, toNumber } from '../../src/tensor/index.js'

const x = matrix([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const y = matrix([[0.2], [0.8], [0.8], [0.2]])

/** Large weights, so that starts are far apart. */
const weights = ofVariance(() => 9)
const models = {
  linear: bernoulli(pipe(input(2), dense(1, { weights, bias: weights }))),
  network: bernoulli(pipe(input(2), dense(2, { weights, bias: weights }), tanh, dense(1, { weights }))),
} as const

/** The cost at the bottom that is reached from each of so many starts, in order. @unit nats */
const bottomsOf =
  <P>(init: (key: Key) => P, f: ValueAndGradient<P>) =>
  (starts: number, key: Key): readonly number[] => {
    const bottom = minimise(f, lbfgs(), { steps: 200 })
    return Array.from({ length: starts }, (_, i) => toNumber(bottom(init(foldIn(i)(key))).cost)).toSorted((a, b) => a - b)
  }
export const bottoms = {
  linear: bottomsOf(models.linear.init, compile(wasm)(fullBatch(models.linear)(x, y))),
  network: bottomsOf(models.network.init, compile(wasm)(fullBatch(models.network)(x, y))),
} as const

/** J(½(θ + θ′)) − ½(J(θ) + J(θ′)) for so many pairs of starts: positive nowhere, or J is not convex. */
const bulgesOf =
  <Ps extends readonly unknown[]>(model: Model<Ps, readonly [2], readonly [1], readonly [1]>) =>
  (pairs: number, key: Key): readonly number[] => {
    const cost = (params: Ps): number => toNumber(model.cost(params)(x, y))
    return Array.from({ length: pairs }, (_, i) => {
      const [one, other] = [model.init(foldIn(2 * i)(key)), model.init(foldIn(2 * i + 1)(key))]
      const between = zip(leaves(other))(leaves(one)).map(([a, b]): Tensor => mul(0.5)(add(b)(a)))
      return cost(withLeaves(one, between)) - (cost(one) + cost(other)) / 2
    })
  }
export const bulges = { linear: bulgesOf(models.linear), network: bulgesOf(models.network) } as const
