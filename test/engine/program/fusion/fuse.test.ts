/** What fusion removes: which loops are left of a program, and which are kept apart. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { fuse } from '../../../../src/engine/program/fusion/fuse.js'
import type { Instruction } from '../../../../src/engine/program/instruction.js'
import { lower } from '../../../../src/engine/program/lower.js'
import { pruned, trace } from '../../../../src/graph/index.js'
import { dense, input } from '../../../../src/layer/index.js'
import { gaussian } from '../../../../src/likelihood/index.js'
import { tensors as o } from '../../../../src/ops/apply.js'
import { adam } from '../../../../src/optimise/index.js'
import { key } from '../../../../src/random/index.js'
import { ones, type Tensor } from '../../../../src/tensor/index.js'
import { train } from '../../../../src/train/index.js'

/** The instructions of a function at these arguments, as words: their kind, or the operations of a loop. */
const instructionsOf = <A extends readonly unknown[]>(f: (...args: A) => unknown, args: A, most?: number): readonly string[] => {
  const { inputs, outputs } = trace((given: A) => f(...given))(args)
  const lowered = lower(pruned({ inputs, outputs }))
  const kept = new Set([...lowered.inputs, ...lowered.outputs].map(({ buffer }) => buffer))
  const wordsOf = (instruction: Instruction): string =>
    instruction.kind === 'pointwise' ? instruction.steps.map(({ operation }) => operation).join(' ') : instruction.kind
  return fuse(lowered.instructions, kept, lowered.parts, most).map(wordsOf)
}

const x = ones([3, 4])

describe('fusion', () => {
  it('makes a chain one loop', () => {
    expect(instructionsOf((a: Tensor) => o.tanh(o.neg(o.exp(a))), [x])).toEqual(['exp neg tanh'])
    expect(instructionsOf((a: Tensor) => o.tanh(o.neg(o.exp(a))), [x], 1)).toEqual(['exp', 'neg', 'tanh'])
  })

  it('joins what was begun before and after a reduction, as far as nothing stands between', () => {
    const f = (a: Tensor): Tensor => o.add(o.mul(a, a), o.expand(o.sum(o.exp(a), { axes: [-2] }), { axes: [-2], sizes: [3] }))
    expect(instructionsOf(f, [x])).toEqual(['exp', 'reduce', 'mul add'])
  })

  it('keeps apart two loops that would wait for each other', () => {
    const total = (a: Tensor): Tensor => o.expand(o.sum(a, { axes: [-1] }), { axes: [-1], sizes: [4] })
    const f = (a: Tensor): readonly Tensor[] => {
      const [p, q] = [o.exp(a), o.neg(a)]
      return [o.add(o.tanh(p), total(q)), o.mul(o.sin(q), total(p))]
    }
    const loops = instructionsOf(f, [ones([4])])
    expect([...loops].sort()).toEqual(['exp tanh add', 'mul', 'neg sin', 'reduce', 'reduce'])
  })

  it('computes once what two nodes compute from the same', () => {
    const f = (a: Tensor): Tensor => o.add(o.sum(o.exp(a), { axes: [-1] }), o.sum(o.exp(a), { axes: [-1] }))
    expect(instructionsOf(f, [x])).toEqual(['exp', 'reduce', 'add'])
  })

  it('keeps −0 and 0 apart', () => {
    const f = (a: Tensor): Tensor => o.add(o.maximum(a, o.constant(0, a)), o.maximum(a, o.constant(-0, a)))
    expect(instructionsOf(f, [x])).toEqual(['maximum maximum add'])
  })

  it('leaves one pass over every parameter of Adam', () => {
    const { init, step } = train(gaussian(pipe(input(5), dense(3))), adam({ learningRate: 0.1 }))
    const words = instructionsOf(step, [init(key(1)), { x: ones([4, 5]), y: ones([4, 3]) }])
    expect(words.filter((loop) => loop.includes('sqrt'))).toHaveLength(2)
    expect(words.filter((loop) => loop.includes('pow'))).toHaveLength(1)
  })
})
