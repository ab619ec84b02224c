/**
 * Golden values: what PyTorch 1.13 computes in float64. Each file's `about` fixes its conventions and the tolerance
 *
 *     |got − want| ≤ 1e-11 · max(1, |want|)
 *
 * which `expectClose` applies, number by number, and never widens. It does not grow with the inputs: what is 1e-20 for an input of
 * −800 would be lost in it. Where values themselves are of every order, it is relative: a 0 is a 0.
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

/** `least`: of which size a number counts as being, at least. Equal in shape and precision, and in every number within the fair tolerance, or relative to the number alone. */
export const expectClose = (one: Case<unknown>, what: string, got: Tensor, want: GoldenTensor, least: 0 | 1 = 1): void => {
  const where = `${one.name}: ${what}`
  expect([...got.shape], where).toEqual([...want.shape])
  expect(got.precision, where).toBe('float64')
  const [mine, theirs] = measured(got, want)
  expect(mine.length, where).toBe(theirs.length)
  theirs.forEach((wanted, i) => {
    const gap = Math.abs((mine[i] ?? Number.NaN) - wanted)
    const tolerance = 1e-11 * Math.max(least, Math.abs(wanted))
    expect(gap <= tolerance, `${where}[${i}] is ${mine[i]}, should be ${wanted}`).toBe(true)
  })
}
/**
 * The same for what an engine computes in float32: within eight units in the last place, of the number or of `least`, for some
 * operations that round to half a unit or, as the engine's own functions do, to a few. What float32 cannot hold is nearly 0.
 */
export const expectSingle = (one: Case<unknown>, what: string, got: Tensor, want: GoldenTensor, least: 0 | 1 = 1): void => {
  const where = `${one.name}: ${what} in float32`
  expect([...got.shape], where).toEqual([...want.shape])
  expect(got.precision, where).toBe('float32')
  const mine = toArray(got)
  const theirs = want.data ?? []
  expect(mine.length, where).toBe(theirs.length)
  theirs.forEach((wanted, i) => {
    const tolerance = 8 * 2 ** -23 * Math.max(least, Math.abs(wanted), 2 ** -126)
    const gap = Math.abs((mine[i] ?? Number.NaN) - wanted)
    expect(gap <= tolerance, `${where}[${i}] is ${mine[i]}, should be ${wanted}`).toBe(true)
  })
}
/** An output of a case. */
export const expectOutput = (one: Case<unknown>, name: string, got: Tensor, least: 0 | 1 = 1): void =>
  expectClose(one, name, got, named(one.outputs, name), least)
/** A gradient of a case. */
export const expectGradient = (one: Case<unknown>, name: string, got: Tensor, least: 0 | 1 = 1): void =>
  expectClose(one, `d/d ${name}`, got, named(one.gradients, name), least)
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
