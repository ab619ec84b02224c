/** An epoch as one call is the explicit loop, bit for bit. */
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { batches } from '../../src/data/index.js'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { openWasm, wasm } from '../../src/engine/wasm/index.js'
import { orThrow } from '../../src/error/index.js'
import { dense, dropout, input, tanh } from '../../src/layer/index.js'
import { gaussian } from '../../src/likelihood/index.js'
import { adam } from '../../src/optimise/index.js'
import { sameTree } from '../../src/params/index.js'
import { foldIn, key, uniform } from '../../src/random/index.js'
import { epochs, iterate, train } from '../../src/train/index.js'

const { init, step } = train(gaussian(pipe(input(5), dense(7), tanh, dropout(0.3), dense(2))), adam({ learningRate: 0.05 }))
const dataOf = (count: number, isWeighted: boolean) => ({
  x: uniform([count, 5])(key(1)),
  y: uniform([count, 2])(key(2)),
  ...(isWeighted ? { weights: uniform([count])(key(3)) } : {}),
})

const agrees = (engine: Engine, count: number, size: number, pad: boolean, isWeighted: boolean): void => {
  const data = dataOf(count, isWeighted)
  const epoch = epochs(engine)(step, data, { size, pad })
  const fast = compile(engine)(step)
  let [state, loop] = [init(key(4)), init(key(4))]
  for (let e = 1; e <= 3; e++) {
    const order = foldIn(e)(key(5))
    state = epoch(state, order)
    loop = iterate(fast)(loop, batches(data, { size, key: order, pad }))
  }
  expect(sameTree(state, loop)).toBe(true)
}
const cases = [fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 24 }), fc.boolean(), fc.boolean()] as const

describe('epochs', () => {
  it('are the explicit loop, whatever the batches', () => {
    fc.assert(
      fc.property(...cases, (...given) => agrees(wasm, ...given)),
      { numRuns: 25 },
    )
  })
  it('by the reference, too', () => {
    fc.assert(
      fc.property(...cases, (...given) => agrees(reference, ...given)),
      { numRuns: 10 },
    )
  })
  it('in threads', async () => {
    const session = orThrow(await openWasm({ threads: 2, leastWork: 0 })())
    agrees(session, 40, 16, false, false)
    await session.close()
  })
  it('trace the step once for the batches, and once for what is left, however many epochs there are', () => {
    const calls: number[] = []
    const counted: typeof step = (state, batch) => {
      calls.push(batch.x.shape[0])
      return step(state, batch)
    }
    const epoch = epochs(wasm)(counted, dataOf(10, false), { size: 4 })
    let state = init(key(4))
    for (let e = 0; e < 5; e++) state = epoch(state, key(e))
    expect(calls).toEqual([4, 2])
  })
  it.each([
    [{ size: 0 }, 'epochs expects a whole number of examples in a batch of at least 1, receives 0'],
    [{ size: 4, pad: 1 }, 'epochs expects true or false for pad, receives 1'],
    [{ batch: 4 }, 'epochs expects size or pad, receives the option batch'],
  ])('refuse %o', (options, message) => {
    expect(() => epochs(wasm)(step, dataOf(10, false), options as never)).toThrow(message)
  })
  it('refuse what is no engine', () => {
    expect(() => epochs(openWasm() as never)(step, dataOf(10, false), { size: 4 })).toThrow(
      /^epochs expects an engine, receives .*function/,
    )
  })
  it('refuse what is no key', () => {
    expect(() => epochs(wasm)(step, dataOf(10, false), { size: 4 })(init(key(4)), 7 as never)).toThrow(
      'epochs expects a key, receives 7; make one with key(7)',
    )
  })
})
