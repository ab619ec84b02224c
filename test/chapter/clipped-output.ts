/**
 * A probability by clipping, max{0, min{1, wᵀh + b}}: a valid one, but flat outside of the interval. A unit that has left it learns
 * nothing any more, however wrong it is; ŷ = σ(wᵀh + b) under the Bernoulli likelihood learns from wherever it is.
 *
 * @source Goodfellow, Bengio, Courville (2016) §6.2.2.2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { clippedLinear, constant, type DenseParams, dense, input } from '../../src/layer/index.js'
import { bernoulli, type Model, meanSquaredError } from '../../src/likelihood/index.js'
import { gradientDescent } from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { matrix, toArray, toNumber } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'
import { statesOf } from './states.js'

/** Four points, negative and positive ones. */
const data = { x: matrix([[-2], [-1], [1], [2]]), y: matrix([[0], [0], [1], [1]]) } as const

export interface Lesson {
  /** The probabilities of the four points before every step. */
  readonly probabilities: readonly (readonly number[])[]
  /** w before every step. */
  readonly weights: readonly number[]
}
const taught = <Ps extends readonly [DenseParams<1, 1>, ...unknown[]]>(
  model: Model<Ps, readonly [1], readonly [1], readonly [1]>,
  steps: number,
): Lesson => {
  const { init, step } = train(model, gradientDescent({ learningRate: 0.5 }))
  const states = statesOf(step, init(key(0)), data, steps)
  return {
    probabilities: states.map(({ params }) => Array.from(toArray(model.predict(params)(data.x)))),
    weights: states.map(({ params }) => toNumber(params[0].weights)),
  }
}

/** w = 1/10 and a bias from which the linear part is in the interval, or beyond it, for all points. */
export const clippedOutput = (bias: number, steps: number) => {
  const linear = pipe(input(1), dense(1, { weights: constant(0.1), bias: constant(bias) }))
  return { clipped: taught(meanSquaredError(pipe(linear, clippedLinear)), steps), sigmoid: taught(bernoulli(linear), steps) }
}
