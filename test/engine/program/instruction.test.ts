/** Instructions are data, and who reads them reads every kind. */
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'
import { inPlace } from '../../../src/engine/program/in-place.js'
import { type Cases, deep, type Instruction, type Kind } from '../../../src/engine/program/instruction.js'
import { lower } from '../../../src/engine/program/lower.js'
import { keptOf } from '../../../src/engine/program/pass.js'
import { listsOf } from '../../../src/engine/wasm/threads/lists.js'
import { grad, type Program, pruned, scan, trace } from '../../../src/graph/index.js'
import { avgPool2d, conv2d, dense, flatten, input, maxPool2d, relu } from '../../../src/layer/index.js'
import { categorical } from '../../../src/likelihood/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { add, cast, matmul, sumAll } from '../../../src/ops/index.js'
import { adam } from '../../../src/optimise/index.js'
import { key } from '../../../src/random/index.js'
import { ones, type Tensor } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'

const instructionsOf = <A, B>(f: (a: A) => B, a: A): readonly Instruction[] => {
  const lowered = lower(pruned(trace(f)(a) as Program))
  const inThreads = listsOf(lowered.instructions, { threads: 2, leastWork: 0 }).flat()
  return deep([...lowered.instructions, ...inPlace(lowered.instructions, keptOf(lowered), lowered.parts), ...inThreads])
}

const net = pipe(
  input(6, 6, 2),
  conv2d({ filters: 3, kernel: 3, padding: 1 }),
  avgPool2d({ size: 2, stride: 1 }),
  relu,
  maxPool2d(2),
  flatten,
  dense(5),
)
const { init, step } = train(categorical(net), adam({ learningRate: 0.1 }))
const training = instructionsOf(
  (given: Parameters<typeof step>) => step(...given),
  [init(key(1)), { x: ones([4, 6, 6, 2]), y: ones([4, 5]) }],
)

const recurrence = (xs: Tensor<readonly [5, 3, 3]>) =>
  scan((h: Tensor<readonly [3, 3]>, x: Tensor<readonly [3, 3]>) => [matmul(x)(h), h])(ones([3, 3]), xs)
const loops = instructionsOf(
  grad((xs: Tensor<readonly [5, 3, 3]>) => sumAll(recurrence(xs)[0])),
  ones([5, 3, 3]),
)

const looked = instructionsOf(
  (x: Tensor) => {
    const rows = o.cast(x, { to: 'int32' })
    const double = cast('float64')(x)
    return [
      o.gather(x, o.argMax(rows, { axis: -1 }), { axis: -2 }),
      o.scatterAdd(x, o.argMax(rows, { axis: -1 }), { axis: -2, size: 3 }),
      o.transpose(o.tanh(double), { axes: [-1, -2] }),
      o.sign(o.cast(x, { to: 'uint32' })),
      o.concat([x, add(x)(x)], { axis: -1 }),
    ]
  },
  ones([3, 4]),
)

it('instructions are data: another thread may be given them', () => {
  for (const instructions of [training, loops, looked]) expect(structuredClone(instructions)).toStrictEqual(instructions)
})

it('a program of these has every kind of instruction', () => {
  const kinds: Readonly<Record<Kind, true>> = {
    pointwise: true,
    matmul: true,
    matmulView: true,
    reduce: true,
    reduceView: true,
    gather: true,
    scatter: true,
    addView: true,
    gatherRows: true,
    scatterAddRows: true,
    fill: true,
    copy: true,
    host: true,
    loop: true,
    barrier: true,
  }
  const found = new Set([...training, ...loops, ...looked].map(({ kind }) => kind))
  expect([...found].sort()).toEqual(Object.keys(kinds).sort())
})

it('a reader that forgets a kind does not compile', () => {
  const one = (): number => 1
  const kinds = {
    pointwise: one,
    matmul: one,
    matmulView: one,
    reduce: one,
    reduceView: one,
    gather: one,
    scatter: one,
    addView: one,
    gatherRows: one,
    scatterAddRows: one,
  }
  // @ts-expect-error -- a loop is forgotten
  const cases: Cases<number> = { ...kinds, fill: one, copy: one, host: one, barrier: one }
  expect(Object.keys(cases)).not.toContain('loop')
})
