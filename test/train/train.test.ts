/** Training as a pure step: states are values, all tensors; noise and bias correction move, compiled or not; divergence is seen. */
import { type Either, isRight, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { hash, Set as ImmutableSet, is } from 'immutable'
import { describe, expect, test } from 'vitest'
import { batches, oneHotLabels } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { DivergenceError, orThrow } from '../../src/error/index.js'
import { dense, dropout, input, relu, tanh } from '../../src/layer/index.js'
import { bernoulli, categorical, meanSquaredError, objective } from '../../src/likelihood/index.js'
import { mul, sub, sumAll } from '../../src/ops/index.js'
import {
  adam,
  applyUpdates,
  chain,
  gradientDescent,
  identityTransformation,
  momentum,
  scale,
  scaleByAdam,
  sgd,
} from '../../src/optimise/index.js'
import { leaves, sameTree } from '../../src/params/index.js'
import { key, uniformIn } from '../../src/random/index.js'
import { full, matrix, scalar, type Tensor, toArray, toNumber, vector, zeros } from '../../src/tensor/index.js'
import { type Diverged, iterate, settled, train, type Watched, watch, watched } from '../../src/train/index.js'

const data = {
  x: matrix([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  y: matrix([[0], [1], [1], [0]]),
}
const xor = bernoulli(pipe(input(2), dense(8), tanh, dense(1)))
const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
const times = <A>(n: number, a: A): readonly A[] => Array.from({ length: n }, () => a)

describe('a training state', () => {
  const { init, step } = train(xor, adam({ learningRate: 0.1 }))

  test('is a value: the same start and the same batches give equal states, with equal hashes', () => {
    const [a, b] = [iterate(step)(init(key(1)), times(3, data)), iterate(step)(init(key(1)), times(3, data))]
    expect(a).not.toBe(b)
    expect([is(a, b), hash(a) === hash(b), ImmutableSet([a, b]).size]).toEqual([true, true, 1])
  })

  test('differs when anything in it does', () => {
    const a = init(key(1))
    expect(is(a, init(key(2)))).toBe(false)
    expect(is(a, step(a, data))).toBe(false)
    expect(is(a, a.set('step', scalar(1, 'uint32')))).toBe(false)
    expect(is(a, a.set('cost', scalar(0)))).toBe(false)
    expect(is(a, a.set('key', key(3)))).toBe(false)
    expect(is(a, a.set('params', a.params))).toBe(true)
    expect(is(a, null) || is(a, {})).toBe(false)
  })

  test('stays a training state when it is compiled', () => {
    const [plain, compiled] = [step(init(key(1)), data), compile(reference)(step)(init(key(1)), data)]
    expect(is(plain, compiled)).toBe(true)
    expect(compiled.params[0].weights.shape).toEqual([2, 8])
    expect(Object.getPrototypeOf(compiled) === Object.getPrototypeOf(plain)).toBe(true)
  })

  test('is all tensors, and a step changes none of them', () => {
    const before = init(key(1))
    const kept = leaves(before).map(numbers)
    step(before, data)
    expect(leaves(before).map(numbers)).toEqual(kept)
    expect(Number.isNaN(toNumber(before.cost))).toBe(true)
    expect([before.step.precision, toNumber(before.step)]).toEqual(['uint32', 0])
  })

  test('m steps and then n are m + n steps', () => {
    const whole = iterate(step)(init(key(1)), times(7, data))
    const parts = iterate(step)(iterate(step)(init(key(1)), times(3, data)), times(4, data))
    expect(is(whole, parts)).toBe(true)
    expect(toNumber(whole.step)).toBe(7)
  })

  test('counts past 16,777,216, where a float32 would stop', () => {
    const late = init(key(1)).set('step', scalar(2 ** 24, 'uint32'))
    expect(toNumber(iterate(step)(late, times(3, data)).step)).toBe(2 ** 24 + 3)
    expect(toNumber(compile(reference)(step)(step(late, data), data).step)).toBe(2 ** 24 + 2)
  })
})

describe('noise', () => {
  const net = pipe(input(1), dense(64), dropout(0.5), dense(1))
  const { init, step } = train(meanSquaredError(net), sgd({ learningRate: 1e-30 }))
  const batch = { x: full([3, 1], 1), y: full([3, 1], 0) }
  const costs = (run: typeof step): readonly number[] => {
    const first = run(init(key(5)), batch)
    const second = run(first, batch)
    const third = run(second, batch)
    return [first, second, third].map(({ cost }) => toNumber(cost))
  }

  test('two calls of a step give two masks, plain and compiled, and the same ones', () => {
    const plain = costs(step)
    expect(new Set(plain).size).toBe(3)
    expect(costs(compile(reference)(step))).toEqual(plain)
  })

  test('the same state gives the same mask', () => {
    const start = init(key(5))
    expect(is(step(start, batch), step(start, batch))).toBe(true)
  })

  test('examples of one batch have different masks; an example has the same mask in a longer batch', () => {
    const model = meanSquaredError(net)
    const params = model.init(key(5))
    const [, gradient] = model.gradient(params, key(1))(full([1, 1], 1), full([1, 1], 0))
    const [, other] = model.gradient(params, key(2))(full([1, 1], 1), full([1, 1], 0))
    expect(is(gradient[0].weights, other[0].weights)).toBe(false)
    const [two] = model.gradient(params, key(1))(full([2, 1], 1), full([2, 1], 0))
    const [one] = model.gradient(params, key(1))(full([1, 1], 1), full([1, 1], 0))
    // Were both masks that of the first example, the mean would be the cost of one.
    expect(toNumber(two)).not.toBe(toNumber(one))
  })

  test('evaluation expects: dropout changes nothing', () => {
    const params = net.init(key(5))
    const plain = pipe(input(1), dense(64), dense(1))
    const [first, , second] = params
    expect(numbers(meanSquaredError(net).predict(params)(batch.x))).toEqual(
      numbers(meanSquaredError(plain).predict([first, second])(batch.x)),
    )
  })

  test('dropout keeps the mean: 10,000 units', () => {
    const kept = pipe(input(10_000), dropout(0.3))
    const sampled = numbers(kept.sampled(key(9))([{}])(full([10_000], 1)))
    expect(new Set(sampled)).toEqual(new Set([0, Math.fround(1 / 0.7)]))
    const zeros = sampled.filter((x) => x === 0).length
    expect(Math.abs(zeros - 3000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.3 * 0.7))
  })

  test.each([-0.1, 1, Number.NaN])('dropout(%d) is refused', (rate) => {
    expect(() => dropout(rate)).toThrow(`dropout expects a rate in [0, 1), receives ${rate}`)
  })
})

describe('optimisers', () => {
  const params = { w: vector([1, -2]) }
  const gradient = { w: vector([0.5, 4]) }

  test("Adam's bias correction moves: under a constant gradient every step is 1, compiled too", () => {
    const adamOnly = scaleByAdam({ epsilon: 0 })
    const update = (state: ReturnType<typeof adamOnly.init<typeof params>>) => adamOnly.update(gradient, state, params)
    for (const run of [update, compile(reference)(update)]) {
      let state = adamOnly.init(params)
      for (let t = 1; t <= 5; t++) {
        const [updates, next] = run(state)
        // 1 − β₂ = 0.001 has in float32 a relative error of up to 2⁻²⁵ / 0.001 = 3e-5, and its root half of that.
        for (const u of numbers(updates.w)) expect(Math.abs(u - 1)).toBeLessThan(1.5e-5)
        expect(toNumber(next.step)).toBe(t)
        state = next
      }
    }
  })

  test('Adam counts past 16,777,216', () => {
    const state = { ...scaleByAdam().init(params), step: scalar(2 ** 24, 'uint32') }
    const [, next] = scaleByAdam().update(gradient, state, params)
    const [, after] = scaleByAdam().update(gradient, next, params)
    expect(toNumber(after.step)).toBe(2 ** 24 + 2)
  })

  test('moments below 1e-30 are 0', () => {
    const tiny = { w: vector([1e-31, 1]) }
    const [, { velocity }] = momentumOf(tiny)
    expect(numbers(velocity.w)).toEqual([0, 1])
  })
  const momentumOf = (g: typeof params) => {
    const optimiser = momentum({ learningRate: 1 })
    return optimiser.update(g, optimiser.init(params), params)
  }

  test('a chain with the identity is itself, and states of stateless parts are not kept', () => {
    const [left, right] = [chain(identityTransformation, scaleByAdam()), chain(scaleByAdam(), identityTransformation)]
    for (const t of [left, right]) {
      expect(Object.keys(t.init(params))).toEqual(['step', 'm', 'v'])
      expect(
        is(t.update(gradient, t.init(params), params)[0].w, scaleByAdam().update(gradient, scaleByAdam().init(params), params)[0].w),
      ).toBe(true)
    }
    expect(numbers(chain(scale(2), scale(-3)).update(gradient, {}, params)[0].w)).toEqual([-3, -24])
  })

  test('updates are added', () => expect(numbers(applyUpdates(params, gradient).w)).toEqual([1.5, 2]))

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a learning rate of %d is refused', (learningRate) => {
    expect(() => gradientDescent({ learningRate })).toThrow(`gradientDescent expects a positive learning rate, receives ${learningRate}`)
    expect(() => adam({ learningRate })).toThrow(`adam expects a positive learning rate, receives ${learningRate}`)
    expect(() => momentum({ learningRate })).toThrow(`momentum expects a positive learning rate, receives ${learningRate}`)
  })
})

describe('divergence', () => {
  /** J = w², whose descent with rate ε multiplies w by 1 − 2ε: it overflows float32 soon. */
  const parabola = objective({
    init: () => ({ w: vector([1]) }),
    cost:
      ({ w }) =>
      () =>
        sumAll(mul(w)(w)),
  })
  const nothing = { x: zeros([1, 1]), y: zeros([1, 1]) }
  const run = (learningRate: number, steps: number) => {
    const { init, step } = train(parabola, gradientDescent({ learningRate }))
    type S = ReturnType<typeof init>
    const watchedStep = watched(step)
    return times(steps, nothing).reduce<Either<Diverged<S>, Watched<S>>>(
      (seen, batch) => (isRight(seen) ? watchedStep(seen.right, batch) : seen),
      { _tag: 'Right', right: watch(init(key(0))) },
    )
  }

  test('a run that converges is not disturbed', () => {
    const end = run(0.25, 20)
    expect(isRight(end) && numbers(end.right.state.params.w)).toEqual([2 ** -20])
    expect(isRight(end) && toNumber(end.right.state.step)).toBe(20)
  })

  test('says at which step, with the cost before; keeps the last state of finite cost', () => {
    const { init, step } = train(parabola, gradientDescent({ learningRate: 8.5 }))
    // w is 1, −16, 256 …: after n steps (−16)ⁿ, so the cost 256ⁿ is infinite in float32 from n = 16 on, seen by step 17.
    const end = run(8.5, 40)
    if (isRight(end)) throw new Error('it should have diverged')
    const { error, good } = end.left
    expect(error).toBeInstanceOf(DivergenceError)
    expect(error.message).toBe(
      `training diverged at step 17: its cost is Infinity, the cost before it was ${2 ** 120}; try a smaller learning rate`,
    )
    expect(numbers(good.params.w)).toEqual([-(16 ** 15)])
    expect(is(good, iterate(step)(init(key(0)), times(15, nothing)))).toBe(true)
    expect(toNumber(parabola.cost(good.params)(nothing.x, nothing.y))).toBe(2 ** 120)
  })

  test('the last step is looked at before it is kept', () => {
    const { init, step } = train(parabola, gradientDescent({ learningRate: 3.4e38 }))
    const start = watch(init(key(0)))
    const end = watched(step)(start, nothing)
    if (!isRight(end)) throw new Error('its cost was finite')
    const result = settled(end.right)
    if (isRight(result)) throw new Error('its parameters are not')
    expect(result.left.error.message).toBe(
      'training diverged at step 1: its parameters are no finite numbers any more; try a smaller learning rate',
    )
    expect(is(result.left.good, init(key(0)))).toBe(true)
    expect(settled(start)).toEqual(right(start.state))
  })

  test('at the very first step there is no cost before', () => {
    const broken = objective({
      init: () => ({ w: vector([Number.NaN]) }),
      cost:
        ({ w }) =>
        () =>
          sumAll(sub(1)(w)),
    })
    const { init, step } = train(broken, gradientDescent({ learningRate: 1 }))
    const end = watched(step)(watch(init(key(0))), nothing)
    expect(!isRight(end) && end.left.error.message).toBe('training diverged at step 1: its cost is NaN; try a smaller learning rate')
  })
})

describe('batches of any size', () => {
  test('one compiled step serves them all', () => {
    const { init, step } = train(meanSquaredError(pipe(input(2), dense(3), relu, dense(1))), sgd({ learningRate: 0.1 }))
    const fast = compile(reference)(step)
    const batchOf = (n: number) => ({ x: uniformIn([n, 2], -1, 1)(key(n)), y: uniformIn([n, 1], -1, 1)(key(n + 1)) })
    const sizes = [4, 4, 3, 1, 4]
    expect(is(iterate(fast)(init(key(0)), sizes.map(batchOf)), iterate(step)(init(key(0)), sizes.map(batchOf)))).toBe(true)
  })
  test('none at all is refused', () => {
    const { init, step } = train(xor, sgd({ learningRate: 0.1 }))
    expect(() => step(init(key(0)), { x: zeros([0, 2]), y: zeros([0, 1]) })).toThrow('cost expects at least one example, receives [0, 2]')
  })
})

describe('padded batches', () => {
  const model = categorical(pipe(input(5), dense(7), tanh, dense(3)))
  const examples = {
    x: uniformIn([11, 5], -1, 1)(key(1)),
    y: orThrow(oneHotLabels(3)(Array.from({ length: 11 }, (_, i) => i % 3))),
  }
  test.each([
    ['plain', <F extends (...args: never) => unknown>(f: F): F => f],
    ['reference', compile(reference)],
    ['wasm', compile(wasm)],
  ])('%s: epochs of one size end in the bits of uneven ones', (_, engine) => {
    const { init, step } = train(model, adam({ learningRate: 0.05 }))
    const epochs = (pad: boolean) =>
      iterate(engine(step) as typeof step)(
        init(key(2)),
        [0, 1, 2].flatMap((epoch) => [...batches(examples, { size: 4, key: key(epoch), pad })]),
      )
    expect(sameTree(epochs(true), epochs(false))).toBe(true)
  })
  test('noise is that of the unpadded batch', () => {
    const noisy = categorical(pipe(input(5), dense(7), dropout(0.5), dense(3)))
    const { init, step } = train(noisy, sgd({ learningRate: 0.1 }))
    const [plain, padded] = [false, true].map((pad) => iterate(step)(init(key(2)), batches(examples, { size: 8, key: key(3), pad })))
    expect(sameTree(plain, padded)).toBe(true)
  })
})
