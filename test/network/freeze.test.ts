/** Frozen parameters: what is trained around them moves, and they do not, whatever the optimiser. */
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, it } from 'vitest'
import { check, equivalent } from '../../laws/index.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { dense, dropout, input, relu, tanh } from '../../src/layer/index.js'
import { gaussian, regularised, weightDecay } from '../../src/likelihood/index.js'
import { freeze, noParameters, summary } from '../../src/network/index.js'
import { cast } from '../../src/ops/index.js'
import {
  adam,
  adamW,
  addDecayedWeights,
  averageParameters,
  chain,
  type GradientTransformation,
  lion,
  maxNorm,
  multiSteps,
  nesterovLookAhead,
  project,
  type StateOf,
  sgd,
} from '../../src/optimise/index.js'
import { mapTree, sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { matrix, vector } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

const encoder = pipe(input(3), dense(4), tanh, dense(2))
const theta = encoder.init(key(7))
const theta64 = mapTree(cast('float64'))(theta)
const frozen = pipe(input(2), dense(3), freeze(encoder)(theta), tanh, dense(1))
const thawed = pipe(input(2), dense(3), dense(4), tanh, dense(2), tanh, dense(1))

const learningRate = 0.1
const optimisers = {
  sgd: chain(addDecayedWeights(0.1), sgd({ learningRate })),
  nesterovLookAhead: chain(addDecayedWeights(0.1), nesterovLookAhead({ learningRate })),
  adam: adam({ learningRate }),
  adamW: adamW({ learningRate, weightDecay: 0.5 }),
  lion: lion({ learningRate, weightDecay: 0.5 }),
  projected: chain(sgd({ learningRate }), project(maxNorm(0.1))),
  averaged: chain(adam({ learningRate }), averageParameters({ decay: 0.5 })),
  accumulated: multiSteps(2)(adamW({ learningRate, weightDecay: 0.5 })),
}
const batch = {
  x: matrix([
    [1, 2],
    [-1, 0.5],
    [0, 1],
  ]),
  y: matrix([[1], [0], [-1]]),
}

describe('frozen parameters', () => {
  it.each(Object.entries(optimisers))('%s does not move them, and moves what is below and above', (_, optimiser) => {
    const model = pipe(gaussian(frozen), regularised(weightDecay(0.1)))
    const { init, step } = train(model, optimiser as unknown as GradientTransformation<StateOf>)
    const [before, after] = [
      init(key(1)),
      iterate(compile(wasm)(step))(
        init(key(1)),
        Array.from({ length: 4 }, () => batch),
      ),
    ]
    const [below, none, activation, above] = after.params
    const x = vector([0.5, -2])
    expect(none).toEqual(noParameters)
    expect(sameTree(below, before.params[0])).toBe(false)
    expect(sameTree(above, before.params[3])).toBe(false)
    expect(is(frozen(after.params)(x), thawed([below, ...theta, activation, above])(x))).toBe(true)
  })
  it.each(equivalent(frozen, thawed, { map: ([below, , activation, above]) => [below, ...theta64, activation, above] as const }))(
    '$name: the network is the one that it was, and so are its gradients',
    (law) => check(law, { runs: 20 }),
  )
  it('are none: they are not counted', () =>
    expect(summary(frozen).split('\n').slice(2)).toEqual([
      'dense   [3]              9',
      'freeze  [2]              0',
      'tanh    [2]              0',
      'dense   [1]              3',
      'total                   12',
    ]))
  it('keep their noise', () => {
    const noisy = pipe(input(8), dropout(0.5))
    const net = pipe(input(8), freeze(noisy)(noisy.init(key(1))))
    const x = vector([1, 2, 3, 4, 5, 6, 7, 8])
    expect(is(net([noParameters])(x), x)).toBe(true)
    expect(is(net.sampled(key(2))([noParameters])(x), x)).toBe(false)
  })
  it('are numbers, of the network that they are frozen in', () => {
    expect(() => freeze(relu as never)).toThrow('freeze expects a network, receives a function')
    expect(() => freeze(encoder)([] as never)).toThrow('network expects a tuple of 3 parameter records, receives one of 0')
    expect(() => freeze(encoder)([{}, {}, {}] as never)).toThrow(
      /^freeze expects \[0\]\.weights of \[3, 4\] among its parameters, receives none$/,
    )
    expect(() => freeze(encoder)([theta[2], theta[1], theta[0]] as never)).toThrow('among its parameters, receives [0].weights of [4, 2]')
    expect(() => pipe(input(4), freeze(encoder)(theta) as unknown as typeof relu)).toThrow('freeze expects [3], receives [4]')
    expect(() => compile(wasm)((p: typeof theta) => pipe(input(3), freeze(encoder)(p))([noParameters])(vector([1, 2, 3])))(theta)).toThrow(
      'freeze expects',
    )
  })
})
