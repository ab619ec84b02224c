/** History as a value: what was kept and what is replayed are the same bits; when it happened is asked afterwards. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { none, some } from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { batches, dataset } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { orThrow } from '../../src/error/index.js'
import { batched } from '../../src/graph/index.js'
import { dense, input, relu, tanh } from '../../src/layer/index.js'
import { meanSquaredError } from '../../src/likelihood/index.js'
import { adam, gradientDescent } from '../../src/optimise/index.js'
import { sameTree } from '../../src/params/index.js'
import { foldIn, key } from '../../src/random/index.js'
import { matrix, type Tensor, toArray, toNumber, vector } from '../../src/tensor/index.js'
import { bisect, diff, findFirst, fork, history, iterate, stateAt, stepsOf, train } from '../../src/train/index.js'

const rows = Array.from({ length: 24 }, (_, i) => [Math.sin(i), Math.cos(3 * i)])
const data = orThrow(dataset({ x: rows, y: rows.map(([a = 0, b = 0]) => a * b) }, { input: [2], target: [1] }))
const model = meanSquaredError(pipe(input(2), dense(5), tanh, dense(1)))
const { init, step } = train(model, adam({ learningRate: 0.05 }))
const fast = compile(wasm)(step)
const order = [0, 1, 2, 3, 4].flatMap((epoch) => [...batches(data, { size: 4, key: foldIn(epoch)(key(2)) })])
const start = init(key(1))

describe('a history', () => {
  const run = history(fast, { every: 7 })(start, order)
  it('keeps every so many states, and replays those between, bit for bit', () => {
    expect([stepsOf(run), run.kept.length]).toEqual([30, 5])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), (n) => sameTree(stateAt(n)(run), iterate(fast)(start, order.slice(0, n)))),
      { numRuns: 15 },
    )
  })
  it('is the same whatever is kept', () => {
    for (const every of [1, 30, 100]) expect(sameTree(stateAt(29)(history(fast, { every })(start, order)), stateAt(29)(run))).toBe(true)
  })
  it('forked unchanged goes as it went, and changed it goes elsewhere', () => {
    expect(sameTree(stateAt(18)(fork(12, (s: typeof start) => s)(run)), stateAt(30)(run))).toBe(true)
    const fresh = fork(12, (s: typeof start) => s.set('optimiser', start.optimiser))(run)
    expect([stepsOf(fresh), sameTree(stateAt(18)(fresh), stateAt(30)(run))]).toEqual([18, false])
  })
  it('differences name the tensors that moved, the farthest first', () => {
    const moved = diff(stateAt(10)(run).params, stateAt(20)(run).params)
    expect(moved.map(({ path }) => path).toSorted()).toEqual(['[0].bias', '[0].weights', '[2].bias', '[2].weights'])
    expect(moved.map(({ most }) => most)).toEqual(moved.map(({ most }) => most).toSorted((a, b) => b - a))
    expect(diff(run.kept[0], run.kept[0])).toEqual([])
    expect(diff([vector([1, Number.NaN])], [vector([1, 2])])[0]?.most).toBeNaN()
    expect(() => diff([vector([1])], [vector([1, 2])])).toThrow('diff expects two trees of one form, receives others at [0]')
  })
})

describe('when it happened', () => {
  it('bisect finds the first of what stays, in few questions; findFirst of what comes and goes, too', () => {
    const counting = (n: number): number => n
    const run = history((s: number, _: number) => s + 1, { every: 8 })(0, Array.from({ length: 100 }, counting))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), (when) => {
        let asked = 0
        const found = bisect((s: number) => {
          asked++
          return s >= when
        })(run)
        expect(found).toEqual(when <= 100 ? some(when) : none)
        expect(asked).toBeLessThanOrEqual(9)
        expect(findFirst((s: number) => s >= when)(run)).toEqual(found)
      }),
    )
    expect(findFirst((s: number) => s % 10 === 7)(run)).toEqual(some(7))
  })

  it('a run that diverges: the step, the batch and the layer that did it', () => {
    const bad = { ...(order[0] as (typeof order)[number]), y: matrix([[1e20], [0], [0], [0]]) as never }
    const poisoned = order.map((batch, n) => (n === 17 ? bad : batch))
    const plain = train(model, gradientDescent({ learningRate: 0.1 }))
    const run = history(compile(wasm)(plain.step), { every: 6 })(plain.init(key(1)), poisoned)
    const large = (s: ReturnType<typeof plain.init>): boolean =>
      s.params[2].weights.shape.length > 0 && !(Math.abs(Number(toArray(s.params[2].weights)[0])) < 1e6)
    const when = bisect(large)(run)
    expect(when).toEqual(some(18))
    expect(run.batches[17]).toBe(bad)
    const [first] = diff(stateAt(17)(run).params, stateAt(18)(run).params)
    expect(first?.path).toMatch(/^\[2\]/)
  })

  it('a unit that dies: from which step on it is 0 for every example', () => {
    const net = pipe(input(2), dense(4), relu, dense(1))
    const plain = train(meanSquaredError(net), gradientDescent({ learningRate: 0.1 }))
    type State = ReturnType<typeof plain.init>
    const hidden = pipe(input(2), dense(4), relu)
    const isDead =
      (unit: number) =>
      (s: State): boolean => {
        const h = batched((x: never) => hidden([s.params[0], s.params[1]])(x) as never)(data.x as never) as unknown as Tensor
        return Array.from(toArray(h)).every((v, i) => i % 4 !== unit || v === 0)
      }
    const alive = plain.init(key(3))
    // One step takes its bias far below: its gradient is 0 from then on.
    const killed = history(plain.step, { every: 5 })(alive, order.slice(0, 20))
    const hit = fork(9, (s: State) => s.set('params', [{ ...s.params[0], bias: vector([-50, 0, 0, 0]) }, s.params[1], s.params[2]]))(killed)
    expect(bisect(isDead(0))(hit)).toEqual(some(0))
    expect(findFirst(isDead(0))(killed)).toEqual(none)
    expect(toNumber(stateAt(11)(hit).step)).toBe(20)
  })
})

it('what is no history is refused', () => {
  const run = history((s: number, b: number) => s + b)(0, [1, 2])
  expect(() => stateAt(3)(run)).toThrow('stateAt expects a step from 0 to 2, receives 3')
  expect(() => history((s: number) => s, { every: 0 })).toThrow('history expects a whole number of steps of at least 1, receives 0')
  expect(() => bisect<number>(3 as never)(run)).toThrow('bisect expects a condition on states, receives 3')
  expect(() => stateAt(0)({} as never)).toThrow('stateAt expects a history with its step')
})
