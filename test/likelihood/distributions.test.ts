/** Likelihoods of many kinds, from the network to what is said of new inputs; published values; what is refused. */
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { batches, dataset } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { orThrow } from '../../src/error/index.js'
import { cutPoints, dense, input, learnedLogScale, tanh } from '../../src/layer/index.js'
import {
  bernoulliLikelihood,
  binomial,
  categorical,
  categoricalLikelihood,
  descriptionOfLikelihood,
  focal,
  gamma,
  gaussian,
  gaussianLikelihood,
  gaussianLogVariance,
  independentBernoulli,
  interval,
  knownLikelihoods,
  type Likelihood,
  labelSmoothing,
  laplace,
  likelihood,
  likelihoodEntry,
  likelihoodFrom,
  meanSquaredError,
  mixtureOfGaussians,
  mode,
  modelOf,
  negativeBinomial,
  negativeBinomialLikelihood,
  ordinal,
  poisson,
  poissonLikelihood,
  sample,
  sparseCategorical,
  sparseCategoricalLikelihood,
} from '../../src/likelihood/index.js'
import { normalQuantile } from '../../src/likelihood/quantile.js'
import { logGamma, sub, sumAll } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { foldIn, key } from '../../src/random/index.js'
import { matrix, scalar, type Tensor, tensor, toArray, toNested, toNumber, vector, zeros } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
const wide = (...xs: readonly number[]): Tensor => tensor([xs.length], xs, 'float64')
const cost = (l: Likelihood, z: readonly number[], y: readonly number[]): number =>
  toNumber(l.negativeLogLikelihood(wide(...z), tensor(l.target, y, l.targetPrecision ?? 'float64')))

describe('functions that distributions need', () => {
  test.each([
    [0.975, 1.959963984540054],
    [0.5, 0],
    [1e-6, -4.753424308822899],
    [1e-10, -6.361340902404056],
    [1e-300, -37.0471],
  ])('the normal quantile of %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, p < 1e-20 ? 3 : 12))
  test('log Γ is log (n − 1)!, log √π at ½, and large where Γ is not finite', () => {
    const factorials = [1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880].map(Math.log)
    for (const [i, x] of numbers(logGamma(wide(...factorials.map((_, n) => n + 1)))).entries())
      expect(x).toBeCloseTo(factorials[i] ?? 0, 13)
    expect(toNumber(logGamma(scalar(0.5, 'float64')))).toBeCloseTo(Math.log(Math.PI) / 2, 14)
    expect(toNumber(logGamma(scalar(1e6, 'float64')))).toBeCloseTo(12815504.569147, 5)
    expect(toNumber(logGamma(scalar(1e-9, 'float64')))).toBeCloseTo(Math.log(1e9), 8)
  })
})

describe('published values', () => {
  // dpois(3, 2) of R; Γ(y + r)/(Γ(r) y!) · (r/(r + μ))ʳ (μ/(r + μ))ʸ by hand, for y = 3, r = 2.5, μ = 2
  test.each<readonly [string, number, number]>([
    ['poisson', Math.exp(-cost(poissonLikelihood([1]), [Math.log(2)], [3])), 0.180447044315484],
    [
      'negative binomial',
      Math.exp(-cost(negativeBinomialLikelihood([1], { size: 2.5 }), [Math.log(2)], [3])),
      ((4.5 * 3.5 * 2.5) / 6) * (5 / 9) ** 2.5 * (4 / 9) ** 3,
    ],
  ])('%s', (_, got, want) => expect(got).toBeCloseTo(want, 12))
})

describe('a fit by maximum likelihood', () => {
  const fitted = (model: ReturnType<typeof gaussian>, y: readonly number[], rate = 0.05): readonly number[] => {
    const { init, step } = train(model as never, adam({ learningRate: rate }))
    const data = { x: zeros([y.length, 1]), y: matrix(y.map((v) => [v])) } as never
    const fast = compile(wasm)(step)
    const { params } = iterate(fast)(
      init(key(1)),
      Array.from({ length: 1500 }, () => data),
    )
    return numbers((model as unknown as { outputs: (p: unknown) => (x: Tensor) => Tensor }).outputs(params)(zeros([1, 1])))
  }
  const one = pipe(input(1), dense(1))
  const about = (got: readonly number[], want: readonly number[]): void => {
    for (const [i, x] of want.entries()) expect(got[i]).toBeCloseTo(x, 2)
  }
  test('of a Poisson rate is the mean count', () => about(fitted(poisson(one) as never, [0, 1, 2, 5]), [Math.log(2)]))
  test('of a negative binomial is the mean count', () =>
    about(fitted(negativeBinomial(one, { size: 2 }) as never, [0, 1, 2, 5]), [Math.log(2)]))
  test('of a gamma is the mean', () => about(fitted(gamma(one, { shape: 2 }) as never, [0.5, 1, 4.5]), [Math.log(2)]))
  test('of a binomial is the part that succeeds', () =>
    about(fitted(binomial(one, { trials: 4 }) as never, [1, 2, 3, 0]), [Math.log(1.5 / 2.5)]))
  test('of a Laplace is the median', () =>
    about(
      fitted(laplace(one) as never, [1, 2, 30], 0.01).map((x) => Math.round(x * 10) / 10),
      [2],
    ))
  test('of a learned variance is that of the data', () =>
    about(fitted(gaussianLogVariance(pipe(input(1), dense(1), learnedLogScale())) as never, [1, 3, 5, 7]), [4, Math.log(5)]))
})

describe('class numbers', () => {
  const net = pipe(input(2), dense(3))
  const params = net.init(key(1))
  const x = matrix([
    [0.5, -1],
    [2, 0.3],
    [-1, 1],
  ])
  test('cost and gradients are those of one-hot rows', () => {
    const [a, b] = [categorical(net), sparseCategorical(net)]
    const hot = matrix([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ])
    const [one, gradients] = a.gradient(params, key(0))(x, hot)
    const [other, same] = b.gradient(params, key(0))(x, vector([2, 0, 1], 'int32'))
    expect(toNumber(other)).toBe(toNumber(one))
    expect(numbers(same[0].weights)).toEqual(numbers(gradients[0].weights))
  })
  test('labels stay numbers in a data set, are checked, and shuffled with their inputs', () => {
    const model = sparseCategorical(net)
    const data = orThrow(
      dataset(
        {
          x: [
            [1, 0],
            [2, 0],
            [3, 0],
          ],
          y: [1, 2, 0],
        },
        model,
      ),
    )
    expect([data.y.precision, toNested(data.y)]).toEqual(['int32', [1, 2, 0]])
    for (const { x: xs, y } of batches(data, { size: 2, key: key(1) }))
      expect(toNested(y)).toEqual((toNested(xs) as number[][]).map(([v = 0]) => v % 3))
    expect(() => orThrow(dataset({ x: [[1, 0]], y: [3] }, model))).toThrow(
      'dataset expects targets of sparseCategorical, a class from 0 to 2, receives [3] (y, example 0)',
    )
    expect(() => orThrow(dataset({ x: [[1, 0]], y: [0.5] }, model))).toThrow('a class from 0 to 2')
    expect(() => model.cost(params)(x, vector([0, 1, 7], 'int32'))).toThrow(
      'cost expects targets of sparseCategorical, a class from 0 to 2, receives [7] (y, example 2)',
    )
    expect(() => model.cost(params)(x, vector([0, 1, 2]))).toThrow("cost expects y of int32, receives float32; cast('int32') converts it")
  })
  test('a classifier of numbers is trained as one of rows is', () => {
    const model = sparseCategorical(pipe(input(2), dense(8), tanh, dense(2)))
    const xor = orThrow(
      dataset(
        {
          x: [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ],
          y: [0, 1, 1, 0],
        },
        model,
      ),
    )
    const { init, step } = train(model, adam({ learningRate: 0.05 }))
    const { params: learned } = iterate(compile(wasm)(step))(
      init(key(3)),
      Array.from({ length: 400 }, () => xor),
    )
    expect(toNested(mode(model)(learned)(xor.x))).toEqual([0, 1, 1, 0])
  })
})

describe('what a model says of new inputs', () => {
  const x = zeros([4, 1])
  test('modes, intervals and samples have the shape of targets', () => {
    const two = gaussianLogVariance(pipe(input(1), dense(4)))
    const p = two.init(key(1))
    const [low, high] = interval(two, 0.9)(p)(x)
    expect([two.predict(p)(x).shape, low.shape, high.shape, sample(two)(p, key(1))(x).shape]).toEqual([
      [4, 2],
      [4, 2],
      [4, 2],
      [4, 2],
    ])
    expect(numbers(sub(low)(high) as Tensor).every((width) => Math.abs(width - 2 * 1.6448536) < 1e-5)).toBe(true)
  })
  test('every example has a key of its own', () => {
    const model = gaussian(pipe(input(1), dense(1)))
    const p = model.init(key(1))
    const drawn = numbers(sample(model)(p, key(2))(x))
    expect(new Set(drawn).size).toBe(4)
    expect(numbers(sample(model)(p, key(2))(x))).toEqual(drawn)
    expect(numbers(sample(model)(p, key(3))(x))).not.toEqual(drawn)
    expect(numbers(compile(wasm)((k: Tensor) => sample(model)(p, k as never)(x))(key(2))).map((v) => v.toFixed(4))).toEqual(
      drawn.map((v) => v.toFixed(4)),
    )
  })
  test('an ordinal model gives its classes probabilities, and the most probable of them', () => {
    const model = ordinal(pipe(input(1), dense(1), cutPoints(3)))
    const p = model.init(key(1))
    const rows = toNested(model.predict(p)(x)) as number[][]
    for (const row of rows) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6)
    expect(toNested(mode(model)(p)(x))).toEqual(rows.map((row) => row.indexOf(Math.max(...row))))
  })
  test('what a likelihood does not have is refused', () => {
    const squares = meanSquaredError(pipe(input(1), dense(1)))
    expect(() => sample(squares)(squares.init(key(1)), key(1))(x)).toThrow(
      'sample expects a likelihood with a sample, receives "meanSquaredError"',
    )
    const mixed = mixtureOfGaussians(pipe(input(1), dense(6)), { components: 2, size: 1 })
    expect(() => mode(mixed)(mixed.init(key(1)))(x)).toThrow('mode expects a likelihood with a mode, receives "mixtureOfGaussians"')
    expect(() => interval(mixed, 0.9)(mixed.init(key(1)))(x)).toThrow('interval expects a likelihood with a quantile')
    expect(() => interval(squares, 1.5)(squares.init(key(1)))(x)).toThrow('interval expects a probability between 0 and 1, receives 1.5')
  })
})

describe('derived costs', () => {
  test('smoothed labels leave a part to all classes', () => {
    const smooth = labelSmoothing(0.2)(categoricalLikelihood([4]))
    expect(cost(smooth, [1, 2, 0, -1], [0, 1, 0, 0])).toBeCloseTo(
      cost(categoricalLikelihood([4]), [1, 2, 0, -1], [0.05, 0.85, 0.05, 0.05]),
      14,
    )
    expect(() => labelSmoothing(1.5)).toThrow('labelSmoothing expects a part from 0 to 1, receives 1.5')
  })
  test('focal costs count what is right less, and are the likelihood for γ = 0', () => {
    const l = sparseCategoricalLikelihood([3])
    const [z, y] = [[3, 0, 0], [0]] as const
    const p = Math.exp(-cost(l, z, y))
    expect(cost(focal(2)(l), z, y)).toBeCloseTo((1 - p) ** 2 * -Math.log(p), 14)
    expect(cost(focal(0)(l), z, y)).toBe(cost(l, z, y))
    expect(() => focal(-1)).toThrow('focal expects a finite exponent of at least 0, receives -1')
  })
})

describe('a likelihood is found again by its name', () => {
  const all: readonly Likelihood[] = [
    gaussianLikelihood([2], { variance: 3 }),
    negativeBinomialLikelihood([2], { size: 1.5 }),
    bernoulliLikelihood([2]),
    labelSmoothing(0.1)(categoricalLikelihood([2])) as Likelihood,
    focal(2)(labelSmoothing(0.1)(categoricalLikelihood([2]))) as Likelihood,
  ]
  test.each(all.map((l) => [l.name, l] as const))('%s, with its attributes', (_, l) => {
    const description = JSON.parse(JSON.stringify(descriptionOfLikelihood(l)))
    const found = orThrow(likelihoodFrom()(description, l.output))
    expect(descriptionOfLikelihood(found)).toEqual(description)
    expect(cost(found, [0.3, -0.2], [1, 0])).toBe(cost(l, [0.3, -0.2], [1, 0]))
  })
  test('one of your own by an entry that is handed in', () => {
    const own = (b: number) =>
      likelihood({
        name: 'own',
        attributes: { b },
        output: [1],
        target: [1],
        mean: (z) => z,
        negativeLogLikelihood: (z, y) => sumAll(sub(z)(y)),
      })
    const from = likelihoodFrom({ own: likelihoodEntry(t.type({ b: t.number }), ({ b }) => own(b)) })
    expect(descriptionOfLikelihood(orThrow(from({ name: 'own', b: 2 }, [1])))).toEqual({ name: 'own', b: 2 })
    const messages = [
      from({ name: 'other' }, [1]),
      from({ name: 'own', b: 'two' }, [1]),
      from({ name: 'negativeBinomial' }, [1]),
      from({ name: 'gaussianLogVariance' }, [3]),
      from({ name: 'focal', gamma: 1 }, [3]),
      from(null as never, [3]),
    ].map((made) => (isRight(made) ? 'found' : made.left.message))
    expect(messages).toEqual([
      'likelihoodFrom expects a known likelihood, receives "other"; hand in an entry for the likelihood',
      'likelihoodFrom expects attributes of own, receives "two" (own)',
      'likelihoodFrom expects a likelihood, receives negativeBinomial expects a finite number above 0 for its size, receives undefined (negativeBinomial)',
      'likelihoodFrom expects a likelihood, receives gaussianLogVariance expects a vector of an even size, receives [3] (gaussianLogVariance)',
      expect.stringContaining('likelihoodFrom expects gamma and a likelihood'),
      'likelihoodFrom expects a description with a name, receives null (likelihood)',
    ])
  })
  test('every likelihood has an entry', () => expect(Object.keys(knownLikelihoods).length).toBe(16))
})

describe('bad input', () => {
  const net = pipe(input(1), dense(1))
  const params = net.init(key(1))
  const at = (y: number) => [zeros([2, 1]), matrix([[1], [y]])] as const
  test.each<readonly [string, () => unknown, string]>([
    [
      'negative counts',
      () => poisson(net).cost(params)(...at(-1)),
      'targets of poisson, whole numbers of at least 0, receives [-1] (y, example 1)',
    ],
    ['half a count', () => poisson(net).cost(params)(...at(0.5)), 'receives [0.5] (y, example 1)'],
    ['more successes than trials', () => binomial(net, { trials: 3 }).cost(params)(...at(4)), 'whole numbers from 0 to 3, receives [4]'],
    ['a 2 for a Bernoulli', () => independentBernoulli(net).cost(params)(...at(2)), 'numbers from 0 to 1, receives [2]'],
    ['a gamma of 0', () => gamma(net).cost(params)(...at(0)), 'finite numbers above 0, receives [0]'],
    ['no variance', () => gaussian(net, { variance: 0 }), 'gaussian expects a finite number above 0 for its variance, receives 0'],
    ['no trials', () => binomial(net, { trials: 0 }), 'binomial expects a whole number of trials of at least 1, receives 0'],
    [
      'no size',
      () => negativeBinomial(net, {} as never),
      'negativeBinomial expects a finite number above 0 for its size, receives undefined',
    ],
    ['no scale', () => laplace(net, { scale: -1 }), 'laplace expects a finite number above 0 for its scale, receives -1'],
    [
      'components',
      () => mixtureOfGaussians(net, { components: 2, size: 1 }),
      'mixtureOfGaussians of 2 components of size 1 expects [6], receives [1]',
    ],
    ['no likelihood', () => modelOf(net as never), 'modelOf expects a likelihood'],
    ['cuts', () => cutPoints(0), 'cutPoints expects a whole number of cuts of at least 1, receives 0'],
    ['another output', () => modelOf(poissonLikelihood([3]) as never)(net), 'poisson expects [3], receives [1]'],
  ])('%s', (_, make, sentence) => expect(make).toThrow(sentence))
  test('samples of other keys are others', () =>
    expect(numbers(poissonLikelihood([1]).sample?.(foldIn(1)(key(1)))(vector([3])) as Tensor)).not.toEqual(
      numbers(poissonLikelihood([1]).sample?.(foldIn(2)(key(1)))(vector([3])) as Tensor),
    ))
})
