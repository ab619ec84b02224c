/** Examples for the laws of ops that move and combine numbers: whole numbers, on which sums of products are exact. */
import * as fc from 'fast-check'
import { apply } from '../../src/ops/apply.js'
import type { Prim } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Tensor, tensor, toArray } from '../../src/tensor/index.js'
import type { Application, Examples } from '../arbitrary/operands.js'
import { inDomain, wholes } from './domain.js'
import type { Float } from './evaluation.js'

/** Operands and attributes of an op, the first operand of whole numbers, and as many whole numbers as its result has. */
export interface Linear<K extends Prim> {
  readonly operands: readonly Tensor[]
  readonly attributes: Application<K>['attributes']
  readonly y: Tensor
}

/** As an op is applied to, but of whole numbers where it is applied to floats. */
export const whole = <K extends Prim>(prim: K, examples: Examples<K>, float: Float): fc.Arbitrary<Linear<K>> =>
  examples.chain(({ operands, attributes }) => {
    const given = operands
    const result = apply(prim, operands, attributes)
    return fc
      .tuple(
        fc.tuple(...given.map((x) => (x.precision === 'int32' ? fc.constant(x) : inDomain(wholes, float, x.shape)))),
        inDomain(wholes, float, result.shape),
      )
      .map(([xs, y]) => ({ operands: xs, attributes, y }))
  })

/** Several tensors of whole numbers. */
export const wholeTensors = (float: Float, ...shapes: readonly Shape[]): fc.Arbitrary<readonly Tensor[]> =>
  fc.tuple(...shapes.map((shape) => inDomain(wholes, float, shape)))

/** Σ x · y over whole numbers: exact. */
export const innerProduct = (x: Tensor, y: Tensor): number => {
  const others = toArray(y)
  return Array.from(toArray(x)).reduce((sum, value, i) => sum + value * (others[i] ?? Number.NaN), 0)
}

/** Zeros are 0, none −0: sums that begin from 0 and sums that do not differ there. */
export const unsigned = (x: Tensor): Tensor =>
  tensor(
    x.shape,
    Array.from(toArray(x), (value) => value + 0),
    x.precision,
  )

export const size = fc.integer({ min: 0, max: 3 })
export const some = fc.integer({ min: 1, max: 3 })
/** One of several that are there. */
export const at = (xs: readonly Tensor[], i: number): Tensor => xs[i] as Tensor
/** Three matrices of as many rows, and of a width each. */
export const vectors = (float: Float): fc.Arbitrary<readonly Tensor[]> =>
  fc.tuple(some, some, some, some).chain(([rows, a, b, c]) => wholeTensors(float, [rows, a], [rows, b], [rows, c]))
