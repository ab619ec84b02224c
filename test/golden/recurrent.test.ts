/** Recurrences by `scan` against PyTorch: Elman's network, the LSTM and the GRU, their outputs and all gradients. */
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched, scan, vjp } from '../../src/graph/index.js'
import * as layers from '../../src/layer/index.js'
import type { SomeNetwork } from '../../src/network/index.js'
import { add, expandFirst, matmul, mul, permute, sigmoid, slice, sub, tanh } from '../../src/ops/index.js'
import type { Matrix, Tensor, Vector } from '../../src/tensor/index.js'
import { type Case, cotangentOf, expectExactly, expectGradient, expectOutput, golden, inputOf } from './golden.js'

interface Attributes {
  readonly hidden: number
  readonly reset?: 'before' | 'after'
}
type One = Case<Attributes>
type Inputs = Readonly<Record<string, Tensor>>
type M = Matrix<number, number>
const all = golden<Attributes>('recurrent')
const cases = all.filter(({ name }) => /^(elman|lstm|gru)/.test(name))

/** y = xw, and with a bias for every row y = xw + b. */
const product = (x: Tensor, w: Tensor | undefined): M => matmul(w as M)(x as M)
const plus = (x: Tensor, y: Tensor): M => add(y as M)(x as M)
const times = (x: Tensor, y: Tensor): M => mul(y as M)(x as M)
const biased = (x: M, b: Tensor | undefined): M => (b === undefined ? x : plus(x, expandFirst(x.shape[0])(b as Vector<number>)))
/** The columns of one gate. */
const gate =
  (size: number) =>
  (x: Tensor, which: number): M =>
    slice({ starts: [which * size], sizes: [size] })(x) as M

/** The carry is [h, c]; only the LSTM has a cell. */
type State = readonly M[]
type Cell = (inputs: Inputs, attributes: Attributes) => (state: State, x: M) => State

const elman: Cell =
  ({ w, u, b }) =>
  ([h], x) => [tanh(biased(plus(product(x, w), product(h as M, u)), b))]

const lstm: Cell =
  ({ w, u, b }, { hidden }) =>
  ([h, c], x) => {
    const all = biased(plus(product(x, w), product(h as M, u)), b)
    const [i, f, g, o] = [0, 1, 2, 3].map((which) => gate(hidden)(all, which)) as unknown as readonly [M, M, M, M]
    const cell = plus(times(sigmoid(f), c as M), times(sigmoid(i), tanh(g)))
    return [times(sigmoid(o), tanh(cell)), cell]
  }

const gru: Cell =
  ({ w, u, b, bu }, { hidden, reset }) =>
  ([h], x) => {
    const of = gate(hidden)
    const before = h as M
    const fromInput = biased(product(x, w), b)
    const fromState = biased(product(before, u), bu)
    const [r, z] = [0, 1].map((which) => sigmoid(plus(of(fromInput, which), of(fromState, which)))) as unknown as readonly [M, M]
    const candidate = reset === 'after' ? times(r, of(fromState, 2)) : product(times(r, before), of(u as Tensor, 2))
    const n = tanh(plus(of(fromInput, 2), candidate))
    /** (1 − z)·n + z·h = n + z·(h − n) */
    return [plus(n, times(z, sub(n)(before)))]
  }

const cellOf = ({ name }: One): Cell => (name.startsWith('elman') ? elman : name.startsWith('lstm') ? lstm : gru)

/** [batch, time, …] and [time, batch, …]. */
const exchanged = permute([-2, -3, -1])

/** The outputs by name, from the inputs by name. */
const recurrence =
  (one: One) =>
  (inputs: Inputs): Inputs => {
    const start = [inputs['h0'], inputs['c0']].filter((x) => x !== undefined) as unknown as State
    const step = cellOf(one)(inputs, one.attributes)
    const [[hLast, cLast], hs] = scan((state: State, x: M): readonly [State, M] => {
      const next = step(state, x)
      return [next, next[0] as M]
    })(start, exchanged(inputs['x'] as Tensor) as Tensor<readonly [number, number, number]>)
    return { h: exchanged(hs), h_last: hLast as M, ...(cLast === undefined ? {} : { c_last: cLast }) }
  }

const inputsOf = (one: One): Inputs => Object.fromEntries(Object.keys(one.inputs).map((name) => [name, inputOf(one, name)]))

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const inputs = inputsOf(one)
  const cotangents = Object.fromEntries(Object.keys(recurrence(one)(inputs)).map((name) => [name, cotangentOf(one, name)]))
  const both = (given: Inputs): readonly [Inputs, Inputs] => {
    const [outputs, back] = vjp(recurrence(one))(given)
    return [outputs, back(cotangents)]
  }
  test.each([
    ['eager', both],
    ['reference', compile(reference)(both)],
    ['wasm', compile(wasm)(both)],
  ] as const)('%s', (_engine, run) => {
    const [outputs, gradients] = run(inputs)
    expect(Object.keys(outputs).toSorted()).toEqual(Object.keys(one.outputs).toSorted())
    for (const name of Object.keys(one.outputs)) expectOutput(one, name, outputs[name] as Tensor)
    for (const name of Object.keys(one.gradients)) expectGradient(one, name, gradients[name] as Tensor)
  })
})

/** The same cases through the layers, whose start is learned where one is given. */
describe.each(cases.map((one) => [one.name, one] as const))('%s, as a layer', (name, one) => {
  const { hidden, reset = 'after' } = one.attributes
  const cell = name.startsWith('elman')
    ? layers.elman(hidden)
    : name.startsWith('lstm')
      ? layers.lstm(hidden)
      : layers.gru(hidden, { reset })
  const ours = { weights: 'w', recurrent: 'u', bias: 'b', ...(name.startsWith('gru') && reset === 'after' ? { recurrentBias: 'bu' } : {}) }
  const size = one.inputs['x']?.shape ?? []
  const params = { cell: Object.fromEntries(Object.entries(ours).map(([key, theirs]) => [key, inputOf(one, theirs)])) }
  const starts = [inputOf(one, 'h0'), ...('c0' in one.inputs ? [inputOf(one, 'c0')] : [])]
  const networks = (['sequence', 'last'] as const).map(
    (returns) =>
      layers.recurrent(cell as never, { returns, learnStart: true })(layers.input(...size.slice(1)) as never) as unknown as SomeNetwork,
  )
  const both = (p: typeof params, s: readonly Tensor[], x: Tensor) =>
    networks.map(
      (net) => batched((start: readonly Tensor[], h: Tensor) => net([{ ...p, start }])(h))(s as never, x as never) as unknown as Tensor,
    )
  test.each([['eager', vjp(([p, s, x]: [typeof params, readonly Tensor[], Tensor]) => both(p, s, x))]] as const)('%s', (_, run) => {
    const [[h, last], back] = run([params, starts, inputOf(one, 'x')]) as unknown as readonly [
      readonly [Tensor, Tensor],
      (d: readonly Tensor[]) => readonly [typeof params, readonly Tensor[], Tensor],
    ]
    expectOutput(one, 'h', h)
    expectOutput(one, 'h_last', last)
    if ('c_last' in one.outputs) return
    const [gradients, ds, dx] = back([cotangentOf(one, 'h'), cotangentOf(one, 'h_last')])
    expectGradient(one, 'x', dx)
    expectGradient(one, 'h0', ds[0] as Tensor)
    for (const [key, theirs] of Object.entries(ours)) expectGradient(one, theirs, gradients.cell[key] as Tensor)
  })
})

test('the cases that are not covered are exactly these', () =>
  expectExactly(
    all,
    cases.map(({ name }) => name),
    {},
    layers,
  ))
