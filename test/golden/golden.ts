/**
 * Golden values: what PyTorch 1.13 computes in float64. Each file's `about` fixes its conventions and the tolerance
 *
 *     |got − want| ≤ 1e-11 · max(1, |want|)
 *
 * which `expectClose` applies, number by number, and never widens. It does not grow with the inputs: what is 1e-20 for an input of
 * −800 would be lost in it. Where values themselves are of every order, it is relative: a 0 is a 0.
 *
 * The files are the project's own, or those of a folder that `npm run golden` has been given: other cases of the same forms.
 */
import { readFileSync } from 'node:fs'
import { expect, inject, type RunnerTestCase, TestRunner } from 'vitest'
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

/** How a number was compared: with what float64 or float32 may lose, or as the moment of a sample. */
type Measure = 'float64' | 'float32' | 'sample'
/** What a test has compared of a case, and the worst relative error of it. */
export interface Comparison {
  readonly case: string
  readonly measure: Measure
  readonly error: number
}
declare module 'vitest' {
  interface ProvidedContext {
    /** The file to compare in place of the project's own. */
    readonly golden?: string
  }
  interface TaskMeta {
    comparisons?: readonly Comparison[]
    waiting?: readonly string[]
  }
}
const other = inject('golden')
/** Whether the cases are the project's own: then it is known which they are. */
export const isOwn = other === undefined

/** The cases of a file; `A` is what its attributes are. */
export const golden = <A>(file: string): readonly Case<A>[] =>
  (JSON.parse(readFileSync(other ?? new URL(`${file}.json`, import.meta.url), 'utf8')) as { readonly cases: readonly Case<A>[] }).cases

/** Leaves what a test has found where `npm run golden` reads it. */
const leave = (found: { readonly comparisons?: readonly Comparison[]; readonly waiting?: readonly string[] }): void => {
  const { meta }: Pick<RunnerTestCase, 'meta'> = TestRunner.getCurrentTest() ?? { meta: {} }
  Object.assign(meta, found, { comparisons: [...(meta.comparisons ?? []), ...(found.comparisons ?? [])] })
}
/** Says that a case has been compared, and how far it was from what is wanted. */
export const compared = ({ name }: Case<unknown>, measure: Measure, error: number): void =>
  leave({ comparisons: [{ case: name, measure, error }] })

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

/** What a precision may lose of a number, relative to it, and the size that every number counts as being, at least. */
interface Fair {
  readonly precision: 'float64' | 'float32'
  readonly share: number
  readonly least: number
}
const sizeIn = ({ least }: Fair, wanted: number): number => Math.max(least, Math.abs(wanted))
const relativeTo = (fair: Fair, mine: readonly number[], theirs: readonly number[]): number =>
  theirs.reduce((worst, wanted, i) => {
    const gap = Math.abs((mine[i] ?? Number.NaN) - wanted)
    return gap === 0 ? worst : Math.max(worst, gap / sizeIn(fair, wanted))
  }, 0)
const expectFair = (one: Case<unknown>, where: string, got: Tensor, want: GoldenTensor, fair: Fair): void => {
  const [mine, theirs] = measured(got, want)
  compared(one, fair.precision, relativeTo(fair, mine, theirs))
  expect([...got.shape], where).toEqual([...want.shape])
  expect(got.precision, where).toBe(fair.precision)
  expect(mine.length, where).toBe(theirs.length)
  theirs.forEach((wanted, i) => {
    const gap = Math.abs((mine[i] ?? Number.NaN) - wanted)
    expect(gap <= fair.share * sizeIn(fair, wanted), `${where}[${i}] is ${mine[i]}, should be ${wanted}`).toBe(true)
  })
}
/** `least`: of which size a number counts as being, at least. Equal in shape and precision, and in every number within the fair tolerance, or relative to the number alone. */
export const expectClose = (one: Case<unknown>, what: string, got: Tensor, want: GoldenTensor, least: 0 | 1 = 1): void =>
  expectFair(one, `${one.name}: ${what}`, got, want, { precision: 'float64', share: 1e-11, least })
/**
 * The same for what an engine computes in float32: within eight units in the last place, of the number or of `least`, for some
 * operations that round to half a unit or, as the engine's own functions do, to a few. What float32 cannot hold is nearly 0.
 */
export const expectSingle = (one: Case<unknown>, what: string, got: Tensor, want: GoldenTensor, least: 0 | 1 = 1): void =>
  expectFair(one, `${one.name}: ${what} in float32`, got, want, {
    precision: 'float32',
    share: 8 * 2 ** -23,
    least: Math.max(least, 2 ** -126),
  })
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

/**
 * Every case is either run or waiting; and nothing waits for a feature that a module exports by now. Of a folder that is not the
 * project's own, what is not run waits.
 */
export const expectExactly = (
  cases: readonly Case<unknown>[],
  run: readonly string[],
  waiting: Waiting,
  ...modules: readonly object[]
): void => {
  const names = cases.map(({ name }) => name)
  leave({ waiting: names.filter((name) => !run.includes(name)) })
  if (!isOwn) return
  const idle = Object.values(waiting).flat()
  expect([...run, ...idle].toSorted(), 'cases that are run, and cases that wait').toEqual(names.toSorted())
  const offered = new Set(modules.flatMap((module) => Object.keys(module)).map((name) => name.toLowerCase()))
  expect(
    Object.keys(waiting).filter((feature) => offered.has(feature.toLowerCase())),
    'features that exist by now: run their cases',
  ).toEqual([])
}
