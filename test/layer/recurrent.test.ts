/** Recurrent layers: directions, masks, starts, and learning what only memory can do. */
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, test } from 'vitest'
import { dataset } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { orThrow } from '../../src/error/index.js'
import { printProgram, trace } from '../../src/graph/index.js'
import { bidirectional, dense, elman, gru, input, lstm, recurrent } from '../../src/layer/index.js'
import { meanSquaredError } from '../../src/likelihood/index.js'
import { adam } from '../../src/optimise/index.js'
import { bits, foldIn, key, uniform } from '../../src/random/index.js'
import { ones, type Tensor, tensor, toArray, toNested, toNumber } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

const cells = { elman: elman(4), lstm: lstm(4), gru: gru(4), 'gru, reset before': gru(4, { reset: 'before' }) }
const x = uniform([5, 3])(key(1))
/** The rows of a sequence in these places. */
const rows = (h: Tensor, ...places: readonly number[]): Tensor => {
  const all = toNested(h) as readonly (readonly number[])[]
  return tensor(
    [places.length, h.shape[1] ?? 0],
    places.flatMap((i) => all[i] ?? []),
  )
}

describe.each(Object.entries(cells))('%s', (_, cell) => {
  const sequence = pipe(input(5, 3), recurrent(cell as never, { returns: 'sequence' }))
  const params = sequence.init(key(2))
  const outputs = sequence(params)(x)

  test('the last output is the last of the sequence', () => {
    const last = pipe(input(5, 3), recurrent(cell as never))
    expect(Array.from(toArray(last(params as never)(x)))).toEqual(Array.from(toArray(rows(outputs, 4))))
  })

  test('reversed is the same on the reversed sequence, read backwards', () => {
    const reversed = pipe(input(5, 3), recurrent(cell as never, { returns: 'sequence', reversed: true }))
    const back = sequence(params)(rows(x, 4, 3, 2, 1, 0) as never)
    expect(is(reversed(params as never)(x), rows(back, 4, 3, 2, 1, 0))).toBe(true)
  })

  test('both directions are the two beside each other', () => {
    const both = pipe(input(5, 3), bidirectional(cell as never, { returns: 'sequence' }))
    const [{ forward, backward }] = both.init(key(3)) as never as readonly [{ readonly forward: never; readonly backward: never }]
    const reversed = pipe(input(5, 3), recurrent(cell as never, { returns: 'sequence', reversed: true }))
    const joined = toNested(both([{ forward, backward }] as never)(x)) as readonly (readonly number[])[]
    expect(joined.map((row) => row.slice(0, 4))).toEqual(toNested(sequence([forward])(x)))
    expect(joined.map((row) => row.slice(4))).toEqual(toNested(reversed([backward] as never)(x)))
  })

  test('steps that are none keep the state: a sequence filled up is as long as it was', () => {
    const short = pipe(input(3, 3), recurrent(cell as never))
    const masked = pipe(input(5, 3), recurrent(cell as never, { mask: -1 }))
    const filled = tensor([5, 3], [...toArray(rows(x, 0, 1, 2)), -1, -1, -1, -1, -1, -1])
    expect(is(masked(params as never)(filled), short(params as never)(rows(x, 0, 1, 2) as never))).toBe(true)
    // One number that is not the mask makes it a step.
    const step = tensor([5, 3], [...toArray(rows(x, 0, 1, 2)), -1, -1, 0, -1, -1, -1])
    expect(is(masked(params as never)(step), masked(params as never)(filled))).toBe(false)
  })

  test('a learned start begins with zeros', () => {
    const started = pipe(input(5, 3), recurrent(cell as never, { returns: 'sequence', learnStart: true }))
    const [{ start }] = started.init(key(2)) as never as readonly [{ readonly start: readonly Tensor[] }]
    expect(start.map((s) => Array.from(toArray(s)))).toEqual(start.map(() => [0, 0, 0, 0]))
    expect(is(started(started.init(key(2)))(x), outputs)).toBe(true)
  })
})

test('784 steps are one loop: the program is as long as that of 8, with its gradient', () => {
  const lines = (steps: number): number => {
    const model = meanSquaredError(pipe(input(steps, 1), recurrent(lstm(8)), dense(1)))
    const params = model.init(key(1))
    const { inputs, outputs } = trace((p: typeof params) => model.gradient(p, key(2))(ones([2, steps, 1]) as never, ones([2, 1])))(params)
    return printProgram({ inputs, outputs }).split('\n').length
  }
  expect(lines(784)).toBe(lines(8))
  expect(lines(8)).toBeGreaterThan(20)
})

/** Two numbers are marked in a sequence; their sum is asked for at its end. Without memory the best answer is 1, at a cost of 1/6. */
const adding = (examples: number, steps: number) => {
  const numbers = toArray(uniform([examples, steps])(key(4)))
  const places = toArray(bits([examples, 2])(foldIn(1)(key(4))))
  const marks = Array.from({ length: examples }, (_, i) => {
    const half = Math.floor(steps / 2)
    return [(places[2 * i] ?? 0) % half, half + ((places[2 * i + 1] ?? 0) % (steps - half))] as const
  })
  const sequences = marks.map(([a, b], i) =>
    Array.from({ length: steps }, (_, t) => [numbers[i * steps + t] ?? 0, t === a || t === b ? 1 : 0]),
  )
  const sums = marks.map(([a, b], i) => (numbers[i * steps + a] ?? 0) + (numbers[i * steps + b] ?? 0))
  return orThrow(dataset({ x: sequences, y: sums }, { input: [steps, 2], target: [1] }))
}

test('a recurrent network learns to add what it was told to remember', () => {
  const data = adding(256, 12)
  const costOf = (model: ReturnType<typeof meanSquaredError<never, readonly [number, 2], readonly [1]>>): number => {
    const { init, step } = train(model, adam({ learningRate: 0.01 }))
    const fast = compile(wasm)(step)
    let state = init(key(5))
    for (let i = 0; i < 400; i++) state = fast(state, data as never)
    return toNumber(state.cost)
  }
  expect(costOf(meanSquaredError(pipe(input(12, 2), recurrent(gru(16)), dense(1))) as never)).toBeLessThan(0.02)
})
