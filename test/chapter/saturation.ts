/**
 * One sigmoid unit a = σ(wx + b) that starts out wrong, x = 1, y = 0, w = b = 2: taught by the squared error, whose gradient has σ′ as a
 * factor, and by the cross-entropy, whose gradient has not.
 *
 *     C = ½(y − a)²:                       ∂C/∂w = (a − y) σ′(z) x
 *     C = −(y ln a + (1 − y) ln(1 − a)):   ∂C/∂w = (a − y) x
 *
 * @source Nielsen (2015), Neural networks and deep learning, chapter 3; Goodfellow, Bengio, Courville (2016) §6.2.2.2
 */
import { pipe } from 'fp-ts/lib/function.js'
import { constant, type DenseParams, dense, input, sigmoid } from '../../src/layer/index.js'
import { bernoulli, gaussian, type Model } from '../../src/likelihood/index.js'
import { gradientDescent } from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { matrix, toNumber } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'
import { statesOf } from './states.js'

const data = { x: matrix([[1]]), y: matrix([[0]]) } as const

export interface Lesson {
  /** a before every step. */
  readonly outputs: readonly number[]
  /** ∂C/∂w before every step. */
  readonly slopes: readonly number[]
}

/** So many steps of gradient descent. */
const taught = <Ps extends readonly [DenseParams<1, 1>, ...unknown[]]>(
  model: Model<Ps, readonly [1], readonly [1], readonly [1]>,
  steps: number,
  learningRate: number,
): Lesson => {
  const { init, step } = train(model, gradientDescent({ learningRate }))
  const states = statesOf(step, init(key(0)), data, steps)
  return {
    outputs: states.map(({ params }) => toNumber(model.predict(params)(data.x))),
    slopes: states.map(({ params }) => toNumber(model.gradient(params, key(0))(data.x, data.y)[1][0].weights)),
  }
}

const unit = pipe(input(1), dense(1, { weights: constant(2), bias: constant(2) }))
/** The same unit, the same steps, two costs. */
export const saturation = (steps: number, learningRate: number) => ({
  squaredError: taught(gaussian(pipe(unit, sigmoid)), steps, learningRate),
  crossEntropy: taught(bernoulli(unit), steps, learningRate),
})
