/**
 * Loops of random bodies: straight-line programs over a carry, slices and a captured constant, with loops and gradients inside
 * them. Every number stays below some 3, however long the loop, so that differences can be taken.
 */
import * as fc from 'fast-check'
import { grad, type scan } from '../../src/graph/index.js'
import { add, cast, expandFirst, mul, sin, sub, sum, sumAll, tanh } from '../../src/ops/index.js'
import { full, type Scalar, scalar, type Tensor, type Vector } from '../../src/tensor/index.js'
import { moderate, tensorOf } from './tensors.js'

type V = Vector<2>

interface Line {
  readonly op: 'add' | 'sub' | 'mul' | 'sin' | 'tanh' | 'loop' | 'fold' | 'grad'
  /** Which values it takes: of those at hand, counted round. */
  readonly left: number
  readonly right: number
}
/** What a body computes: some lines, and of all values, which are the next carry and which are given. */
export interface BodyCode {
  readonly lines: readonly Line[]
  readonly next: readonly [number, number]
  readonly ys: readonly number[]
}

/** Everything that a loop depends on smoothly. */
export interface LoopInputs {
  readonly a: V
  readonly b: V
  readonly x: Tensor
  readonly z: Tensor
  readonly k: V
}
export const inputNames = ['a', 'b', 'x', 'z', 'k'] as const

export interface LoopExample {
  readonly code: BodyCode
  readonly reverse: boolean
  readonly length: number
  readonly inputs: LoopInputs
}

const index = fc.nat(11)
const line: fc.Arbitrary<Line> = fc.record({
  op: fc.constantFrom('add', 'sub', 'mul', 'sin', 'tanh', 'loop', 'fold', 'grad'),
  left: index,
  right: index,
})
const bodyCode: fc.Arbitrary<BodyCode> = fc.record({
  lines: fc.array(line, { maxLength: 5 }),
  next: fc.tuple(index, index),
  ys: fc.array(index, { maxLength: 3 }),
})
const vector = tensorOf([2] as const, moderate(1 / 128))

/** Inputs of a loop of this length. */
export const loopInputs = (length: number): fc.Arbitrary<LoopInputs> => {
  const along = tensorOf([length, 2], moderate(1 / 64))
  return fc.record({ a: vector, b: vector, x: along, z: along, k: vector })
}

/** A loop of at least `least` iterations. */
export const loops = (least = 0): fc.Arbitrary<LoopExample> =>
  fc
    .tuple(bodyCode, fc.boolean(), fc.integer({ min: least, max: 4 }))
    .chain(([code, reverse, length]) => loopInputs(length).map((inputs) => ({ code, reverse, length, inputs })))

/** What goes along the first axis of its arguments: the library's own `scan`, one unrolled, or a mutant. */
export type Scan = typeof scan

const half = (x: Tensor): V => mul(0.5)(x) as V

const computed = (along: Scan, k: V, { op }: Line, left: V, right: V): V => {
  switch (op) {
    case 'add':
      return half(add(right)(left))
    case 'sub':
      return half(sub(right)(left))
    case 'mul':
      return sin(mul(right)(left))
    case 'sin':
      return sin(left)
    case 'tanh':
      return tanh(left)
    case 'loop': {
      const [last, ys] = along((c: V, v: V) => [tanh(add(v)(mul(k)(c))), mul(c)(v)])(left, expandFirst(2)(right))
      return half(add(half(sum(-2)(ys)))(last))
    }
    case 'fold':
      return along((c: V, v: V) => [half(sin(add(mul(k)(c))(v))), []] as const, { reverse: true })(left, expandFirst(3)(right))[0]
    case 'grad':
      return half(grad((v: V) => sumAll(sin(mul(left)(v))))(right))
  }
}

interface State {
  readonly a: V
  readonly b: V
  /** An integer carry: it has no derivative. */
  readonly count: Scalar
}

/** What a loop gives: the last carry, the count of iterations, and the stacks. */
export interface LoopResult {
  readonly a: V
  readonly b: V
  readonly count: Scalar
  readonly ys: readonly Tensor[]
}

/** The loop of an example, by any way to go along, counting from `first`. */
export const runBy =
  (along: Scan, { code, reverse }: Pick<LoopExample, 'code' | 'reverse'>, first: Scalar = scalar(0, 'uint32')) =>
  ({ a, b, x, z, k }: LoopInputs): LoopResult => {
    const step = (state: State, slice: { readonly x: V; readonly z: V }): readonly [State, readonly Tensor[]] => {
      const times = expandFirst(2)(cast(a.precision)(state.count))
      const counted = mul(0.25)(mul(times)(slice.x))
      const start: readonly V[] = [state.a, state.b, slice.x, slice.z, k, full([2], 0.5, a.precision), counted]
      const at = (values: readonly V[], i: number): V => values[i % values.length] as V
      const values = code.lines.reduce<readonly V[]>(
        (known, l) => known.concat([computed(along, k, l, at(known, l.left), at(known, l.right))]),
        start,
      )
      const next = { a: at(values, code.next[0]), b: at(values, code.next[1]), count: add(1)(state.count) }
      return [next, code.ys.map((i) => at(values, i))]
    }
    const [last, ys] = along(step, { reverse })(
      { a, b, count: first },
      { x: x as Tensor<readonly [number, 2]>, z: z as Tensor<readonly [number, 2]> },
    )
    return { ...last, ys: ys }
  }
