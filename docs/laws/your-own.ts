/**
 * Laws of one's own code, each in a few lines: the program that docs/laws.md shows. All of them hold:
 *
 *     npx foldgrad-laws docs/laws/your-own.ts
 */

import {
  combinatorLaws,
  equivalent,
  layerLaws,
  metamorphic,
  negated,
  networkLaws,
  objectiveLaws,
  optimiserLaws,
  permuted,
  shiftedBy,
} from 'foldgrad/laws'
import { dense, input, relu, softmax, tanh } from 'foldgrad/layer'
import { bernoulli } from 'foldgrad/likelihood'
import { layer, pointwise, residual } from 'foldgrad/network'
import { add, affine, cast, floor, log, matmul, neg, stopGradient, sub, sumAll } from 'foldgrad/ops'
import { adam, chain, clipByGlobalNorm } from 'foldgrad/optimise'
import { uniformIn } from 'foldgrad/random'
import { matrix, zeros } from 'foldgrad/tensor'
import { flow, pipe } from 'fp-ts/lib/function.js'

// What a layer does on purpose it says, and is held to that and to all the rest.

/** Defined above 0 only. */
const logarithm = pointwise('logarithm', log)
export const ofADomain = layerLaws(logarithm, { input: [6], domain: { above: 0 } })

/** Whole numbers out: it has no derivative, and all other laws. */
const rounded = layer({ name: 'rounded', input: [6], output: [6], init: () => ({}), apply: () => cast('int32') })
export const ofWholeNumbers = layerLaws(rounded, { input: [6], gives: 'int32' })

/** Weights that do not learn: their gradient is zero, and the others are right. */
const frozen = layer({
  name: 'frozen',
  input: [6],
  output: [3],
  init: (key) => ({ weights: uniformIn([6, 3], -1, 1)(key), bias: zeros([3]) }),
  apply: ({ weights, bias }) => affine(stopGradient(weights), bias),
})
export const ofFrozenWeights = layerLaws(frozen, { input: [6], stopped: ['params[0].weights'] })

/** Straight through, and reversed: the derivative of another function. */
const straightThrough = pointwise('straightThrough', (x) => add(stopGradient(sub(x)(floor(x))))(x))
export const ofAnEstimator = layerLaws(straightThrough, { input: [6], derivativeOf: () => (x) => x })
const reversal = pointwise('reversal', (x) => sub(x)(stopGradient(add(x)(x))))
export const ofAReversal = layerLaws(reversal, { input: [6], derivativeOf: () => (x) => neg(x) })

// A network is tried as a whole, and layer by layer where it is wrong.

const net = pipe(input(4), dense(5), tanh, dense(2))
export const ofANetwork = networkLaws(net)

// A refactoring keeps the function and its gradients: two linear layers are one.

const two = pipe(input(4), dense(5), dense(2))
const one = pipe(input(4), dense(2))
export const ofARefactoring = equivalent(two, one, {
  map: ([first, second]) => [{ weights: matmul(second.weights)(first.weights), bias: affine(second.weights, second.bias)(first.bias) }],
})

// What a change of the input does to the output is known, though neither is.

export const ofChanges = [
  metamorphic('softmax.shift', softmax, { input: [5], change: shiftedBy(3) }),
  metamorphic('tanh.odd', tanh, { input: [5], change: negated, becomes: negated }),
  metamorphic('softmax.order', softmax, { input: [5], change: permuted([4, 2, 0, 1, 3]), becomes: permuted([4, 2, 0, 1, 3]) }),
  metamorphic('sum.order', layer({ name: 'sum', input: [5], output: [], init: () => ({}), apply: () => sumAll }), {
    input: [5],
    change: permuted([4, 2, 0, 1, 3]),
  }),
]

// A combinator means what it says, whatever its block is, and what it makes is a layer.

export const ofACombinator = combinatorLaws('residual', residual, { size: 4, meaning: (f) => (x) => add(f(x))(x) })

// A cost, and what goes down on it.

const xor = { x: matrix([[0, 0], [0, 1], [1, 0], [1, 1]]), y: matrix([[0], [1], [1], [0]]) } // biome-ignore format: two columns
export const ofAnObjective = objectiveLaws(bernoulli(pipe(input(2), dense(4), relu, dense(1))), [xor])
export const ofAnOptimiser = optimiserLaws('clipped', chain(clipByGlobalNorm(1), adam({ learningRate: 1e-3 })))

/** A block of layers, as `lawsOf` and the command find it. */
export const block = flow(dense(4), tanh)
