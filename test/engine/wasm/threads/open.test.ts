/** The engine in threads: the bits of one, whatever is divided; and sessions that open, close, and are in nobody's way. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, describe, expect, it } from 'vitest'
import { check, engineLaws, passLaws } from '../../../../laws/index.js'
import { batches } from '../../../../src/data/index.js'
import { compile } from '../../../../src/engine/index.js'
import { openWasm, type WasmSession, wasm } from '../../../../src/engine/wasm/index.js'
import { relaxed } from '../../../../src/engine/wasm/kernels.js'
import { orThrow } from '../../../../src/error/index.js'
import { foriLoop } from '../../../../src/graph/index.js'
import { avgPool2d, conv2d, dense, dropout, flatten, input, relu } from '../../../../src/layer/index.js'
import { categorical } from '../../../../src/likelihood/index.js'
import { add, expand, matmul, mul, tanh } from '../../../../src/ops/index.js'
import { adam } from '../../../../src/optimise/index.js'
import { sameTree } from '../../../../src/params/index.js'
import { key, uniform } from '../../../../src/random/index.js'
import { type Tensor, tensor, toArray } from '../../../../src/tensor/index.js'
import { iterate, train } from '../../../../src/train/index.js'

const opened: WasmSession[] = []
const open = async (...given: Parameters<typeof openWasm>): Promise<WasmSession> => {
  const session = orThrow(await openWasm(...given)())
  opened.push(session)
  return session
}
afterAll(async () => {
  for (const session of opened) await session.close()
})

describe('the laws of engines and passes hold in threads', async () => {
  const session = orThrow(await openWasm({ threads: 2, leastWork: 0 })())
  opened.push(session)
  for (const law of [...engineLaws(session), ...passLaws('threads', session, wasm)]) it(law.name, () => check(law, { runs: 5 }))
})

// Node 20 has relaxed SIMD by a flag; from 22 on it is there, and the flag is not.
setFlagsFromString('--experimental-wasm-relaxed-simd')
const isThere = WebAssembly.validate(relaxed())
describe.skipIf(!isThere)('the laws of engines hold with products that are relaxed', async () => {
  const session = orThrow(await openWasm({ threads: 1, relaxed: true })())
  for (const law of engineLaws(session)) it(law.name, () => check(law, { runs: 10 }))

  it('whose terms are rounded once, where the processor can', () => {
    expect(session).toMatchObject({ name: 'wasm, relaxed', relaxed: true })
    // (1 + 2⁻¹²)² − (1 + 2⁻¹¹) is 2⁻²⁴, which a product that is rounded before it is added has lost.
    const x = expand({ axes: [-2], sizes: [8] })(tensor([2], [1, 1 + 2 ** -12])) as Tensor<readonly [8, 2]>
    const w = expand({ axes: [-1], sizes: [8] })(tensor([2], [-(1 + 2 ** -11), 1 + 2 ** -12])) as Tensor<readonly [2, 8]>
    const [fused, strict] = [session, wasm].map((engine) => toArray(compile(engine)((a: typeof x, b: typeof w) => matmul(b)(a))(x, w))[0])
    expect(strict).toBe(0)
    expect([0, 2 ** -24]).toContain(fused)
  })

  it('in threads: the bits of one that is relaxed', async () => {
    const [one, two] = [session, await open({ threads: 2, relaxed: true })]
    const [x, w] = [uniform([300, 200])(key(1)), uniform([200, 100])(key(2))] as const
    const product = (a: typeof x, b: typeof w) => matmul(b)(a)
    expect(sameTree(compile(two)(product)(x, w), compile(one)(product)(x, w))).toBe(true)
  })
})

const net = pipe(
  input(12, 12, 1),
  conv2d({ filters: 4, kernel: 3, padding: 1 }),
  avgPool2d({ size: 2 }),
  relu,
  flatten,
  dense(40),
  dropout(0.2),
  relu,
  dense(10),
)
const data = {
  x: uniform([200, 12, 12, 1])(key(1)),
  y: tanh(uniform([200, 10])(key(2))),
} as never
const { init, step } = train(categorical(net), adam({ learningRate: 1e-2 }))

describe('any number of threads', () => {
  it.each([1, 2, 3, 4])('%i: the same bits, after an epoch with an uneven last batch', async (threads) => {
    const session = await open({ threads, leastWork: 0 })
    expect(session.threads).toBe(threads)
    const all = [...batches(data, { size: 64, key: key(3) })] as never
    const learned = (engine: typeof wasm): unknown => iterate(compile(engine)(step) as typeof step)(init(key(4)), all)
    expect(sameTree(learned(session), learned(wasm))).toBe(true)
  })

  it('a compiled loop goes round in threads, too', async () => {
    const session = await open({ threads: 2, leastWork: 0 })
    const turns = (x: Tensor<readonly [40, 30]>, w: Tensor<readonly [30, 30]>): Tensor<readonly [40, 30]> =>
      foriLoop(50)((each: Tensor<readonly [40, 30]>) => tanh(add(matmul(w)(each))(mul(0.5)(x))))(x)
    const given = [uniform([40, 30])(key(5)), uniform([30, 30])(key(6))] as const
    expect(sameTree(compile(session)(turns)(...given), compile(wasm)(turns)(...given))).toBe(true)
  })

  it('more programs than are kept, each called again', async () => {
    const session = await open({ threads: 2, leastWork: 0 })
    const f = compile(session, { keep: 2 })((x: Tensor) => tanh(mul(2)(x)))
    const g = compile(wasm)((x: Tensor) => tanh(mul(2)(x)))
    for (const size of [64, 65, 66, 64, 65, 66, 64]) {
      const x = uniform([size, 8])(key(size))
      expect(sameTree(f(x), g(x))).toBe(true)
    }
  })

  it('ten thousand meetings, one after the other', async () => {
    const session = await open({ threads: 2, leastWork: 0 })
    const often = (x: Tensor<readonly [64]>): Tensor<readonly [64]> => foriLoop(10_000)((each: typeof x) => mul(0.999)(each))(x)
    const x = uniform([64])(key(7))
    expect(sameTree(compile(session)(often)(x), compile(wasm)(often)(x))).toBe(true)
  })
})

describe('a session', () => {
  it('that was not awaited is no engine, and it is said what is', () => {
    expect(() => compile(openWasm({ threads: 2 }) as never)).toThrow(
      /^compile expects an engine, receives .*function.*; what opens one is run and awaited first/,
    )
  })
  it('says how many threads it has', async () => {
    expect(await open({ threads: 2 })).toMatchObject({ name: 'wasm, 2 threads', threads: 2 })
    expect(await open({ threads: 1 })).toMatchObject({ name: 'wasm', threads: 1 })
  })

  it.each([1, 2])('that was closed says so, of %i threads', async (threads) => {
    const session = await open({ threads, leastWork: 0 })
    const f = compile(session)((x: Tensor) => tanh(x))
    const x = uniform([100])(key(8))
    f(x)
    await session.close()
    await session.close()
    const said = 'wasm expects a session that is open, receives one that was closed'
    expect(() => f(x)).toThrow(said)
    expect(() => compile(session)((y: Tensor) => mul(2)(y))(x)).toThrow(said)
  })

  it('that is dropped does not keep the process alive', () => {
    const jiti = join('node_modules', 'jiti', 'lib', 'jiti-cli.mjs')
    const { stdout, status } = spawnSync(process.execPath, [jiti, join(import.meta.dirname, 'dropped.ts')], {
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect({ stdout, status }).toEqual({ stdout: '600\n', status: 0 })
  })

  it.each([
    [{ threads: 0 }, 'openWasm expects a whole number of threads from 1 to 64, receives 0'],
    [{ threads: 1.5 }, 'openWasm expects a whole number of threads from 1 to 64, receives 1.5'],
    [{ threads: 1000 }, 'openWasm expects a whole number of threads from 1 to 64, receives 1000'],
    [{ leastWork: -1 }, 'openWasm expects leastWork of 0 or more, receives -1'],
    [{ relaxed: 1 }, 'openWasm expects true or false for relaxed, receives 1'],
    [{ thread: 2 }, 'openWasm expects threads, leastWork or relaxed, receives the option thread; did you mean threads?'],
  ])('refuses %o', (options, message) => {
    expect(() => openWasm(options as never)).toThrow(message)
  })
})
