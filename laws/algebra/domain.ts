/** Where a property of an op is claimed: numbers of a kind, at a precision, in tensors of any small shape. */
import * as fc from 'fast-check'
import type { Shape } from '../../src/shape/index.js'
import type { Precision, Tensor } from '../../src/tensor/index.js'
import { moderate, shapeOf, tensorOf } from '../arbitrary/tensors.js'
import type { Float } from './evaluation.js'

export interface Domain {
  readonly name: string
  /** `float` is the one that the laws are asked at. */
  readonly precision: Precision | 'float'
  readonly numbers: fc.Arbitrary<number>
}
export const precisionIn = ({ precision }: Domain, float: Float): Precision => (precision === 'float' ? float : precision)

/** Often, so that they also meet each other. */
const zero = fc.constantFrom(0, -0)
const special = [1, -1, Infinity, -Infinity, 3.4028234663852886e38, -3.4028234663852886e38, 1.401298464324817e-45]
const float32 = fc.float({ noNaN: true })
const float64 = fc.double({ noNaN: true })
/** Any float but NaN: both zeros, infinities, denormals, the largest. */
export const ordered: Domain = {
  name: 'ordered',
  precision: 'float',
  numbers: fc.oneof(zero, fc.constantFrom(...special), float32, float64),
}
/** Any float at all. */
export const floats: Domain = {
  name: 'floats',
  precision: 'float',
  numbers: fc.oneof({ arbitrary: fc.constant(Number.NaN), weight: 1 }, { arbitrary: ordered.numbers, weight: 5 }),
}
/** Few numbers, so that each meets each: where signs of zero and NaN decide. */
export const edges: Domain = { name: 'edges', precision: 'float', numbers: fc.constantFrom(0, -0, 1, Infinity, -Infinity, Number.NaN) }
/** Whole numbers so small that sums of some hundred products of three are exact in float32. */
export const wholes: Domain = { name: 'wholes', precision: 'float', numbers: fc.integer({ min: -20, max: 20 }) }
/** Whole numbers to divide by. */
export const divisors: Domain = { name: 'divisors', precision: 'float', numbers: wholes.numbers.map((n) => (n === 0 ? 7 : n)) }
/** Numbers of moderate size. */
export const moderates: Domain = { name: 'moderate', precision: 'float', numbers: moderate() }
/** Positive numbers of moderate size. */
export const positives: Domain = { name: 'positive', precision: 'float', numbers: fc.integer({ min: 1, max: 160 }).map((k) => k / 16) }
/** Where a function does not saturate, and a little beyond. */
export const wide: Domain = { name: 'wide', precision: 'float', numbers: fc.integer({ min: -4000, max: 4000 }).map((k) => k / 64) }
export const int32: Domain = {
  name: 'int32',
  precision: 'int32',
  numbers: fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: -3, max: 3 })),
}
export const uint32: Domain = {
  name: 'uint32',
  precision: 'uint32',
  numbers: fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 3 })),
}
export const bool: Domain = { name: 'bool', precision: 'bool', numbers: fc.integer({ min: 0, max: 1 }) }

export type Three = readonly [x: Tensor, y: Tensor, z: Tensor]
/** Three tensors of one shape; size-1 and empty axes are among them. */
export const three = (domain: Domain, float: Float): fc.Arbitrary<Three> =>
  shapeOf(0, 2, 0).chain((shape) => {
    const one = inDomain(domain, float, shape)
    return fc.tuple(one, one, one)
  })
/** A tensor of this shape. */
export const inDomain = (domain: Domain, float: Float, shape: Shape): fc.Arbitrary<Tensor> =>
  tensorOf(shape, domain.numbers, precisionIn(domain, float))
