/** What optimisers remember, and of what type it is: the annotations here are part of the test. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { dense, input, tanh } from '../../src/layer/index.js'
import { meanSquaredError } from '../../src/likelihood/index.js'
import {
  type AdamState,
  adam,
  averageParameters,
  chain,
  constantSchedule,
  cosineDecay,
  multiSteps,
  nesterovLookAhead,
  partition,
  rmsProp,
  setToZero,
  sgd,
} from '../../src/optimise/index.js'
import { sameTree } from '../../src/params/index.js'
import { key } from '../../src/random/index.js'
import { matrix, type Scalar, toNumber, vector } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

const params = { w: matrix([[1, 2]]), b: vector([3]) }
type Params = typeof params
const model = meanSquaredError(pipe(input(2), dense(3), tanh, dense(1)))
const batch = { x: matrix([[0, 1], [1, 1]]), y: matrix([[1], [0]]) } // biome-ignore format: a batch
const trained = <S>(
  { init, step }: { readonly init: (k: ReturnType<typeof key>) => S; readonly step: (s: S, b: typeof batch) => S },
  n: number,
): S =>
  iterate(step)(
    init(key(1)),
    Array.from({ length: n }, () => batch),
  )

describe('a state', () => {
  test('of adam is that of Adam; a schedule adds a count', () => {
    const plain: AdamState<Params> = adam({ learningRate: 0.1 }).init(params)
    const [moments, { step }]: readonly [AdamState<Params>, { readonly step: Scalar }] = adam({
      learningRate: cosineDecay({ initial: 0.1, steps: 10 }),
    }).init(params)
    expect(sameTree(plain, moments)).toBe(true)
    expect([step.precision, toNumber(step)]).toEqual(['uint32', 0])
    expect(sgd({ learningRate: 0.1 }).init(params)).toEqual({})
  })

  test('of an average has parameters to evaluate with', () => {
    const state = trained(train(model, chain(adam({ learningRate: 0.1 }), averageParameters({ decay: 0.5 }))), 3)
    const [, { average }] = state.optimiser
    const weights: typeof state.params = average
    expect(toNumber(model.cost(weights)(batch.x, batch.y))).toBeLessThan(10)
    expect(sameTree(average, state.params)).toBe(false)
  })

  test('of groups is theirs, by name, and holds nothing for other groups', () => {
    const t = partition((path) => (path === '.b' ? 'still' : 'moving'), { still: setToZero, moving: adam({ learningRate: 0.1 }) })
    const { moving } = t.init(params)
    expect([moving.m.w.shape, moving.m.b.shape]).toEqual([[1, 2], [0]])
    // @ts-expect-error -- there is no group of this name
    expect(() => partition(() => 'nowhere', { still: setToZero }).init(params)).toThrow('partition expects one of still')
  })

  test('of many batches to a step has the inner one', () => {
    const { inner, count } = multiSteps(2)(rmsProp({ learningRate: 0.1 })).init(params)
    const v: Params = inner.v
    expect([v.w.shape, toNumber(count)]).toEqual([[1, 2], 0])
  })
})

describe('a learning rate', () => {
  test('that is constant is the same as a number', () => {
    const [a, b] = [
      trained(train(model, rmsProp({ learningRate: 0.125 })), 4),
      trained(train(model, rmsProp({ learningRate: constantSchedule(0.125) })), 4),
    ]
    expect(sameTree(a.params, b.params)).toBe(true)
  })
})

describe('the look-ahead of Nesterov', () => {
  test('is where training takes the gradient and the cost', () => {
    const optimiser = nesterovLookAhead({ learningRate: 0.1 })
    const training = train(model, optimiser)
    const [one, two] = [trained(training, 1), trained(training, 2)]
    const ahead = optimiser.evaluateAt?.(one.params, one.optimiser) ?? one.params
    expect(sameTree(ahead, one.params)).toBe(false)
    expect(toNumber(two.cost)).toBe(toNumber(model.cost(ahead)(batch.x, batch.y)))
  })
})
