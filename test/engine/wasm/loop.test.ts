/** Loops in WebAssembly: any precision and length, as one instruction, and the compiled epoch. */
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/data/index.js'
import { compile } from '../../../src/engine/index.js'
import { deep } from '../../../src/engine/program/instruction.js'
import { lower } from '../../../src/engine/program/lower.js'
import { reference } from '../../../src/engine/reference/index.js'
import { wasm } from '../../../src/engine/wasm/index.js'
import { grad, type Program, pruned, type StackOf, scan, trace } from '../../../src/graph/index.js'
import { dense, dropout, input, relu } from '../../../src/layer/index.js'
import { categorical } from '../../../src/likelihood/index.js'
import { add, cast, concat, less, matmul, mul, permute, reshape, select, sin, slice, sumAll, tanh } from '../../../src/ops/index.js'
import { adam } from '../../../src/optimise/index.js'
import { leaves, mapTree } from '../../../src/params/index.js'
import { key, uniform } from '../../../src/random/index.js'
import { literalOf, rounded } from '../../../src/tensor/buffer.js'
import { type Matrix, type Precision, type Scalar, scalar, type Tensor, tensor, toArray, vector, zeros } from '../../../src/tensor/index.js'
import { iterate, train } from '../../../src/train/index.js'

/** The largest difference of two trees. */
const distance = (a: unknown, b: unknown): number => {
  const others = leaves(b)
  return Math.max(
    0,
    ...leaves(a).flatMap((x, i) => Array.from(toArray(x), (v, j) => Math.abs(v - (toArray(others[i] as Tensor)[j] ?? Number.NaN)))),
  )
}

type Inputs = readonly [xs: Tensor<readonly [number]>, k: Scalar, start: Scalar]
/** A loop in a loop; carries that are exchanged, counted, or a condition; stacks of constants, of slices and of stacks. */
const loop =
  (reverse: boolean) =>
  ([xs, k, start]: Inputs) =>
    scan(
      (
        { a, b, t, odd }: { readonly a: Scalar; readonly b: Scalar; readonly t: Scalar; readonly odd: Scalar },
        { x }: { readonly x: Scalar },
      ) => {
        const [inner, zs] = scan((c: Scalar, z: Scalar) => [mul(k)(add(z)(c)), mul(c)(x)])(a, tensor([2], [0.1, 0.2], x.precision))
        const next = pipe(odd, select(sin(mul(k)(add(x)(b))), inner)) as Scalar
        return [{ a: next, b: a, t: add(1)(t), odd: less(0.5)(x) as Scalar }, [next, next, t, zs, k, x, scalar(7), odd]]
      },
      { reverse },
    )({ a: start, b: scalar(0.25, start.precision), t: scalar(1, 'uint32'), odd: tensor([], [1], 'bool') }, { x: xs })

const cost =
  (reverse: boolean) =>
  (inputs: Inputs): Scalar => {
    const [{ a, b }, [first, , , zs, , xs]] = loop(reverse)(inputs) as unknown as readonly [
      { readonly a: Scalar; readonly b: Scalar },
      readonly Tensor[],
    ]
    return [first, zs, xs].reduce<Scalar>((total, y) => add(sumAll(y as Tensor))(total), mul(a)(b))
  }

describe.each<readonly [Precision, number]>([
  ['float32', 1e-6],
  ['float64', 1e-15],
])('a loop of %s', (precision, bound) => {
  const cases = [0, 1, 2, 3, 8].flatMap((length) => [false, true].map((reverse) => [length, reverse] as const))
  it.each(cases)('of length %i, reverse %s, and its gradient, are the meaning', (length, reverse) => {
    const xs = tensor(
      [length],
      Array.from({ length }, (_, i) => Math.sin(i + 1)),
      precision,
    )
    const at: Inputs = [xs, scalar(0.75, precision), scalar(0.375, precision)]
    expect(distance(compile(wasm)(loop(reverse))(at), loop(reverse)(at))).toBeLessThanOrEqual(bound * 10)
    expect(distance(compile(wasm)(grad(cost(reverse)))(at), grad(cost(reverse))(at))).toBeLessThanOrEqual(bound * 100)
  })
})

it.each<Precision>(['float32', 'float64', 'int32', 'bool'])('a body looks at parts of %s slices from any side', (precision) => {
  const numbers = Array.from({ length: 24 }, (_, i) => (i * 5) % 7)
  const xs = literalOf([4, 3, 2] as const, precision, rounded(precision, numbers))
  const f = (all: Tensor<readonly [4, 3, 2]>): readonly Tensor[] =>
    scan(
      (before: Tensor, x: Tensor) => {
        const part = permute([-1, -2])(slice({ starts: [1, 0], sizes: [2, 2] })(x))
        return [part, [concat({ axis: -1 })([part, before]), reshape([4])(part), reshape([4])(before)]]
      },
      { reverse: true },
    )(tensor([2, 2], [1, 0, 0, 1], precision) as Tensor, all).flat() as readonly Tensor[]
  expect(distance(compile(wasm)(f)(xs), f(xs))).toBe(0)
})

describe('instructions', () => {
  const recurrence = ([w, xs]: readonly [Matrix<number, number>, Tensor<readonly [number, number, number]>]) =>
    scan((h: Matrix<number, number>, x: Matrix<number, number>) => {
      const next = tanh(add(matmul(w)(x))(matmul(w)(h)))
      return [next, next]
    })(zeros([2, 3]), xs)
  const lowered = <A, B>(f: (a: A) => B, a: A) => lower(pruned(trace(f)(a) as Program))
  const at = (length: number) => [zeros([3, 3]), zeros([length, 2, 3])] as const

  it('are as many for 784 iterations as for two, and so are those of the gradient', () => {
    const f = (a: ReturnType<typeof at>): Scalar => sumAll(recurrence(a)[1])
    const counts = <B>(g: (a: ReturnType<typeof at>) => B): readonly number[] =>
      [784, 2].map((length) => deep(lowered(g, at(length)).instructions).length)
    for (const [long, short] of [counts(f), counts(grad(f))]) expect(long).toBe(short)
  })
  it('of a recurrence copy once in an iteration: what is both the next carry and a stack', () => {
    const [only] = lowered(recurrence, at(5)).instructions.filter(({ kind }) => kind === 'loop')
    const words = only?.kind === 'loop' ? only.body.map((i) => (i.kind === 'pointwise' ? i.steps[0]?.operation : i.kind)) : []
    expect(words).toEqual(['matmul', 'matmul', 'add', 'tanh', 'copy'])
  })
})

describe('the compiled epoch', () => {
  const model = categorical(pipe(input(6), dense(8), relu, dropout(0.5), dense(3)))
  const { init, step } = train(model, adam({ learningRate: 1e-2 }))
  type State = ReturnType<typeof init>
  type Batch = Dataset<readonly [6], readonly [3]>
  const [steps, size] = [7, 4]
  const x = uniform([steps, size, 6])(key(1))
  const y = tensor(
    [steps, size, 3],
    Array.from({ length: steps * size * 3 }, (_, i) => (i % 3 === Math.floor((i * 7) / 3) % 3 ? 1 : 0)),
  )
  const part = (t: Tensor, i: number): Tensor => {
    const length = toArray(t).length / steps
    return tensor(t.shape.slice(1), toArray(t).slice(i * length, (i + 1) * length))
  }
  const batches = Array.from({ length: steps }, (_, i) => ({ x: part(x, i), y: part(y, i) })) as unknown as readonly Batch[]
  const epoch = (state: State, all: StackOf<number, Batch>) => scan((s: State, batch: Batch) => [step(s, batch), []])(state, all)[0]
  const start = init(key(3))

  it.each([reference, wasm])('is the explicit loop, bit for bit: parameters, moments, step, key and cost', (engine) => {
    const compiled = compile(engine)(epoch)(start, { x, y })
    expect(is(compiled, iterate(compile(engine)(step))(start, batches))).toBe(true)
    expect(is(compiled, start)).toBe(false)
  })
  it('has a gradient: of the last cost by the first parameters, through Adam, dropout and the key', () => {
    const float64 = <T>(tree: T): T => mapTree((t) => (t.precision === 'float32' ? cast('float64')(t) : t))(tree)
    const from = float64(start)
    const [xs, ys] = [float64(x), float64(y)]
    const last = (params: State['params']): Scalar => epoch(from.set('params', params), { x: xs, y: ys }).cost
    const byHand = (params: State['params']): Scalar => iterate(step)(from.set('params', params), float64(batches)).cost
    const gradient = grad(last)(from.params)
    expect(distance(gradient, grad(byHand)(from.params))).toBeLessThan(1e-12)
    expect(distance(compile(wasm)(grad(last))(from.params), gradient)).toBeLessThan(1e-12)
    expect(distance(gradient, mapTree((t) => mul(0)(t))(gradient))).toBeGreaterThan(1e-3)
  })
  it('runs again from where it ended, and gives the costs on the way', () => {
    const costs = compile(wasm)((state: State, all: StackOf<number, Batch>) =>
      scan((s: State, batch: Batch) => {
        const next = step(s, batch)
        return [next, next.cost]
      })(state, all),
    )
    const [first, seen] = costs(start, { x, y })
    const [second] = costs(first, { x, y })
    expect(is(second, iterate(compile(wasm)(step))(start, [...batches, ...batches]))).toBe(true)
    const stepped = compile(wasm)(step)
    const expected = batches.reduce<readonly [State, readonly number[]]>(
      ([state, all], batch) => {
        const next = stepped(state, batch)
        return [next, [...all, ...toArray(next.cost)]]
      },
      [start, []],
    )[1]
    expect(is(seen, vector(expected))).toBe(true)
  })
})
