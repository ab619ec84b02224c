/** What `explain` says of a program: what was joined, and what that saves. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { accounts } from '../../../src/engine/wasm/explain.js'
import { explain } from '../../../src/engine/wasm/index.js'
import { scan, trace } from '../../../src/graph/index.js'
import { avgPool2d, conv2d, dense, flatten, input, relu, tanh } from '../../../src/layer/index.js'
import { categorical, type Objective } from '../../../src/likelihood/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { add } from '../../../src/ops/index.js'
import { adam } from '../../../src/optimise/index.js'
import { key } from '../../../src/random/index.js'
import { ones, type Tensor } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'

const stepOf = <P>(model: Objective<P, readonly number[], readonly [10]>, shape: readonly number[]) => {
  const { init, step } = train(model as never, adam({ learningRate: 0.1 }))
  return trace((given: readonly [never, never]) => step(...given))([
    init(key(1)) as never,
    { x: ones([6, ...shape]), y: ones([6, 10]) } as never,
  ])
}

describe('explain', () => {
  it('prints a program before and after', () => {
    const program = trace((x: Tensor) => o.sum(o.tanh(o.neg(o.exp(x))), { axes: [-1] }))(ones([30, 40]))
    expect(explain(program)).toBe(`one op at a time: 4 instructions in 15.7k bytes
    read written     ops
    4.8k    4.8k    1.2k  1×1200 exp
    4.8k    4.8k    1.2k  1×1200 neg
    4.8k    4.8k    1.2k  1×1200 tanh
    4.8k     120    1.2k  sum
   19.2k   14.5k    4.8k  in all

as it is run: 2 instructions in 10.9k bytes
    read written     ops
    4.8k    4.8k    3.6k  1×1200 exp neg tanh
    4.8k     120    1.2k  sum
    9.6k   4.92k    4.8k  in all
`)
  })

  it('counts a loop as often as it runs, and indents its body', () => {
    const program = trace((x: Tensor<readonly [10, 4]>) =>
      scan((carry: Tensor<readonly [4]>, slice: Tensor<readonly [4]>) => [add(slice)(carry), carry] as const)(ones([4]), x),
    )(ones([10, 4]))
    const { after } = accounts(program)
    expect(after.lines.map(({ text }) => text)).toContain('  1×4 add')
    expect(after.total.operations).toBe(40)
  })

  it.each<readonly [string, (x: Tensor) => Tensor, readonly [read: number, written: number, operations: number]]>([
    ['matmul 6 6 5', (x) => o.matmul(x, o.transpose(x, { axes: [-1, -2] })), [60, 36, 360]],
    ['max', (x) => o.max(x, { axis: -2 }), [30, 5, 30]],
    [
      '6×5 add',
      (x) => o.add(x, o.expand(o.reshape(o.slice(x, { starts: [0, 0], sizes: [1, 5] }), { shape: [5] }), { axes: [-2], sizes: [6] })),
      [35, 30, 30],
    ],
    ['gatherView', (x) => o.transpose(x, { axes: [-1, -2] }), [30, 30, 0]],
    ['fill', (x) => o.pad(x, { low: [1, 0], high: [1, 0], value: 0 }), [0, 40, 0]],
    ['scatterView', (x) => o.pad(x, { low: [1, 0], high: [1, 0], value: 0 }), [30, 30, 0]],
    ['gatherRows', (x) => o.gather(x, o.cast(o.constant(1, ones([3])), { to: 'int32' }), { axis: -2 }), [18, 15, 0]],
  ])('counts %s', (text, f, [read, written, operations]) => {
    const { after } = accounts(trace(f)(ones([6, 5])))
    const line = after.lines.find((each) => each.text === text)
    expect(line?.cost).toEqual({ read: 4 * read, written: 4 * written, operations })
  })

  it.each([
    ['a dense network', stepOf(categorical(pipe(input(7), dense(5), relu, dense(10))) as never, [7])],
    [
      'a convolutional network',
      stepOf(
        categorical(pipe(input(8, 8, 1), conv2d({ filters: 3, kernel: 3 }), tanh, avgPool2d(2), flatten, dense(10))) as never,
        [8, 8, 1],
      ),
    ],
  ])('fusion moves fewer bytes and computes nothing more: %s', (_, program) => {
    const { before, after } = accounts(program)
    expect(after.lines.length).toBeLessThan(before.lines.length / 2)
    expect(after.total.read).toBeLessThan(before.total.read)
    expect(after.total.written).toBeLessThan(before.total.written)
    expect(after.total.operations).toBeLessThanOrEqual(before.total.operations)
  })
})
