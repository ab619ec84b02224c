/** Penalties: their values by hand, their gradients where they bend, which parameters they see, and what tells them from decay. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it, test } from 'vitest'
import { balanced } from '../../src/data/index.js'
import { grad } from '../../src/graph/index.js'
import { dense, input, relu } from '../../src/layer/index.js'
import {
  elasticNet,
  groupLasso,
  lasso,
  meanSquaredError,
  orthogonality,
  type Regulariser,
  regularised,
  weightDecay,
  where,
} from '../../src/likelihood/index.js'
import { sub } from '../../src/ops/index.js'
import {
  adam,
  addDecayedWeights,
  chain,
  gradientDescent,
  identityTransformation,
  maxNorm,
  scale,
  scaleByAdam,
} from '../../src/optimise/index.js'
import { leaves, sameTree } from '../../src/params/index.js'
import { key, normal } from '../../src/random/index.js'
import { matrix, type Tensor, toArray, toNested, toNumber, vector, zeros } from '../../src/tensor/index.js'
import { iterate, type Training, train } from '../../src/train/index.js'

const w = matrix(
  [
    [3, 0, 1],
    [4, 0, -1],
  ],
  'float64',
)
const params = [{ weights: w, bias: vector([100, 100, 100], 'float64') }] as const
const near = (penalty: Regulariser, want: number, of: unknown = params): void => expect(toNumber(penalty(of))).toBeCloseTo(want, 12)

describe('values, by hand', () => {
  test('weight decay', () => near(weightDecay(0.5), 0.25 * 27))
  test('lasso', () => near(lasso(0.5), 0.5 * 9))
  test('elastic net', () => near(elasticNet(0.5, 0.3), 0.5 * (0.3 * 9 + 0.7 * 13.5)))
  test('group lasso, unit by unit', () => near(groupLasso(0.5), 0.5 * Math.SQRT2 * (5 + 0 + Math.SQRT2)))
  test('orthogonality: 0 for weights at right angles of length 1', () => {
    near(orthogonality(2), 0, [
      matrix(
        [
          [0.6, -0.8],
          [0.8, 0.6],
        ],
        'float64',
      ),
    ])
    near(orthogonality(2), 0, [
      matrix(
        [
          [1, 0, 0],
          [0, 0, 1],
        ],
        'float64',
      ),
    ])
    near(orthogonality(2), 2 * 9, [
      matrix(
        [
          [2, 0],
          [0, 2],
        ],
        'float64',
      ),
    ])
  })
  test('where: only the paths that are chosen', () => {
    const two = [{ weights: w }, { weights: matrix([[10]], 'float64') }]
    near(where((path) => path.startsWith('[0]'))(lasso(1)), 9, two)
    near(where((path) => path === '[1].weights')(lasso(1)), 10, two)
    near(where(() => false)(lasso(1)), 0, two)
  })
})

test('biases, gains and slopes are no weights, whatever their shape', () => {
  const two = matrix(
    [
      [2, 2],
      [2, 2],
    ],
    'float64',
  )
  const all = [{ kernel: two, bias: two }, { gain: two }, { slope: two }]
  near(weightDecay(1), 8, all)
  near(where((path) => path.includes('bias'))(lasso(1)), 0, all)
  const [updates] = addDecayedWeights(0.5).update(all, [] as never, all)
  expect(toNested((updates as typeof all)[0]?.kernel as Tensor)).toEqual([
    [3, 3],
    [3, 3],
  ])
  expect(toNested((updates as typeof all)[0]?.bias as Tensor)).toEqual([
    [2, 2],
    [2, 2],
  ])
  const [kept] = [maxNorm(1)(all)]
  expect(toNested(kept[1]?.gain as Tensor)).toEqual([
    [2, 2],
    [2, 2],
  ])
  expect(toNested(kept[0]?.kernel as Tensor)).not.toEqual([
    [2, 2],
    [2, 2],
  ])
})

test('a unit without weights has a gradient of 0, in all of them', () => {
  for (const penalty of [weightDecay(1), lasso(1), elasticNet(1, 0.5), groupLasso(1)]) {
    const [{ weights }] = grad((p: typeof params) => penalty(p))(params)
    expect((toNested(weights) as number[][]).map((row) => row[1])).toEqual([0, 0])
  }
})

test('a penalty on one layer leaves the gradients of the others alone', () => {
  const net = pipe(input(2), dense(3), relu, dense(1))
  const model = meanSquaredError(net)
  const theta = net.init(key(1))
  const data = [normal([4, 2])(key(2)), zeros([4, 1])] as const
  const [, plain] = model.gradient(theta, key(0))(...data)
  const [, first] = pipe(model, regularised(where((path) => path === '[0].weights')(weightDecay(1)))).gradient(theta, key(0))(...data)
  expect(sameTree([plain[0].bias, plain[2]], [first[0].bias, first[2]])).toBe(true)
  expect(sameTree(plain[0].weights, first[0].weights)).toBe(false)
})

describe('a penalty and decay beside the step', () => {
  const net = pipe(input(2), dense(3), relu, dense(1))
  const penalised = (lambda: number) => pipe(meanSquaredError(net), regularised(weightDecay(lambda)))
  const gap = <S, R>(
    one: Training<unknown, S, readonly [2], readonly [1]>,
    other: Training<unknown, R, readonly [2], readonly [1]>,
    seed: number,
  ) => {
    const batch = { x: normal([6, 2])(key(seed)), y: normal([6, 1])(key(seed + 1)) }
    const ends = [one, other].map((t) => {
      const training = t as Training<unknown, unknown, readonly [2], readonly [1]>
      return leaves(
        iterate(training.step)(
          training.init(key(3)),
          Array.from({ length: 5 }, () => batch),
        ).params,
      )
    }) as [readonly Tensor[], readonly Tensor[]]
    return Math.max(...ends[0].flatMap((x, i) => Array.from(toArray(sub(ends[1][i] as Tensor)(x)), Math.abs)))
  }
  const seeds = fc.nat(1000)
  it('are the same for gradient descent', () =>
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.01, max: 1, noNaN: true }), (seed, lambda) => {
        const step = gradientDescent({ learningRate: 0.1 })
        const decayed = chain(identityTransformation, addDecayedWeights(lambda), scale(-0.1))
        return gap(train(penalised(lambda), step) as never, train(meanSquaredError(net), decayed) as never, seed) < 1e-5
      }),
      { numRuns: 20 },
    ))
  it('are two things for Adam', () =>
    fc.assert(
      fc.property(seeds, (seed) => {
        const decoupled = chain(scaleByAdam(), addDecayedWeights(0.5), scale(-0.1))
        return (
          gap(train(penalised(0.5), adam({ learningRate: 0.1 })) as never, train(meanSquaredError(net), decoupled) as never, seed) > 1e-3
        )
      }),
      { numRuns: 20 },
    ))
})

describe('balanced classes', () => {
  const x = zeros([4, 1])
  const weightsOf = (y: Tensor, weights?: Tensor) =>
    toNested(balanced({ x, y: y as never, ...(weights === undefined ? {} : { weights: weights as never }) }).weights as Tensor)
  test('every class weighs the same, however it is told', () => {
    const want = [2 / 3, 2 / 3, 2 / 3, 2].map(Math.fround)
    expect(weightsOf(vector([0, 0, 0, 5], 'int32'))).toEqual(want)
    expect(weightsOf(matrix([[0], [0], [0], [1]]))).toEqual(want)
    expect(
      weightsOf(
        matrix([
          [0, 1],
          [0, 1],
          [0, 1],
          [1, 0],
        ]),
      ),
    ).toEqual(want)
    expect(weightsOf(vector([0, 0, 0, 5], 'int32'), vector([3, 0, 3, 1]))).toEqual([2, 0, 2, 2])
  })
  test('targets that are no classes are refused', () =>
    expect(() => weightsOf(zeros([4, 2, 2]))).toThrow('balanced expects targets [N, classes], or classes of int32 [N], receives [4, 2, 2]'))
})

test('what is no number or function is refused', () => {
  for (const [name, make] of Object.entries({ weightDecay, lasso, groupLasso, orthogonality }))
    expect(() => make(Number.NaN)).toThrow(`${name} expects a number for lambda, receives NaN`)
  expect(() => elasticNet(1, '0' as never)).toThrow('elasticNet expects a number for ratio, receives "0"')
  expect(() => where('[0]' as never)).toThrow('where expects a condition on paths, receives "[0]"')
})
