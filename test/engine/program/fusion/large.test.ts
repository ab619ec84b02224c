/** Large programs: the work of a compiler grows with their length. Work is counted; nothing is timed. */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../../src/engine/index.js'
import { grouped } from '../../../../src/engine/program/fusion/groups.js'
import { lineOf } from '../../../../src/engine/program/fusion/line.js'
import { orderOf } from '../../../../src/engine/program/fusion/order.js'
import { wholeOf } from '../../../../src/engine/program/layout.js'
import { lower } from '../../../../src/engine/program/lower.js'
import { useOf } from '../../../../src/engine/program/use.js'
import { wasm } from '../../../../src/engine/wasm/index.js'
import { pruned, trace } from '../../../../src/graph/index.js'
import { dense, input, tanh } from '../../../../src/layer/index.js'
import { gaussian } from '../../../../src/likelihood/index.js'
import { repeat, residual } from '../../../../src/network/index.js'
import { tensors as o } from '../../../../src/ops/apply.js'
import { adam } from '../../../../src/optimise/index.js'
import { key } from '../../../../src/random/index.js'
import { ones, type Tensor, toArray, vector, zeros } from '../../../../src/tensor/index.js'
import { train } from '../../../../src/train/index.js'

/** How many instructions a step of Adam on a residual network has, and how many steps it takes to group them. */
const workOf = (layers: number): { readonly instructions: number; readonly steps: number } => {
  const { init, step } = train(gaussian(pipe(input(4), repeat(layers)(residual(flow(dense(4), tanh))))), adam({ learningRate: 0.1 }))
  const { inputs, outputs } = trace((given: Parameters<typeof step>) => step(...given))([
    init(key(1)),
    { x: ones([2, 4]), y: zeros([2, 4]) },
  ])
  const { instructions, parts } = lower(pruned({ inputs, outputs }))
  const whole = wholeOf(parts)
  const uses = instructions.map(useOf).map(({ reads, writes }) => ({ reads: reads.map(whole), writes: writes.map(whole) }))
  return { instructions: uses.length, steps: grouped(instructions, uses, 48).steps }
}

describe('a large program', () => {
  it('of four times the layers takes four times the steps to group', () => {
    const [small, large] = [workOf(10), workOf(40)]
    expect(large.instructions / small.instructions).toBeLessThan(4.1)
    expect(large.steps / small.steps).toBeLessThan(4.4)
  })

  it('may read one buffer 200,000 times', () => {
    const reads = Array.from({ length: 200_000 }, (_, i) => ({ reads: [0], writes: [i + 1] }))
    const { before } = orderOf([...reads, { reads: [], writes: [0] }])
    expect(before.at(-1)).toHaveLength(200_000)
  })

  it('is compiled: 30,000 ops that read one input', () => {
    const chain = (x: Tensor): Tensor => Array.from({ length: 30_000 }).reduce<Tensor>((y) => o.sub(x, y), x)
    expect([...toArray(compile(wasm)(chain)(vector([1, 2, 3])))]).toEqual([1, 2, 3])
  })

  it('may have 5,000 outputs', () => {
    const products = (x: Tensor): readonly Tensor[] => Array.from({ length: 5000 }, (_, i) => o.mul(x, o.constant(i, x)))
    const found = compile(wasm)(products)(vector([1, 2]))
    expect([...toArray(found[4999] as Tensor)]).toEqual([4999, 9998])
  })
})

describe('a line', () => {
  const inOrder = (line: ReturnType<typeof lineOf<string>>, names: readonly string[]): string =>
    [...names].sort((a, b) => (line.isBefore(a, b) ? -1 : 1)).join('')

  it('is changed one by one', () => {
    const line = lineOf(['a', 'b', 'c', 'd', 'e'])
    line.moveAfter('a', 'd')
    line.moveBefore('e', 'b')
    line.remove('c')
    line.replace('d', 'x')
    expect(inOrder(line, ['a', 'b', 'e', 'x'])).toBe('ebxa')
  })

  it('has a place between neighbours however often one is asked for', () => {
    const line = lineOf(['a', 'b', 'c'])
    for (let i = 0; i < 1000; i++) line.moveAfter(i % 2 === 0 ? 'b' : 'c', 'a')
    expect(inOrder(line, ['a', 'b', 'c'])).toBe('acb')
  })
})
