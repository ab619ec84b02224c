/**
 * Golden values: what PyTorch 1.13 computes in float64. Each file's `about` fixes its conventions and the tolerance
 *
 *     |got − want| ≤ 1e-11 · max(1, |want|, largest |input|)
 *
 * which `expectClose` applies, number by number, and never widens.
 */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import { type Tensor, tensor, toArray } from '../../src/tensor/index.js'

/** scale · (((a·i² + b·i + c) mod m) − h) at the row-major index i. */
interface Formula {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly m: number
  readonly h: number
  readonly scale: number
}
/** Of a large tensor t: Σ t, Σ t², Σ sin(0.11 i + 1) t[i], and its first and last 16 numbers. */
interface Summary {
  readonly sum: number
  readonly sum_of_squares: number
  readonly weighted_sum: number
  readonly first: readonly number[]
  readonly last: readonly number[]
}
export interface GoldenTensor {
  readonly shape: Shape
  readonly data?: readonly number[]
  readonly formula?: Formula
  readonly summary?: Summary
}
type GoldenTensors = Readonly<Record<string, GoldenTensor>>
export interface Case<A> {
  readonly name: string
  readonly attributes: A
  readonly inputs: GoldenTensors
  readonly outputs: GoldenTensors
  readonly gradients: GoldenTensors
  readonly cotangents?: GoldenTensors
}

/** The cases of a file; `A` is what its attributes are. */
export const golden = <A>(file: string): readonly Case<A>[] =>
  (JSON.parse(readFileSync(new URL(`${file}.json`, import.meta.url), 'utf8')) as { readonly cases: readonly Case<A>[] }).cases

const numbersOf = ({ shape, data, formula }: GoldenTensor): readonly number[] => {
  if (data !== undefined) return data
  if (formula === undefined) throw new Error('a golden tensor has data or a formula')
  const { a, b, c, m, h, scale } = formula
  return Array.from({ length: sizeOf(shape) }, (_, i) => scale * (((a * i * i + b * i + c) % m) - h))
}

export const named = (tensors: GoldenTensors | undefined, name: string): GoldenTensor => {
  const found = tensors?.[name]
  if (found === undefined) throw new Error(`no golden tensor ${name}`)
  return found
}
/** A golden tensor in float64. */
export const float64 = (golden: GoldenTensor): Tensor => tensor(golden.shape, numbersOf(golden), 'float64')
/** An input of a case. */
export const inputOf = (one: Case<unknown>, name: string): Tensor => float64(named(one.inputs, name))

const largestInput = ({ inputs }: Case<unknown>): number =>
  Object.values(inputs).reduce((largest, input) => numbersOf(input).reduce((most, x) => Math.max(most, Math.abs(x)), largest), 1)

const summaryOf = (t: ArrayLike<number>): readonly number[] => {
  const list = Array.from(t)
  const total = (f: (x: number, i: number) => number): number => list.reduce((sum, x, i) => sum + f(x, i), 0)
  return [total((x) => x), total((x) => x * x), total((x, i) => Math.sin(0.11 * i + 1) * x), ...list.slice(0, 16), ...list.slice(-16)]
}
/** What is compared: all numbers, or the summary of many. */
const measured = (got: Tensor, want: GoldenTensor): readonly [got: readonly number[], want: readonly number[]] => {
  const { summary } = want
  return summary === undefined
    ? [Array.from(toArray(got)), want.data ?? []]
    : [summaryOf(toArray(got)), [summary.sum, summary.sum_of_squares, summary.weighted_sum, ...summary.first, ...summary.last]]
}

/** Equal in shape and precision, and in every number within the fair tolerance, or within an absolute one that the case itself states. */
export const expectClose = (one: Case<unknown>, what: string, got: Tensor, want: GoldenTensor, absolute?: number): void => {
  const where = `${one.name}: ${what}`
  expect([...got.shape], where).toEqual([...want.shape])
  expect(got.precision, where).toBe('float64')
  const [mine, theirs] = measured(got, want)
  expect(mine.length, where).toBe(theirs.length)
  const largest = largestInput(one)
  theirs.forEach((wanted, i) => {
    const gap = Math.abs((mine[i] ?? Number.NaN) - wanted)
    const tolerance = absolute ?? 1e-11 * Math.max(1, Math.abs(wanted), largest)
    expect(gap <= tolerance, `${where}[${i}] is ${mine[i]}, should be ${wanted}`).toBe(true)
  })
}
/** An output of a case. */
export const expectOutput = (one: Case<unknown>, name: string, got: Tensor, absolute?: number): void =>
  expectClose(one, name, got, named(one.outputs, name), absolute)
/** A gradient of a case. */
export const expectGradient = (one: Case<unknown>, name: string, got: Tensor, absolute?: number): void =>
  expectClose(one, `d/d ${name}`, got, named(one.gradients, name), absolute)
/** The cotangent of an output: all ones where the case gives none. */
export const cotangentOf = (one: Case<unknown>, name: string): Tensor => {
  const { shape } = named(one.outputs, name)
  return one.cotangents === undefined
    ? tensor(shape, new Float64Array(sizeOf(shape)).fill(1), 'float64')
    : float64(named(one.cotangents, name))
}

/** Features that do not exist yet, by the names they may come under (`a|b`), each with the cases that wait for it. */
export type Waiting = { readonly [feature: string]: readonly string[] }

/** Every case is either run or waiting; and nothing waits for a feature that a module exports by now. */
export const expectExactly = (
  cases: readonly Case<unknown>[],
  run: readonly string[],
  waiting: Waiting,
  ...modules: readonly object[]
): void => {
  const idle = Object.values(waiting).flat()
  expect([...run, ...idle].toSorted(), 'cases that are run, and cases that wait').toEqual(cases.map(({ name }) => name).toSorted())
  const offered = new Set(modules.flatMap((module) => Object.keys(module)).map((name) => name.toLowerCase()))
  expect(
    Object.keys(waiting).filter((feature) => offered.has(feature.toLowerCase())),
    'features that exist by now: run their cases',
  ).toEqual([])
}
