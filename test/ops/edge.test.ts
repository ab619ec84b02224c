/** Numbers at the edge: infinities, zeros and whole turns, with their gradients, the same on every engine. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { grad } from '../../src/graph/index.js'
import { bernoulliLikelihood, categoricalLikelihood } from '../../src/likelihood/index.js'
import {
  dot,
  greater,
  logSoftmax,
  logSumExp,
  norm,
  pow,
  rotateLeft,
  select,
  shiftLeft,
  shiftRight,
  softmax,
  sqrt,
  sumAll,
} from '../../src/ops/index.js'
import { lbfgs, minimise } from '../../src/optimise/index.js'
import { bernoulli, key, uniformIn } from '../../src/random/index.js'
import { type Scalar, scalar, type Tensor, toArray, toNumber, vector } from '../../src/tensor/index.js'

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN]
const engines = [reference, wasm]
/** What every engine makes of it, −0 as 0. */
const onAll = (f: (x: Tensor) => Tensor, x: Tensor): readonly (readonly number[])[] =>
  [f, ...engines.map((engine) => compile(engine)(f))].map((g) => Array.from(toArray(g(x)), (v) => v + 0))
const close = (found: readonly (readonly number[])[], expected: readonly number[]): void => {
  for (const numbers of found)
    numbers.forEach((x, i) => {
      const wanted = expected[i] ?? nan
      if (Number.isFinite(wanted)) expect(x).toBeCloseTo(wanted, 6)
      else expect(x).toBe(wanted)
    })
}

const gradientOf = (f: (x: Tensor) => Tensor): ((x: Tensor) => Tensor) => grad((x: Tensor) => f(x) as Scalar)

describe('a value and its gradient', () => {
  const one = (pick: number, f: (x: Tensor) => Tensor) => (x: Tensor) =>
    dot(vector([0, 1, 2].map((i) => Number(i === pick))) as Tensor)(f(x) as Tensor)
  it.each<readonly [string, (x: Tensor) => Tensor, readonly number[], readonly number[], readonly number[]]>([
    ['norm at 0', norm(-1), [0, 0, 0], [0], [0, 0, 0]],
    ['norm', norm(-1), [3, 0, 4], [5], [0.6, 0, 0.8]],
    ['logSumExp of −∞', logSumExp, [-inf, -inf], [-inf], [0, 0]],
    ['logSumExp of −∞ and numbers', logSumExp, [-inf, 1, 1], [1 + Math.log(2)], [0, 0.5, 0.5]],
    ['logSumExp of ∞', logSumExp, [inf, 0, 1], [inf], [0, 0, 0]],
    ['softmax of ∞', one(0, softmax), [inf, 0, 1], [1], [0, 0, 0]],
    ['softmax beside ∞', one(1, softmax), [inf, 0, 1], [0], [0, 0, 0]],
    ['softmax of −∞ alone', one(0, softmax), [-inf, -inf, -inf], [1 / 3], [0, 0, 0]],
    ['softmax of −∞ beside numbers', one(0, softmax), [-inf, 1, 1], [0], [0, 0, 0]],
    [
      'a root chosen twice',
      (x) => {
        const positive = greater(0)(x)
        return sumAll(pipe(positive, select(sqrt(pipe(positive, select(x, 1))), 0)) as Tensor)
      },
      [4, 0, -1],
      [2],
      [0.25, 0, 0],
    ],
  ])('%s', (_, f, x, value, slope) => {
    close(onAll(f, vector(x)), value)
    close(onAll(gradientOf(f), vector(x)), slope)
  })

  it('softmax of two infinities is shared', () => close(onAll(softmax, vector([inf, 1, inf])), [0.5, 0, 0.5]))
  it('log softmax of an infinity is its limit', () => close(onAll(logSoftmax, vector([inf, 1])), [0, -inf]))
})

describe('powers', () => {
  it.each([
    [1, inf, 1],
    [1, -inf, 1],
    [1, nan, 1],
    [-1, inf, 1],
    [-1, -inf, 1],
    [-1, nan, nan],
    [-1, 3, -1],
  ])('%f ^ %f = %f', (x, y, z) => {
    for (const precision of ['float32', 'float64'] as const)
      expect(onAll((e) => pow(e)(vector([x], precision) as Tensor), vector([y], precision))).toEqual([[z], [z], [z]])
  })

  it('of a negative number have no derivative by the exponent', () => {
    const slope = gradientOf((y) => sumAll(pow(y)(vector([-2, 2, 0]) as Tensor)))
    close(onAll(slope, vector([2, 2, 2])), [nan, 4 * Math.log(2), 0])
  })
})

describe('bits', () => {
  it.each<readonly [string, (x: Tensor) => Tensor, readonly number[]]>([
    ['shiftLeft(31)', shiftLeft(31), [0, 2 ** 31]],
    ['shiftLeft(32)', shiftLeft(32), [0, 0]],
    ['shiftLeft(100)', shiftLeft(100), [0, 0]],
    ['shiftRight(32)', shiftRight(32), [0, 0]],
    ['rotateLeft(0)', rotateLeft(0), [8, 5]],
    ['rotateLeft(32)', rotateLeft(32), [8, 5]],
    ['rotateLeft(33)', rotateLeft(33), [16, 10]],
  ])('%s', (_, f, expected) => expect(onAll(f, vector([8, 5], 'uint32'))).toEqual([expected, expected, expected]))

  it('a negative number moved right for ever is −1', () =>
    expect(onAll(shiftRight(40), vector([-8, 8], 'int32'))).toEqual([
      [-1, 0],
      [-1, 0],
      [-1, 0],
    ]))

  it.each([
    ['shiftLeft', () => shiftLeft(-1), 'shiftLeft expects a whole number of bits, 0 or more, receives -1'],
    ['shiftRight', () => shiftRight(0.5), 'shiftRight expects a whole number of bits, 0 or more, receives 0.5'],
    ['rotateLeft', () => rotateLeft(nan)(vector([1], 'uint32')), 'rotateLeft expects a whole number of bits, 0 or more, receives NaN'],
    ['bernoulli', () => bernoulli([1], 1.5)(key(1)), 'bernoulli expects a probability from 0 to 1, receives 1.5'],
    ['bernoulli of NaN', () => bernoulli([1], nan)(key(1)), 'bernoulli expects a probability from 0 to 1, receives NaN'],
    [
      'uniformIn',
      () => uniformIn([1], -inf, 1)(key(1)),
      'uniformIn expects finite bounds with a finite difference in float32, receives -Infinity and 1',
    ],
    [
      'uniformIn too wide',
      () => uniformIn([1], -3e38, 3e38)(key(1)),
      'uniformIn expects finite bounds with a finite difference in float32, receives -3e+38 and 3e+38',
    ],
  ])('%s refuses', (_, f, message) => expect(f).toThrow(expect.objectContaining({ message })))
})

describe('a cost', () => {
  it.each<readonly [string, typeof bernoulliLikelihood, readonly number[], readonly number[], number, readonly number[]]>([
    ['categorical beside −∞', categoricalLikelihood, [-inf, 1, 2], [0, 1, 0], 1.3132617, [0, -0.7310586, 0.7310586]],
    ['categorical far apart', categoricalLikelihood, [3e38, -3e38], [1, 0], 0, [0, 0]],
    ['categorical of what cannot be', categoricalLikelihood, [-inf, 1], [1, 0], inf, [nan, nan]],
    ['Bernoulli of ∞', bernoulliLikelihood, [inf], [1], 0, [0]],
    ['Bernoulli of −∞', bernoulliLikelihood, [-inf], [0], 0, [0]],
    ['Bernoulli of what cannot be', bernoulliLikelihood, [inf], [0], inf, [1]],
  ])('%s', (_, likelihood, z, y, cost, slope) => {
    const f = (x: Tensor): Tensor => likelihood(x.shape).negativeLogLikelihood(x, vector(y))
    close(onAll(f, vector(z)), [cost])
    if (slope.every(Number.isFinite)) close(onAll(gradientOf(f), vector(z)), slope)
  })

  it('that is NaN from the start has diverged', () => {
    const f = (x: Scalar) => [x, x] as const
    const { end, steps } = minimise(f, lbfgs())(scalar(nan))
    expect([end, steps]).toEqual(['diverged', 0])
    expect(toNumber(minimise(f, lbfgs())(scalar(nan)).cost)).toBeNaN()
  })
})
