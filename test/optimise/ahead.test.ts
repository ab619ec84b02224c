/** The look-ahead of a part is that of the whole: of chains, groups, masks, and many batches to a step. */
import { describe, expect, it } from 'vitest'
import {
  accumulate,
  chain,
  type GradientTransformation,
  gradientPoint,
  lookAhead,
  masked,
  maxNorm,
  multiSteps,
  partition,
  project,
  type StateOf,
  scale,
  setToZero,
} from '../../src/optimise/index.js'
import { matrix, toNested, vector } from '../../src/tensor/index.js'

const params = { w: matrix([[1, 2]]), b: vector([3]) }
const gradients = { w: matrix([[4, 8]]), b: vector([16]) }
type Numbers = readonly [readonly (readonly number[])[], readonly number[]]
const numbers = ({ w, b }: typeof params): Numbers => [toNested(w), toNested(b)] as unknown as Numbers

/** Where the gradient is taken after one step with these gradients, the parameters as they were. */
const pointAfter = <F extends StateOf>(t: GradientTransformation<F>): Numbers => {
  const [, state] = t.update(gradients, t.init(params), params)
  return numbers(gradientPoint(t)(params, state))
}
const ahead = lookAhead({ decay: 0.5 })
const far: Numbers = [[[3, 6]], [11]]
const here: Numbers = [[[1, 2]], [3]]

describe('a gradient is taken', () => {
  it('half a velocity ahead', () => expect(pointAfter(ahead)).toEqual(far))
  it('in a chain, wherever the part stands that looks ahead', () => {
    expect(pointAfter(chain(ahead, scale(-1)))).toEqual(far)
    expect(pointAfter(chain(scale(0.5), accumulate({ decay: 0 }), ahead))).toEqual([[[2, 4]], [7]])
  })
  it('of groups, each its own', () => {
    const label = (path: string) => (path === '.b' ? 'still' : 'moving')
    expect(pointAfter(partition(label, { still: setToZero, moving: ahead }))).toEqual([[[3, 6]], [3]])
    expect(pointAfter(partition(label, { still: ahead, moving: setToZero }))).toEqual([[[1, 2]], [11]])
  })
  it('of what a mask lets through', () => expect(pointAfter(masked((path) => path === '.b')(ahead))).toEqual([[[1, 2]], [11]]))
  it('of many batches, by those of which a step was made', () => {
    expect(pointAfter(multiSteps(1)(ahead))).toEqual(far)
    expect(pointAfter(multiSteps(2)(ahead))).toEqual(here)
  })
  it('at the parameters, where no part looks ahead', () => {
    const plain = accumulate({ decay: 0.5 })
    const label = () => 'all' as const
    for (const t of [plain, chain(plain, scale(2)), partition(label, { all: plain }), masked(() => true)(plain), multiSteps(2)(plain)]) {
      expect(t.evaluateAt).toBeUndefined()
      expect(pointAfter(t as typeof plain)).toEqual(here)
    }
  })
})

describe('what a group is given', () => {
  it('is its own, and the rest stays', () => {
    const t = partition((path) => (path === '.b' ? 'b' : 'w'), { b: scale(2), w: scale(-1) })
    expect(numbers(t.update(gradients, t.init(params), params)[0])).toEqual([[[-4, -8]], [32]])
    const some = masked((path) => path === '.w')(scale(0))
    expect(numbers(some.update(gradients, some.init(params), params)[0])).toEqual([[[0, 0]], [16]])
  })
  it('is a state only where one is remembered', () => {
    expect([masked(() => true)(scale(1)).stateless, masked(() => true)(accumulate({ decay: 0 })).stateless]).toEqual([true, false])
    expect(chain(scale(1), accumulate({ decay: 0.5 })).init(params)).toHaveProperty('velocity')
  })
})

describe('many batches to a step', () => {
  it('are a step of their mean, once they are all there', () => {
    const t = multiSteps(2)(scale(-1))
    const first = t.update(gradients, t.init(params), params)
    expect(numbers(first[0])).toEqual([[[0, 0]], [0]])
    const second = t.update({ w: matrix([[0, 2]]), b: vector([4]) }, first[1], params)
    expect(numbers(second[0])).toEqual([[[-2, -5]], [-10]])
    expect(numbers(t.update(gradients, second[1], params)[0])).toEqual([[[0, 0]], [0]])
  })
})

describe('the norm of the weights of a unit', () => {
  it('is at most the bound; biases are free', () => {
    const tree = {
      weights: matrix([
        [3, 0.5, 0],
        [4, 0, 0],
      ]),
      bias: vector([100]),
    }
    const { weights, bias } = maxNorm(2.5)(tree)
    expect([toNested(weights), toNested(bias)]).toEqual([
      [
        [1.5, 0.5, 0],
        [2, 0, 0],
      ],
      [100],
    ])
    expect(maxNorm(1)({ weights: matrix([[], []]) }).weights.shape).toEqual([2, 0])
  })
  it('is that of where a step ends', () => {
    const w = { weights: matrix([[0, 1]]) }
    const [updates] = project(maxNorm(2)).update({ weights: matrix([[8, 0.5]]) }, {}, w)
    expect(toNested(updates.weights)).toEqual([[2, 0.5]])
  })
})
