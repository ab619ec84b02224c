/** The laws that hold a row to what is outside of it: its oracle; and the ways that `apply` takes past its loop to the loop. */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { apply } from '../../src/ops/apply.js'
import type { Row } from '../../src/ops/index.js'
import { isFloat, operandsFor, type Prim, type SignatureOf, signatures } from '../../src/prim/index.js'
import { sizeOf } from '../../src/shape/index.js'
import { literalOf, rounded, uniform } from '../../src/tensor/buffer.js'
import { type Precision, type Tensor, toArray } from '../../src/tensor/index.js'
import type { Application } from '../arbitrary/operands.js'
import { anyNumber, moderate, tensorOf } from '../arbitrary/tensors.js'
import { byLoop, typeOf } from '../by-row.js'
import { identical } from '../compare.js'
import { type Law, law } from '../law.js'
import { applications, declared } from '../op/table.js'
import type { Given, Oracle, OracleOf } from '../oracle/oracle.js'
import { nearUlps } from '../ulps.js'

/** Any at all, and often such as a function does not saturate at. */
const floats = fc.oneof(
  anyNumber,
  moderate(),
  fc.integer({ min: -4000, max: 4000 }).map((k) => k / 64),
)
const numbersAt: { readonly [P in Precision]: fc.Arbitrary<number> } = {
  float64: floats,
  float32: floats,
  int32: fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: -3, max: 3 })),
  uint32: fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 3 })),
  bool: fc.integer({ min: 0, max: 1 }),
}
const precisions = Object.keys(numbersAt) as readonly Precision[]

/** Applications like those that are given as examples, at every precision that the op takes, of other numbers; indices and conditions stay. */
const tried = <K extends Prim>(prim: K, on: OracleOf<1, null>['on']): fc.Arbitrary<Application<K>> =>
  (applications[prim] as fc.Arbitrary<Application<K>>).chain(({ operands, attributes }) => {
    const given = operands as readonly Tensor[]
    const signature: SignatureOf<K> = signatures[prim]
    const isMoved = (x: Tensor): boolean => isFloat(x.precision) || !given.some((other) => isFloat(other.precision))
    const allowed = precisions.filter((precision) => {
      const types = given.map((x) => (isMoved(x) ? precision : x.precision))
      return isRight(signature.precision(prim, operandsFor(prim, types), attributes))
    })
    return fc.constantFrom(...allowed).chain((precision) => {
      const numbers = on === 'moderate' && isFloat(precision) ? moderate() : numbersAt[precision]
      return fc
        .tuple(...given.map((x) => (isMoved(x) ? tensorOf(x.shape, numbers, precision) : fc.constant(x))))
        .map((others) => ({ operands: operandsFor(prim, others), attributes }))
    })
  })

const oracleLaw = <K extends Prim>(prim: K, row: Row<K>): Law => {
  const { statement, source, ulps, on, numbers } = declared[prim].oracle as Oracle<K>
  return law({ name: `op.${prim}.oracle`, statement, source }, tried(prim, on), (application) => {
    const { shape, precision } = typeOf(prim, application)
    const given = (application.operands as readonly Tensor[]).map(
      (x): Given => ({ shape: x.shape, precision: x.precision, numbers: Array.from(toArray(x)) }),
    )
    const expected = numbers(operandsFor(prim, given), application.attributes, { shape, precision })
    nearUlps(prim, literalOf(shape, precision, rounded(precision, expected)), byLoop(row, prim, application), ulps)
  })
}

/** Of operands each of which is one number everywhere. */
const uniformLaw = <K extends Prim>(prim: K, row: Row<K>, short: NonNullable<Row<K>['uniform']>): Law =>
  law(
    { name: `op.${prim}.uniform`, statement: 'of equal numbers the short cut gives the one that the loop gives' },
    tried(prim, 'any').map(({ operands, attributes }) => ({
      operands: (operands as readonly Tensor[]).map((x) => uniform(x.shape, x.precision, toArray(x)[0] ?? 0)),
      attributes,
    })),
    ({ operands, attributes }) => {
      const application = { operands: operandsFor(prim, operands), attributes }
      const { shape, precision } = typeOf(prim, application)
      const values = operands.map((x) => toArray(x)[0] ?? 0)
      if (sizeOf(shape) === 0 || operands.some((x) => sizeOf(x.shape) === 0)) return
      const one = short(operandsFor(prim, values), operands.at(-1)?.precision ?? precision)
      identical(prim, byLoop(row, prim, application), uniform(shape, precision, one))
    },
  )

/** Operands of which some are one number everywhere, and that often 1, beside which an op may give back another. */
const levelled = <K extends Prim>(prim: K): fc.Arbitrary<Application<K>> =>
  tried(prim, 'any').chain(({ operands, attributes }) =>
    fc
      .tuple(
        ...(operands as readonly Tensor[]).map((x) =>
          fc.constantFrom(x, uniform(x.shape, x.precision, toArray(x)[0] ?? 0), uniform(x.shape, x.precision, 1)),
        ),
      )
      .map((others) => ({ operands: operandsFor(prim, others), attributes })),
  )

const appliedLaw = <K extends Prim>(prim: K, row: Row<K>): Law =>
  law(
    { name: `op.${prim}.applied`, statement: 'applied, an op gives the bits of its loop, whatever way it takes to them' },
    levelled(prim),
    (application) => {
      const applied = apply(prim, application.operands, application.attributes)
      identical(prim, byLoop(row, prim, application), applied)
    },
  )

export const outsideLaws = <K extends Prim>(prim: K, row: Row<K>): readonly Law[] => [
  oracleLaw(prim, row),
  appliedLaw(prim, row),
  ...(row.uniform === undefined ? [] : [uniformLaw(prim, row, row.uniform)]),
]
