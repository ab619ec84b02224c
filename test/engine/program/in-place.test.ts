/** What windows in place remove: copies that only products, reductions and additions read; and which are kept. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { inPlace } from '../../../src/engine/program/in-place.js'
import { deep, type Instruction } from '../../../src/engine/program/instruction.js'
import { lower } from '../../../src/engine/program/lower.js'
import { keptOf } from '../../../src/engine/program/pass.js'
import { type Program, pruned, scan, trace } from '../../../src/graph/index.js'
import { conv2d, flatten, input } from '../../../src/layer/index.js'
import { gaussian } from '../../../src/likelihood/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { sgd } from '../../../src/optimise/index.js'
import { key } from '../../../src/random/index.js'
import { ones, type Tensor } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'

const instructionsOf = (f: (...args: readonly Tensor[]) => unknown, args: readonly Tensor[]): readonly Instruction[] => {
  const lowered = lower(pruned(trace((given: readonly Tensor[]) => f(...given))(args) as Program))
  return deep(inPlace(lowered.instructions, keptOf(lowered), lowered.parts))
}
const kindsOf = (...given: Parameters<typeof instructionsOf>): readonly string[] => instructionsOf(...given).map(({ kind }) => kind)

const x = ones([5, 6])
const over = (axis: number) => ({ axis, size: 2, stride: 1, dilation: 1 })
/** The twenty windows of two rows and two columns, row by row. */
const patches = (image: Tensor): Tensor =>
  o.reshape(o.transpose(o.windows(o.windows(image, over(-2)), over(-1)), { axes: [-4, -2, -3, -1] }), { shape: [20, 4] })
const turned = (matrix: Tensor): Tensor => o.transpose(matrix, { axes: [-1, -2] })

describe('a product of windows', () => {
  it('reads them where they lie', () => {
    const [product, ...rest] = instructionsOf((a, w) => o.matmul(patches(a as Tensor), w as Tensor), [x, ones([4, 3])])
    expect(rest).toEqual([])
    expect(product).toMatchObject({
      kind: 'matmulView',
      m: 20,
      n: 3,
      k: 4,
      a: { rows: { shape: [4, 5], strides: [6, 1] }, columns: { shape: [2, 2], strides: [6, 1] } },
    })
  })
  it('reads them turned, as the gradient of a kernel does', () => {
    const [product, ...rest] = instructionsOf((a, dy) => o.matmul(turned(patches(a as Tensor)), dy as Tensor), [x, ones([20, 3])])
    expect(rest).toEqual([])
    expect(product).toMatchObject({
      kind: 'matmulView',
      m: 4,
      k: 20,
      a: { rows: { shape: [2, 2], strides: [6, 1] }, columns: { shape: [4, 5], strides: [6, 1] } },
    })
  })
  it('does so in the body of a loop', () =>
    expect(
      kindsOf(
        (w, images) => scan((c: Tensor, image: Tensor) => [c, o.matmul(patches(image), c)] as const)(w as Tensor, images as never)[1],
        [ones([4, 3]), ones([7, 5, 6])],
      ),
    ).not.toContain('gather'))
  it('and a step of a convolutional network copies no windows, forward or back', () => {
    const { init, step } = train(gaussian(pipe(input(6, 6, 2), conv2d({ filters: 3, kernel: 3 }), flatten)), sgd({ learningRate: 0.1 }))
    const batch = { x: ones([4, 6, 6, 2]), y: ones([4, 48]) }
    const program = pruned(trace((given: Parameters<typeof step>) => step(...given))([init(key(1)), batch as never]) as Program)
    const lowered = lower(program)
    const copied = (list: readonly Instruction[]): number => list.filter(({ kind }) => kind === 'gather').length
    const after = inPlace(lowered.instructions, keptOf(lowered), lowered.parts)
    expect(after.filter(({ kind }) => kind === 'matmulView')).toHaveLength(2)
    expect(copied(after)).toBe(copied(lowered.instructions) - 1)
  })
})

describe('a reduction of windows', () => {
  const pooled = (image: Tensor): Tensor =>
    o.reshape(o.transpose(o.windows(o.windows(image, over(-2)), over(-1)), { axes: [-4, -2, -3, -1] }), { shape: [4, 5, 4] })
  it.each(['sum', 'max'] as const)('reads them where they lie: %s', (reduction) => {
    const f = (a?: Tensor) => (reduction === 'sum' ? o.sum(pooled(a as Tensor), { axes: [-1] }) : o.max(pooled(a as Tensor), { axis: -1 }))
    const [reduce, ...rest] = instructionsOf(f, [x])
    expect(rest).toEqual([])
    expect(reduce).toMatchObject({
      kind: 'reduceView',
      reduction,
      x: { rows: { shape: [4, 5], strides: [6, 1] }, columns: { shape: [2, 2], strides: [6, 1] } },
    })
  })
  it('so does one of an axis in the middle', () => {
    const [reduce, ...rest] = instructionsOf((a) => o.sum(o.reshape(patches(a as Tensor), { shape: [4, 5, 4] }), { axes: [-2] }), [x])
    expect(rest).toEqual([])
    expect(reduce).toMatchObject({ x: { rows: { shape: [4, 2, 2], strides: [6, 6, 1] }, columns: { shape: [5], strides: [1] } } })
  })
  it('but a sum of many that lie together begins several sums, and the largest of float64 has a kernel of its own', () => {
    expect(kindsOf((a) => o.sum(o.reshape(patches(a as Tensor), { shape: [10, 8] }), { axes: [-1] }), [x])).toEqual(['gather', 'reduce'])
    expect(kindsOf((a) => o.max(pooled(a as Tensor), { axis: -1 }), [ones([5, 6], 'float64')])).toEqual(['gather', 'reduce'])
    expect(kindsOf((a) => o.argMax(pooled(a as Tensor), { axis: -1 }), [x])).toEqual(['gather', 'reduce'])
  })
})

describe('an addition of windows', () => {
  const together = (windows: Tensor, length: number): Tensor => o.overlapAdd(windows, { ...over(-1), length })
  it('reads them where they lie, in another order', () => {
    const instructions = instructionsOf((a) => together(turned(a as Tensor), 6), [ones([2, 5])])
    expect(instructions.map(({ kind }) => kind)).toEqual(['fill', 'addView'])
    expect(instructions[1]).toMatchObject({ view: { shape: [5, 2], strides: [1, 1] }, x: { shape: [5, 2], strides: [1, 5] } })
  })
  it('but float64 and whole numbers have a kernel that adds what lies in order', () => {
    for (const precision of ['float64', 'int32'] as const)
      expect(kindsOf((a) => together(turned(a as Tensor), 6), [ones([2, 5], precision)])).toEqual(['gather', 'fill', 'scatter'])
  })
})

describe('windows are copied', () => {
  it('where they are a result themselves', () =>
    expect(kindsOf((a, w) => [patches(a as Tensor), o.matmul(patches(a as Tensor), w as Tensor)], [x, ones([4, 3])])).toEqual([
      'gather',
      'matmul',
    ]))
  it('where something else reads them, too', () =>
    expect(kindsOf((a, w) => [o.exp(patches(a as Tensor)), o.matmul(patches(a as Tensor), w as Tensor)], [x, ones([4, 3])])).toContain(
      'gather',
    ))
  it('where they are the second matrix', () =>
    expect(kindsOf((a, w) => o.matmul(w as Tensor, patches(a as Tensor)), [x, ones([4, 20])])).toEqual(['gather', 'matmul']))
  it('where a product has few rows, or one column: its kernel packs nothing', () => {
    expect(kindsOf((a, w) => o.matmul(patches(a as Tensor), w as Tensor), [x, ones([4, 1])])).toEqual(['gather', 'matmul'])
    const three = (image: Tensor): Tensor =>
      o.reshape(o.slice(o.windows(image, over(-1)), { starts: [0, 0, 0], sizes: [3, 5, 2] }), { shape: [3, 10] })
    expect(kindsOf((a, w) => o.matmul(three(a as Tensor), w as Tensor), [x, ones([10, 3])])).toEqual(['gather', 'matmul'])
  })
  it('where they are float64', () =>
    expect(kindsOf((a, w) => o.matmul(patches(a as Tensor), w as Tensor), [ones([5, 6], 'float64'), ones([4, 3], 'float64')])).toEqual([
      'gather',
      'matmul',
    ]))
  it('where what they are windows of is overwritten before the product', () => {
    const lowered = lower(
      pruned(trace((given: readonly Tensor[]) => o.matmul(patches(given[0] as Tensor), given[1] as Tensor))([x, ones([4, 3])]) as Program),
    )
    const [gather, product] = lowered.instructions as readonly [Extract<Instruction, { kind: 'gather' }>, Instruction]
    const overwrite: Instruction = { kind: 'fill', out: gather.view.start, count: 30, bits: [0, 0] }
    const kinds = (list: readonly Instruction[]) => inPlace(list, keptOf(lowered), lowered.parts).map(({ kind }) => kind)
    expect(kinds([gather, overwrite, product])).toEqual(['gather', 'fill', 'matmul'])
    expect(kinds([overwrite, gather, product])).toEqual(['fill', 'matmulView'])
    expect(kinds([gather, product, overwrite])).toEqual(['matmulView', 'fill'])
  })
})
