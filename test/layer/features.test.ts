/** Fixed feature maps: terms in their order, kernels and their approximation, standardised features, by hand and word for word. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  input,
  polynomialFeatures,
  radialBasisFeatures,
  randomFourierFeatures,
  type relu,
  scalingOf,
  standardise,
} from '../../src/layer/index.js'
import { type Network, noParameters } from '../../src/network/index.js'
import { dot } from '../../src/ops/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { matrix, ones, type Tensor, tensor, toArray, toNumber, vector, zeros } from '../../src/tensor/index.js'

const of = <I extends Shape, O extends Shape>(net: Network<readonly [typeof noParameters], I, O>, x: Tensor<I>): readonly number[] =>
  Array.from(toArray(net([noParameters])(x)))

describe('polynomial features', () => {
  const [a, b, c] = [2, 3, 5]
  it('stand in the order of scikit-learn: by degree, and then as words', () => {
    expect(of(pipe(input(2), polynomialFeatures(2)), vector([a, b]))).toEqual([1, a, b, a * a, a * b, b * b])
    expect(of(pipe(input(2), polynomialFeatures(3)), vector([a, b]))).toEqual([
      ...[1, a, b, a * a, a * b, b * b],
      ...[a ** 3, a * a * b, a * b * b, b ** 3],
    ])
    expect(of(pipe(input(3), polynomialFeatures(2, { bias: false })), vector([a, b, c]))).toEqual([
      ...[a, b, c],
      ...[a * a, a * b, a * c, b * b, b * c, c * c],
    ])
  })
  it('are as many as there are multisets', () => {
    expect(pipe(input(1), polynomialFeatures(9)).output).toEqual([10])
    expect(pipe(input(10), polynomialFeatures(3)).output).toEqual([286])
    expect(pipe(input(10), polynomialFeatures(3, { bias: false })).output).toEqual([285])
  })
  it('are refused where they do not fit', () => {
    expect(() => polynomialFeatures(0)).toThrow('polynomialFeatures expects whole sizes of at least 1, receives [0]')
    expect(() => polynomialFeatures(2, { bias: 1 as never })).toThrow('polynomialFeatures expects true or false for bias, receives 1')
    expect(() => pipe(input(2, 2), polynomialFeatures(2) as unknown as typeof relu)).toThrow(
      'polynomialFeatures expects a vector, receives [2, 2]; flatten first',
    )
    expect(() => pipe(input(784), polynomialFeatures(3))).toThrow('polynomialFeatures expects at most 1048576 terms, receives 80931145')
    expect(() => polynomialFeatures(1e9)).toThrow('polynomialFeatures expects a degree of at most 64, receives 1000000000')
  })
})

describe('radial basis features', () => {
  const centres = matrix([
    [0, 0],
    [1, 2],
    [-1, 0],
  ])
  it('are exp(−γ‖x − c‖²), by hand', () =>
    of(pipe(input(2), radialBasisFeatures(centres, { gamma: 0.5 })), vector([1, 0])).forEach((h, k) => {
      expect(h).toBeCloseTo(Math.exp(-0.5 * ([1, 4, 4][k] ?? 0)), 6)
    }))
  it('are refused without a γ above 0, or a matrix of centres', () => {
    expect(() => radialBasisFeatures(centres, { gamma: 0 })).toThrow('radialBasisFeatures expects a gamma above 0, receives 0')
    expect(() => radialBasisFeatures(vector([1]) as never)).toThrow('radialBasisFeatures expects a matrix of centres, [K, N], receives [1]')
    expect(() => pipe(input(3), radialBasisFeatures(centres) as unknown as typeof relu)).toThrow(
      'radialBasisFeatures expects [2], receives [3]',
    )
  })
})

describe('random Fourier features', () => {
  it('approximate the kernel: z(x)·z(y) is exp(−γ‖x − y‖²), but for 4 standard errors', () => {
    const [count, gamma] = [4096, 0.7] as const
    const net = pipe(input(2), randomFourierFeatures(count, { gamma, key: key(5) }))
    const z = net([noParameters])
    for (const [x, y] of [
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0.5, -1],
        [0, 0],
      ],
      [
        [2, 1],
        [1, 1.5],
      ],
      [
        [-3, 2],
        [1, 0],
      ],
    ] as const) {
      const apart = (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2
      const kernel = toNumber(dot(z(vector(x)))(z(vector(y))))
      expect(Math.abs(kernel - Math.exp(-gamma * apart))).toBeLessThan(4 / Math.sqrt(count))
    }
  })
  it('are drawn from their own key, whatever the parameters are drawn from', () => {
    const net = (seed: number) => pipe(input(2), randomFourierFeatures(8, { key: key(seed) }))
    const x = vector([1, 2])
    expect(of(net(1), x)).toEqual(of(net(1), x))
    expect(of(net(1), x)).not.toEqual(of(net(2), x))
    expect(() => randomFourierFeatures(8, { key: 3 as never })).toThrow('randomFourierFeatures expects a key, receives 3')
    expect(() => randomFourierFeatures(8, { gamma: -1 })).toThrow('randomFourierFeatures expects a gamma above 0, receives -1')
    expect(() => randomFourierFeatures(0)).toThrow('randomFourierFeatures expects whole sizes of at least 1, receives [0]')
  })
})

describe('standardised features', () => {
  it('are those of scikit-learn’s StandardScaler: divided by m, and by 1 where a feature is constant', () => {
    const { mean, deviation } = scalingOf(
      matrix([
        [0, 7],
        [0, 7],
        [1, 7],
        [1, 7],
      ]),
    )
    expect([Array.from(toArray(mean)), Array.from(toArray(deviation))]).toEqual([
      [0.5, 7],
      [0.5, 1],
    ])
    expect(of(pipe(input(2), standardise({ mean, deviation })), vector([2, 2]))).toEqual([3, -5])
  })
  it('see a constant that rounding hides', () => {
    const { deviation } = scalingOf(
      tensor(
        [10, 2],
        Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.1 : i)),
        'float64',
      ),
    )
    expect(toArray(deviation)[0]).toBe(1)
    expect(toArray(deviation)[1]).toBeGreaterThan(5)
  })
  it('keep small variances far from 0', () => {
    const { mean, deviation } = scalingOf(tensor([4, 1], [1e6, 1e6 + 1, 1e6, 1e6 + 1]))
    expect([toNumber(mean as never), toNumber(deviation as never)]).toEqual([1e6 + 0.5, 0.5])
  })
  it('are of images, too, and of the precision of the examples', () => {
    const { mean, deviation } = scalingOf(ones([3, 2, 2, 1], 'float64'))
    expect([mean.shape, mean.precision, deviation.precision]).toEqual([[2, 2, 1], 'float64', 'float64'])
    expect(scalingOf(ones([3, 1], 'int32')).mean.precision).toBe('float32')
  })
  it('are refused in one sentence', () => {
    expect(() => scalingOf(zeros([0, 2]))).toThrow('scalingOf expects at least one example, receives [0, 2]')
    expect(() => scalingOf(matrix([[1], [Number.NaN]]))).toThrow('scalingOf expects finite numbers, receives NaN')
    expect(() => scalingOf(matrix([[1e308], [-1e308]], 'float64'))).toThrow(
      'scalingOf expects numbers whose variance is finite, receives Infinity',
    )
    expect(() => standardise(7 as never)).toThrow('standardise expects a scaling, { mean, deviation }, receives 7')
    expect(() => standardise({ mean: vector([0]), deviation: vector([0]) })).toThrow('standardise expects deviations above 0, receives 0')
    expect(() => standardise({ mean: vector([0]), deviation: ones([1, 1]) as never })).toThrow(
      'standardise expects a mean and a deviation of one shape, receives [1] and [1, 1]',
    )
  })
})
