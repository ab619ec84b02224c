/** What the assembler writes, compiled and run. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bytes, signed, unsigned } from '../../../src/engine/wasm/emit/bytes.js'
import { add, and, call, f32, get, i32, mul, repeatWhile, set, sub, type Type } from '../../../src/engine/wasm/emit/code.js'
import { elementsOf } from '../../../src/engine/wasm/emit/elements.js'
import { type Import, moduleOf } from '../../../src/engine/wasm/emit/module.js'

const memory = new WebAssembly.Memory({ initial: 1 })
const words = new Int32Array(memory.buffer)

interface Function {
  readonly params?: readonly Type[]
  readonly results?: readonly Type[]
  readonly locals?: readonly Type[]
  readonly code: Bytes
}
type Run = (...args: readonly number[]) => number

/** A function with this body, in a module of its own. */
const runOf = ({ params = [], results = ['i32'], locals = [], code }: Function, imports: readonly Import[] = [], host = {}): Run => {
  const bytes = moduleOf({ imports, functions: [{ params, results, locals, code }], exports: { run: 0 }, shared: false })
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory }, host }).exports['run'] as Run
}

const word = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 63, 64, -64, -65, 127, 128, 2 ** 31 - 1, -(2 ** 31)))

describe('numbers', () => {
  it('whole numbers of any size are read back', () => {
    fc.assert(
      fc.property(word, (x) => {
        expect(runOf({ code: i32(x) })()).toBe(x)
      }),
    )
  })

  it('LEB128 takes as few bytes as there are groups of seven bits', () => {
    expect([0, 127, 128, 16383, 16384, 2 ** 32 - 1].map((x) => unsigned(x).length)).toEqual([1, 1, 2, 2, 3, 5])
    expect([0, 63, 64, -64, -65, 8191, -8193].map((x) => signed(x).length)).toEqual([1, 1, 2, 1, 2, 2, 3])
  })

  it('floats keep their bits', () => {
    fc.assert(
      fc.property(fc.float(), (x) => {
        expect(runOf({ results: ['f32'], code: f32(x) })()).toBe(x)
      }),
    )
  })
})

describe('code', () => {
  it('computes with its parameters, modulo 2³²', () => {
    const run = runOf({ params: ['i32', 'i32'], code: sub(add(mul(get(0), get(1)), i32(7)), and(get(0), i32(12))) })
    fc.assert(
      fc.property(word, word, (x, y) => {
        expect(run(x, y)).toBe((Math.imul(x, y) + 7 - (x & 12)) | 0)
      }),
    )
  })

  it('repeats while a condition holds', () => {
    const body = [...add(get(1), get(0)), ...set(1), ...sub(get(0), i32(1)), ...set(0)]
    const sumTo = runOf({ params: ['i32'], locals: ['i32'], code: [...repeatWhile(body, get(0)), ...get(1)] })
    expect(sumTo(100)).toBe(5050)
  })

  it('calls what it imports', () => {
    const log: number[] = []
    const seen: Import = { module: 'host', name: 'seen', params: ['i32', 'i32'], results: ['i32'] }
    const host = { seen: (x: number, y: number) => log.push(x, y) }
    const run = runOf({ params: ['i32'], code: [...get(0), ...i32(-5), ...call(0)] }, [seen], host)
    expect([run(3), run(4)]).toEqual([2, 4])
    expect(log).toEqual([3, -5, 4, -5])
  })

  it('moves lanes that lie apart, and touches nothing else', () => {
    const cases = fc.record({
      shape: fc.oneof(
        fc.record({ bytesPer: fc.constant<4>(4), lanes: fc.constantFrom(1, 2, 3, 4) }),
        fc.record({ bytesPer: fc.constant<8>(8), lanes: fc.constantFrom(1, 2) }),
      ),
      from: fc.integer({ min: -3, max: 9 }),
      to: fc.integer({ min: 1, max: 9 }),
      offset: fc.nat(300).map((x) => 4 * x),
    } as const)
    fc.assert(
      fc.property(cases, ({ shape: { bytesPer, lanes }, from, to, offset }) => {
        const { loadApart, storeApart } = elementsOf(bytesPer)
        const [source, target, wordsEach] = [2000, 8000, bytesPer / 4]
        const move = runOf({
          results: [],
          locals: ['v128'],
          code: [
            ...loadApart(i32(source * 4), from * bytesPer, lanes, offset),
            ...set(0),
            ...storeApart(i32(target * 4), 0, lanes, to * bytesPer, offset),
          ],
        })
        const expected = Int32Array.from(words, (_, i) => i)
        words.set(expected)
        for (let lane = 0; lane < lanes; lane++)
          for (let half = 0; half < wordsEach; half++)
            expected[target + offset / 4 + lane * to * wordsEach + half] = source + offset / 4 + lane * from * wordsEach + half
        move()
        expect(Buffer.compare(Buffer.from(words.buffer), Buffer.from(expected.buffer))).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('a module has each type of function once', () => {
    const one: Function = { params: ['i32'], code: get(0) }
    const functions = [one, one, one].map(({ params = [], code }) => ({ params, results: ['i32' as const], locals: [], code }))
    const bytes = moduleOf({ imports: [], functions, exports: { a: 0, c: 2 }, shared: false })
    expect([...bytes.slice(8, 12)]).toEqual([1, 6, 1, 0x60])
    expect(WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name)).toEqual(['a', 'c'])
  })
})
