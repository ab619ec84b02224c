/** What a compiled function no longer keeps can be collected: the program, and the memory that it ran in. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, expect, it } from 'vitest'
import { compile, type Engine } from '../../../src/engine/index.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { full, type Tensor } from '../../../src/tensor/index.js'

let collect: () => void
beforeAll(() => {
  setFlagsFromString('--expose-gc')
  collect = runInNewContext('gc') as () => void
})
/** A weak reference is held until the turn of the event loop that looked at it is over. */
const collected = async (): Promise<void> => {
  for (const _ of Array(3)) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
  }
}

/** The engine, and which of its programs are still there. */
const watched = (): { readonly engine: Engine; readonly alive: () => number } => {
  const programs: WeakRef<object>[] = []
  const prepare: Engine['prepare'] = (program) => {
    const run = wasm.prepare(program)
    programs.push(new WeakRef(run))
    return run
  }
  return { engine: { name: 'watched', prepare }, alive: () => programs.filter((program) => program.deref() !== undefined).length }
}

const sizes = Array.from({ length: 24 }, (_, i) => 100_000 + i)
/** A state, which is given out and brought in again, goes through 24 programs, each with room for 100,000 numbers twice. */
const use = (engine: Engine, keep: number): unknown => {
  const next = ([state]: readonly [Tensor], x: Tensor): readonly [Tensor] => [
    o.add(state, o.expand(o.sum(o.tanh(x), { axes: [-1] }), { axes: [-1], sizes: [40] })),
  ]
  const f = compile(engine, { keep })(next)
  sizes.reduce<readonly [Tensor]>((state, size) => f(f(state, full([size], 1)), full([size], 2)), [full([40], 0)])
  return f
}

it.each([
  [2, 2],
  [24, 24],
])('of %i that may be kept, %i are', async (keep, expected) => {
  const { engine, alive } = watched()
  await collected()
  const before = process.memoryUsage().external
  const held = [use(engine, keep)]
  await collected()
  const more = process.memoryUsage().external - before
  expect(alive()).toBe(expected)
  expect(more).toBeGreaterThan(expected * 800e3)
  expect(more).toBeLessThan(expected * 1600e3)
  held.pop()
  await collected()
  expect(alive()).toBe(0)
})
