/** The edges of what likelihoods and metrics take: one example that is wrong among many that are right, the last number that is allowed, quantiles far out. */
import * as t from 'io-ts'
import { describe, expect, it, test } from 'vitest'
import { dense, input } from '../../src/layer/index.js'
import {
  accuracy,
  classNumbers,
  classScores,
  confusionMatrix,
  counts,
  countsUpTo,
  distributions,
  f1,
  gaussianLikelihood,
  interval,
  knownLikelihoods,
  laplace,
  likelihoodEntry,
  likelihoodFrom,
  orthogonality,
  positiveNumbers,
  probabilities,
  realNumbers,
  rocAuc,
  topKAccuracy,
  where,
} from '../../src/likelihood/index.js'
import { normalQuantile } from '../../src/likelihood/quantile.js'
import { wantsWeights } from '../../src/likelihood/weights.js'
import { matrix, toNested, toNumber, vector } from '../../src/tensor/index.js'

const infinity = Number.POSITIVE_INFINITY

describe('a support holds of all its numbers, or not', () => {
  test.each([
    ['real numbers', realNumbers, [1, -2], [1, infinity]],
    ['probabilities', probabilities, [0, 1], [0.5, -0.1]],
    ['probabilities, above', probabilities, [0.5, 1], [0.5, 1.1]],
    ['positive numbers', positiveNumbers, [1e-30, 1e30], [1, 0]],
    ['positive numbers, finite', positiveNumbers, [1, 2], [1, infinity]],
    ['counts', counts, [0, 7], [3, 0.5]],
    ['counts up to', countsUpTo(3), [0, 3], [3, 4]],
    ['counts up to, whole', countsUpTo(3), [3], [3, 2.5]],
    ['class numbers', classNumbers(3), [0, 2], [2, 3]],
    ['distributions', distributions, [0.25, 0.75], [0.5, 0.6]],
  ] as const)('%s', (_, support, good, bad) => {
    expect(support.holds(good)).toBe(true)
    expect(support.holds(bad)).toBe(false)
    expect(support.holds([...bad].reverse())).toBe(false)
  })
  it('a sum may be off by a thousandth, and not by more', () => {
    expect(distributions.holds([0.5, 0.5 + 2 ** -10])).toBe(true)
    expect(distributions.holds([0.5, 0.502])).toBe(false)
  })
})

describe('weights', () => {
  test.each([
    ['another number of them', [1, 2, 3], 'expects weights of [2], one for each example, receives [3]'],
    ['one that is infinite', [1, infinity], 'expects finite weights of at least 0, receives Infinity (weights, example 1)'],
    ['the first below 0', [-1, 1], 'expects finite weights of at least 0, receives -1 (weights, example 0)'],
    ['one that is no number', [1, Number.NaN], 'expects finite weights of at least 0, receives NaN (weights, example 1)'],
  ])('%s', (_, weights, said) => expect(() => wantsWeights('who', 2, vector(weights))).toThrow(said))
  it('a column of them', () => expect(() => wantsWeights('who', 2, matrix([[1], [1]]))).toThrow('receives [2, 1]'))
})

/** The percentage points of SciPy 1.17, norm.ppf. */
test.each([
  [0.5, 0],
  [0.075, -1.439531470938456],
  [0.925, 1.439531470938456],
  [0.0749, -1.4402382675279635],
  [0.975, 1.959963984540054],
  [1e-10, -6.361340902404056],
  [1e-12, -7.034483825301131],
  [1e-14, -7.6506280929352695],
  [1e-300, -37.0470962993612],
])('Φ⁻¹(%d)', (p, z) => expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-12))
test.each([0, 1, -0.1, Number.NaN, infinity])('a probability of %d is none', (p) =>
  expect(() => normalQuantile(p)).toThrow('a probability between 0 and 1'),
)

it("the median of Laplace's distribution is its middle", () => {
  const model = laplace((dense(1) as never as (net: unknown) => never)(input(1)) as never)
  const params = [{ weights: matrix([[2]]), bias: vector([1]) }]
  const [low, high] = interval(model as never, 1e-6)(params as never)(matrix([[3]]) as never)
  for (const edge of [low, high])
    expect(Math.abs((toNested(edge as never) as readonly (readonly number[])[])[0]?.[0] ?? 0) - 7).toBeLessThan(1e-4)
})

describe('metrics', () => {
  const p = matrix([[0.7, 0.3], [0.2, 0.8], [0.4, 0.6]]) // biome-ignore format: rows
  test.each([
    ['a vector of predictions', () => accuracy(vector([1, 2]) as never, vector([0, 1], 'int32'))],
    ['classes of another number', () => accuracy(p, vector([0, 1], 'int32') as never)],
    ['targets of another shape', () => accuracy(p, matrix([[1], [0], [1]]) as never)],
    ['a vector of floats as classes', () => accuracy(p, vector([0, 1, 1]) as never)],
  ])('%s', (_, act) => expect(act).toThrow('expects predictions [N, classes] and targets of that shape, or classes of int32 [N]'))
  it('name the example that is wrong', () => {
    const third = matrix([[1, 0], [0, 1], [0, Number.NaN]]) // biome-ignore format: rows
    expect(() => accuracy(third, vector([0, 1, 1], 'int32'))).toThrow('example 2')
    expect(() => accuracy(p, vector([0, 1, 2], 'int32'))).toThrow('classes from 0 to 1, receives 2 (example 2)')
  })
  it('of the best few take the best few', () => {
    const three = matrix([[0.1, 0.2, 0.7], [0.5, 0.4, 0.1]]) // biome-ignore format: rows
    const y = vector([1, 2], 'int32')
    expect([1, 2, 3].map((k) => toNumber(topKAccuracy(k)(three, y)))).toEqual([0, 0.5, 1])
  })
  it('of one column are those of both classes', () => {
    const [one, y] = [matrix([[0.1], [0.9], [0.6]]), matrix([[0], [1], [0]])]
    expect(toNested(confusionMatrix(one, y))).toEqual([[1, 1], [0, 1]]) // biome-ignore format: rows
    expect(toNested(classScores(one, y).support as never)).toEqual([2, 1])
  })
  it('averaged over classes, or over examples, are two', () => {
    const [q, y] = [matrix([[1, 0], [1, 0], [1, 0], [0, 1]]), vector([0, 0, 1, 1], 'int32')] // biome-ignore format: rows
    expect(toNumber(f1(q, y))).toBeCloseTo((0.8 + 2 / 3) / 2, 6)
    expect(toNumber(f1(q, y, { average: 'weighted' } as never))).toBeCloseTo((2 * 0.8 + (2 * 2) / 3) / 4, 6)
  })
  it('the area under the curve counts ties as half', () => {
    expect(toNumber(rocAuc(matrix([[0.5], [0.5], [0.1], [0.9]]), matrix([[0], [1], [0], [1]])))).toBeCloseTo(0.875, 6)
  })
})

describe('descriptions', () => {
  const find = (description: object) => likelihoodFrom()(description as never, [2])
  it('of a likelihood that there cannot be is refused', () => {
    expect(find({ name: 'labelSmoothing', of: { name: 'categorical' }, epsilon: 'much' })).toMatchObject({ left: { name: 'DecodeError' } })
    expect(find({ name: 'labelSmoothing', of: { name: 'categorical' }, epsilon: 7 })).toMatchObject({
      left: { message: expect.stringContaining('likelihoodFrom expects a likelihood, receives') },
    })
    expect(find({ name: 'gaussian', variance: 'x'.repeat(100) })).toMatchObject({
      left: { message: expect.stringContaining('attributes of gaussian') },
    })
  })
  it('of a long name is cut', () => {
    const name = 'n'.repeat(80)
    const entry = likelihoodEntry(t.type({ a: t.number }), () => {
      throw new Error('never')
    })
    const said = (description: object): string =>
      (likelihoodFrom({ [name]: entry })(description as never, [1]) as { readonly left?: Error }).left?.message ?? ''
    expect(said({ name, a: 1 })).toContain(`(${'n'.repeat(40)})`)
    expect(said({ name })).toContain(`(${'n'.repeat(40)})`)
  })
  it('every known one is of its name', () => expect(Object.keys(knownLikelihoods)).toContain(gaussianLikelihood([1]).name))
})

describe('penalties', () => {
  it('of orthogonality take the shorter side', () => {
    const wide = matrix([[1, 0, 0], [0, 1, 0]]) // biome-ignore format: rows
    const tall = matrix([[1, 0], [0, 1], [0, 0]]) // biome-ignore format: rows
    for (const weights of [wide, tall]) expect(toNumber(orthogonality(1)([{ weights }] as never) as never)).toBeCloseTo(0, 6)
    const square = matrix([[2, 0], [0, 1]]) // biome-ignore format: rows
    expect(toNumber(orthogonality(1)([{ weights: square }] as never) as never)).toBeGreaterThan(0)
  })
  it('by path see no other', () => {
    const seen: string[] = []
    const penalty = where((path: string) => {
      seen.push(path)
      return false
    })(orthogonality(1))
    expect(toNumber(penalty([{ weights: matrix([[2, 1]]) }] as never) as never)).toBe(0)
    expect(seen.length).toBeGreaterThan(0)
  })
})
