/** Comparing what a law expects with what it gets; each throws a sentence where they differ. */
import { is } from 'immutable'
import { leavesWithPaths } from '../src/params/index.js'
import { sameShape, show } from '../src/shape/index.js'
import { type Tensor, toArray } from '../src/tensor/index.js'

/** What was expected, what was got instead, and of what. */
export class Broken extends Error {
  readonly what: string
  readonly expected: string
  readonly got: string
  constructor(what: string, expected: unknown, got: unknown) {
    const [want, have] = [String(expected), String(got)]
    super(`${what}: expected ${want}, got ${have}`)
    this.what = what
    this.expected = want
    this.got = have
  }
}

export const differs = (what: string, expected: unknown, got: unknown): never => {
  throw new Broken(what, expected, got)
}

/** Two numbers within `bound · (1 + |expected|)`. NaN is near NaN, and an infinity only near itself. */
export const near = (what: string, expected: number, got: number, bound: number): void => {
  const apart = Math.abs(expected - got)
  /** Of an infinity any share is infinite: only itself is near it. */
  const close = Number.isFinite(expected) && apart <= bound * (1 + Math.abs(expected))
  if (!(Object.is(expected, got) || close)) differs(what, expected, got)
}

/** Two tensors, number by number, relative to the largest number expected. */
export const nearTensors = (what: string, expected: Tensor, got: Tensor, bound: number): void => {
  if (!sameShape(expected.shape, got.shape)) differs(`${what}, shape`, show(expected.shape), show(got.shape))
  const [want, have] = [toArray(expected), toArray(got)]
  const scale = Math.max(1, ...Array.from(want, (x) => (Number.isFinite(x) ? Math.abs(x) : 0)))
  want.forEach((x, i) => {
    const y = have[i] ?? Number.NaN
    if (!(Object.is(x, y) || x === y || Math.abs(x - y) <= bound * scale)) differs(`${what}, number ${i} of ${show(expected.shape)}`, x, y)
  })
}

/** Two tensors whose numbers are no further apart than is allowed at each place. */
export const within = (what: string, expected: Tensor, got: Tensor, allowed: (place: number) => number): void => {
  if (!sameShape(expected.shape, got.shape)) differs(`${what}, shape`, show(expected.shape), show(got.shape))
  const have = toArray(got)
  toArray(expected).forEach((x, i) => {
    const y = have[i] ?? Number.NaN
    if (!(Object.is(x, y) || Math.abs(x - y) <= allowed(i)))
      differs(`${what}, number ${i} of ${show(expected.shape)}`, `${x} within ${allowed(i)}`, y)
  })
}

/** Two trees of one structure, tensor by tensor. */
export const nearTrees = (what: string, expected: unknown, got: unknown, bound: number): void => {
  const [want, have] = [leavesWithPaths(expected), leavesWithPaths(got)]
  if (want.length !== have.length) differs(`${what}, tensors`, want.length, have.length)
  want.forEach(({ path, tensor }, i) => {
    const other = have[i]
    if (other === undefined || other.path !== path) differs(`${what}, path`, path, other?.path)
    else nearTensors(`${what}, ${path}`, tensor, other.tensor, bound)
  })
}

/** Two trees, bit for bit. */
export const identical = (what: string, expected: unknown, got: unknown): void => {
  const [want, have] = [leavesWithPaths(expected), leavesWithPaths(got)]
  if (want.length !== have.length) differs(`${what}, tensors`, want.length, have.length)
  want.forEach(({ path, tensor }, i) => {
    if (have[i]?.path !== path || !is(tensor, have[i]?.tensor)) differs(`${what}, ${path}`, tensor, have[i]?.tensor)
  })
}

export const holds = (what: string, condition: boolean): void => {
  if (!condition) differs(what, true, false)
}
