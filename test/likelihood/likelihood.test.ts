/** Likelihoods, costs and metrics: what they say and what they refuse. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { vjp } from '../../src/graph/index.js'
import { dense, flatten, input, tanh } from '../../src/layer/index.js'
import {
  accuracy,
  bernoulli,
  categorical,
  confusionMatrix,
  fullBatch,
  gaussian,
  gradient,
  meanSquaredError,
  objective,
  regularised,
  weightDecay,
  weightedMean,
} from '../../src/likelihood/index.js'
import { add, cast, mul, reshape, sumAll, takeRows } from '../../src/ops/index.js'
import { lbfgs, minimise } from '../../src/optimise/index.js'
import { leaves, mapTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { full, matrix, ones, scalar, type Tensor, tensor, toArray, toNumber, type Vector, vector, zeros } from '../../src/tensor/index.js'

const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
const at = (z: number) => tensor([1, 1], [z], 'float64')
const bounded = fc.double({ min: -30, max: 30, noNaN: true })

describe('bernoulli', () => {
  const model = bernoulli(input(1))
  test('−log σ(z) for y = 1 and −log(1 − σ(z)) for y = 0', () => {
    fc.assert(
      fc.property(bounded, (z) => {
        const [one, zero] = [1, 0].map((y) => toNumber(model.cost([])(at(z), at(y)))) as [number, number]
        const p = 1 / (1 + Math.exp(-z))
        return Math.abs(one + Math.log(p)) < 1e-9 * (1 + Math.abs(z)) && Math.abs(one + z - zero) < 1e-9 * (1 + Math.abs(z))
      }),
    )
  })
  /** The squared error of a saturated unit has no gradient; the likelihood of a sigmoid has σ(z) − y. */
  test('does not saturate where σ does, and does not overflow', () => {
    for (const z of [-1000, -40, 0, 40, 1000]) {
      const [cost, pullback] = vjp((logit: Tensor) => model.cost([])(logit as never, at(1)))(at(z))
      expect(toNumber(cost)).toBeCloseTo(z >= 0 ? Math.log1p(Math.exp(-z)) : -z + Math.log1p(Math.exp(z)), 15)
      expect(toNumber(pullback(scalar(1, 'float64')))).toBeCloseTo(
        (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))) - 1,
        15,
      )
    }
  })
  test('predicts probabilities', () => expect(numbers(model.predict([])(at(0)))).toEqual([0.5]))
  test('needs one output', () => {
    // @ts-expect-error -- bernoulli expects [1], receives [10]
    expect(() => bernoulli(pipe(input(3), dense(10)))).toThrow('bernoulli expects [1], receives [10]')
  })
})

describe('categorical', () => {
  test('of two classes is Bernoulli of the difference: σ(z) is softmax(z, 0)', () => {
    fc.assert(
      fc.property(bounded, (z) => {
        const pair = tensor([1, 2], [z, 0], 'float64')
        const two = categorical(input(2))
        const one = bernoulli(input(1))
        return (
          Math.abs(toNumber(two.cost([])(pair, tensor([1, 2], [1, 0], 'float64'))) - toNumber(one.cost([])(at(z), at(1)))) < 1e-12 &&
          Math.abs((numbers(two.predict([])(pair))[0] ?? Number.NaN) - (numbers(one.predict([])(at(z)))[0] ?? Number.NaN)) < 1e-12
        )
      }),
    )
  })
  test('knows nothing of a constant added to all outputs, and does not overflow', () => {
    const model = categorical(input(3))
    const y = matrix([[0, 1, 0]], 'float64')
    const base = toNumber(model.cost([])(matrix([[1, 2, 3]], 'float64'), y))
    expect(toNumber(model.cost([])(matrix([[100001, 100002, 100003]], 'float64'), y))).toBeCloseTo(base, 10)
    expect(toNumber(model.cost([])(matrix([[0, 0, 0]], 'float64'), y))).toBeCloseTo(Math.log(3), 15)
  })
  test('of equal outputs predicts equal probabilities, of sum 1', () => {
    expect(numbers(categorical(input(4)).predict([])(zeros([1, 4])))).toEqual([0.25, 0.25, 0.25, 0.25])
  })
  test('needs a vector', () => {
    // @ts-expect-error -- categorical expects a vector, receives [2, 2, 1]; flatten first
    expect(() => categorical(input(2, 2, 1))).toThrow('categorical expects a vector, receives [2, 2, 1]; flatten first')
  })
})

describe('gaussian and mean squared error', () => {
  const z = matrix(
    [
      [1, 2],
      [3, 4],
    ],
    'float64',
  )
  const y = matrix(
    [
      [1, 4],
      [3, 1],
    ],
    'float64',
  )
  test('½‖y − z‖² + (d/2) log 2π, in nats per example', () =>
    expect(toNumber(gaussian(input(2)).cost([])(z, y))).toBeCloseTo((0.5 * (4 + 9)) / 2 + Math.log(2 * Math.PI), 14))
  test('(1/d)‖y − z‖², without ½', () => expect(toNumber(meanSquaredError(input(2)).cost([])(z, y))).toBe(13 / 4))
})

describe('regularisers', () => {
  const net = pipe(input(2), dense(3), tanh, dense(1))
  const model = meanSquaredError(net)
  const data = [full([4, 2], 0.5), full([4, 1], 1)] as const
  test('weight decay counts weights, not biases', () => {
    const params = [{ weights: full([2, 3], 2), bias: full([3], 100) }, {}, { weights: full([3, 1], 1), bias: full([1], 100) }] as const
    expect(toNumber(weightDecay(0.5)(params))).toBe(0.25 * (6 * 4 + 3))
    const plain = model.gradient(params, key(0))(...data)[1]
    const decayed = pipe(model, regularised(weightDecay(0.5))).gradient(params, key(0))(...data)[1]
    expect(numbers(decayed[0].weights)).toEqual(numbers(add(mul(0.5)(params[0].weights))(plain[0].weights)))
    expect(numbers(decayed[0].bias)).toEqual(numbers(plain[0].bias))
  })
  test('without weights there is nothing to decay', () => expect(toNumber(weightDecay(1)([]))).toBe(0))
  test('the gradient of the cost is the gradient of the model', () => {
    const whole = pipe(model, regularised(weightDecay(0.1)))
    const params = whole.init(key(3))
    const [fold, graph] = [leaves(whole.gradient(params, key(0))(...data)[1]), leaves(gradient(whole)(params)(...data))]
    fold.forEach((g, i) => {
      const other = numbers(graph[i] as Tensor)
      for (const [k, x] of numbers(g).entries()) expect(x).toBeCloseTo(other[k] ?? Number.NaN, 6)
    })
  })
  test('any scalar function is an objective', () => {
    const own = objective({
      init: () => ({ w: scalar(2) }),
      cost:
        ({ w }) =>
        (x: Tensor, _: Tensor) =>
          mul(w)(sumAll(x)),
    })
    expect(toNumber(own.gradient({ w: scalar(2) }, key(0))(full([2, 1], 3) as never, full([2, 1], 0) as never)[1].w)).toBe(6)
  })
})

describe('batches', () => {
  const model = gaussian(pipe(input(2), dense(1)))
  const params = model.init(key(0))
  const cost = (x: Tensor, y: Tensor) => () => model.cost(params)(x as never, y as never)
  test('that do not fit are refused', () => {
    expect(cost(zeros([3, 5]), zeros([3, 1]))).toThrow('cost expects x and y of [N, 2] and [N, 1], receives [3, 5] and [3, 1]')
    expect(cost(zeros([3, 2]), zeros([2, 1]))).toThrow('cost expects x and y of [N, 2] and [N, 1], receives [3, 2] and [2, 1]')
    expect(cost(zeros([2]), zeros([1]))).toThrow('cost expects x and y of [N, 2] and [N, 1], receives [2] and [1]')
    expect(cost(zeros([0, 2]), zeros([0, 1]))).toThrow('cost expects at least one example, receives [0, 2]')
  })
  test('of another precision are refused', () =>
    expect(cost(zeros([3, 2], 'float64'), zeros([3, 1], 'float64'))).toThrow(
      "cost expects x of float32, receives float64; cast('float32') converts it",
    ))
})

describe('metrics', () => {
  const predicted = matrix([
    [0.9, 0.1, 0],
    [0.2, 0.5, 0.3],
    [0.4, 0.3, 0.3],
    [0, 0, 1],
  ])
  const truth = matrix([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 1],
  ])
  test('accuracy', () => expect(toNumber(accuracy(predicted, truth))).toBe(0.75))
  test('confusion: row is the class, column what it was taken for', () =>
    expect(numbers(confusionMatrix(predicted, truth))).toEqual([1, 0, 0, 0, 1, 0, 1, 0, 1]))
  const column = (...values: readonly number[]) => matrix(values.map((value) => [value] as const))
  test('one column is one of two classes, by more than a half', () => {
    expect(toNumber(accuracy(column(0.1, 0.9), column(1, 0)))).toBe(0)
    expect(toNumber(accuracy(column(0.1, 0.9, 0.5), column(0, 1, 0)))).toBe(1)
    const confusion = confusionMatrix(column(0.1, 0.9, 0.8, 0.7), column(0, 1, 0, 1))
    const shape: readonly [2, 2] = confusion.shape
    expect([shape, numbers(confusion)]).toEqual([
      [2, 2],
      [1, 1, 0, 2],
    ])
  })
  test('a NaN is of no class', () => {
    expect(() => accuracy(column(0.1, Number.NaN), column(1, 0))).toThrow(
      'accuracy expects predictions that are numbers, receives NaN (example 1)',
    )
    expect(() => confusionMatrix(predicted, full([4, 3], Number.NaN))).toThrow(
      'confusionMatrix expects targets that are numbers, receives NaN (example 0)',
    )
  })
  test('predictions and targets have one shape', () =>
    expect(() => accuracy(predicted, column(1, 0, 1, 0) as never)).toThrow(
      'accuracy expects predictions [N, classes] and targets of that shape, or classes of int32 [N], receives [4, 3] and [4, 1]',
    ))
})

describe('a cost', () => {
  const model = gaussian(pipe(input(2, 3, 1), flatten, dense(2)))
  const cost = (x: readonly number[], y: readonly number[]): number =>
    toNumber(model.cost(model.init(key(1)))(zeros(x) as never, zeros(y) as never))
  const expected = 'cost expects x and y of [N, 2, 3, 1] and [N, 2], receives'
  test('takes examples along the first axis', () => expect(cost([4, 2, 3, 1], [4, 2])).toBeGreaterThan(0))
  test.each([
    [[2, 3, 1], [2], '[2, 3, 1] and [2]'],
    [[4, 2, 3], [4, 2], '[4, 2, 3] and [4, 2]'],
    [[4, 2, 4, 1], [4, 2], '[4, 2, 4, 1] and [4, 2]'],
    [[4, 2, 3, 1], [4, 2, 1], '[4, 2, 3, 1] and [4, 2, 1]'],
    [[4, 2, 3, 1], [4, 3], '[4, 2, 3, 1] and [4, 3]'],
    [[4, 2, 3, 1], [5, 2], '[4, 2, 3, 1] and [5, 2]'],
  ])('refuses %j with %j', (x, y, received) => expect(() => cost(x, y)).toThrow(`${expected} ${received}`))
  test('of no examples is none', () =>
    expect(() => cost([0, 2, 3, 1], [0, 2])).toThrow('cost expects at least one example, receives [0, 2, 3, 1]'))
})

describe('weights of examples', () => {
  const z = matrix(
    [
      [0.5, -1],
      [2, 0.25],
      [-3, 1],
    ],
    'float64',
  )
  const y = zeros([3, 2], 'float64')
  test('the cost is the weighted mean, whatever the scale of the weights', () => {
    const { cost } = meanSquaredError(input(2))
    const each = [0, 1, 2].map((i) => toNumber(cost([])(takeRows(vector([i], 'int32'))(z), zeros([1, 2], 'float64'))))
    const [a = 0, b = 0, c = 0] = each
    for (const scale of [1, 0.01, 1e6])
      expect(toNumber(cost([])(z, y, mul(scale)(vector([1, 2, 0.5], 'float64'))))).toBeCloseTo((a + 2 * b + 0.5 * c) / 3.5, 13)
    expect(toNumber(cost([])(z, y, zeros([3])))).toBe(0)
  })
  test('an example without weight counts for nothing, even where its cost is infinite', () => {
    const { cost } = categorical(input(2))
    const wrong = matrix(
      [
        [Number.NEGATIVE_INFINITY, 0],
        [0, 0],
      ],
      'float64',
    )
    const target = matrix(
      [
        [1, 0],
        [0, 1],
      ],
      'float64',
    )
    expect(toNumber(cost([])(wrong, target, vector([0, 1])))).toBeCloseTo(Math.LN2, 15)
  })
  test('a cost of your own takes them by weightedMean', () => {
    const own = objective({
      init: () => ({ w: scalar(2) }),
      cost:
        ({ w }) =>
        (x: Tensor, _: Tensor, weights?: Vector<number>) =>
          mul(w)(weightedMean(weights ?? ones([2]))(reshape([2])(x) as Vector<number>)),
    })
    const cost = (weights?: Vector<number>) =>
      toNumber(own.gradient({ w: scalar(2) }, key(0))(matrix([[1], [3]]) as never, y as never, weights)[0])
    expect([cost(), cost(vector([1, 3]))]).toEqual([4, 5])
  })
  test('minimise finds the weighted mean of the targets', () => {
    const model = gaussian(pipe(input(1), dense(1)))
    const f = fullBatch(model)(zeros([3, 1], 'float64'), matrix([[1], [2], [6]], 'float64'), { weights: vector([2, 1, 1]) })
    const found = minimise(f, lbfgs())(mapTree((p) => cast('float64')(p))(model.init(key(1))))
    expect(numbers((found.params as readonly [{ readonly bias: Tensor }])[0].bias)[0]).toBeCloseTo(2.5, 6)
  })
})
