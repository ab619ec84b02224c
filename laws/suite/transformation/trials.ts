/** What the laws of transformations are tried on: parameters, gradients, and walks through them. */
import * as fc from 'fast-check'
import { add, mul } from '../../../src/ops/index.js'
import { applyUpdates, type GradientTransformation, type SomeTransformation, type StateOf } from '../../../src/optimise/index.js'
import { leavesWithPaths, mapTree, zipTrees } from '../../../src/params/index.js'
import { type Tensor, toArray } from '../../../src/tensor/index.js'
import { moderate, tensorOf } from '../../arbitrary/tensors.js'

export interface Params {
  readonly weights: Tensor
  readonly bias: Tensor
}
export const params: fc.Arbitrary<Params> = fc.record({
  weights: tensorOf([2, 3], moderate(), 'float64'),
  bias: tensorOf([3], moderate(), 'float64'),
})
export const gradients = fc.array(params, { minLength: 1, maxLength: 5 })
/** Bounds below and above the norm of most gradients here. */
export const bounds = fc.integer({ min: 1, max: 160 }).map((k) => k / 16)
export const half = fc.constantFrom(0.5, 0.75, 0.9)

/** Some rounded operations on numbers of moderate size: 2⁻⁵³ each, and far less than any mistake. */
export const ROUNDED = 1e-13

export const erased = <F extends StateOf>(t: GradientTransformation<F>): SomeTransformation => t as unknown as SomeTransformation
export type Walk = readonly [theta: Params, state: unknown, updates: Params | undefined]
export const after = (t: SomeTransformation, start: Params, gs: readonly Params[]): Walk =>
  gs.reduce<Walk>(
    ([theta, state], g) => {
      const [updates, next] = t.update(g, state, theta)
      return [applyUpdates(theta, updates), next, updates]
    },
    [start, t.init(start), undefined],
  )
export const walk = (t: SomeTransformation, start: Params, gs: readonly Params[]): Params => after(t, start, gs)[0]
export const scaled = (factor: number) => mapTree((x) => mul(factor)(x))
export const plus = <T>(a: T, b: NoInfer<T>): T => zipTrees((x: Tensor, y: Tensor) => add(y)(x))(a, b)
export const numbers = (tree: unknown): readonly number[] => leavesWithPaths(tree).flatMap(({ tensor }) => Array.from(toArray(tensor)))
export const norm = (tree: unknown): number => Math.hypot(...numbers(tree))
