/** The laws of a row of the closed table. They are asked of a row given, so that a wrong one can be shown to fail. */
import * as fc from 'fast-check'
import { batched, freePlaceholders, trace, vjp } from '../../src/graph/index.js'
import { apply, tensors } from '../../src/ops/apply.js'
import { cast, type Row, type TensorType, table } from '../../src/ops/index.js'
import { isFloat, mapOperands, operandsFor, type Prim, signatures } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Precision, type Tensor, tensor, toArray, zeros } from '../../src/tensor/index.js'
import { holdsAdjoint } from '../adjoint.js'
import type { Application } from '../arbitrary/operands.js'
import { anyNumber, moderate, tensorOf } from '../arbitrary/tensors.js'
import { byLoop, byMeaning } from '../by-row.js'
import { holds, identical, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { applications } from '../op/table.js'
import { outsideLaws } from './outside.js'

const moderateLike = (x: Tensor): fc.Arbitrary<Tensor> =>
  tensorOf(x.shape, moderate(1 / 64), isFloat(x.precision) ? x.precision : 'float64')
const like = (xs: readonly Tensor[]): fc.Arbitrary<readonly Tensor[]> => fc.tuple(...xs.map(moderateLike))

const nothing = ({ shape, precision }: Tensor): Tensor => zeros(shape, precision)

/** The row's pullback as a function of operands and cotangent; `null` is a cotangent of zeros. */
const pulled =
  <K extends Prim>(row: Row<K>, prim: K, attributes: Application<K>['attributes']) =>
  (operands: readonly Tensor[], dy: Tensor): readonly Tensor[] => {
    const y = apply(prim, operandsFor(prim, operands), attributes)
    const cotangents = row.pullback(tensors, operandsFor(prim, operands), y, attributes, operandsFor<K, TensorType>(prim, operands))(dy)
    return operands.map((x, i) => cotangents[i] ?? nothing(x))
  }

/** Applications whose float operands hold any numbers at all. */
const wild = <K extends Prim>(prim: K): fc.Arbitrary<Application<K>> =>
  (applications[prim] as fc.Arbitrary<Application<K>>).chain(({ operands, attributes }) =>
    fc
      .tuple(
        ...operands.map((x) =>
          isFloat(x.precision) ? fc.oneof(tensorOf(x.shape, anyNumber, x.precision), fc.constant(x)) : fc.constant(x),
        ),
      )
      .map((others) => ({ operands: operandsFor(prim, others), attributes })),
  )

/** A cast may lead out of the floats. */
const differentiable = (operands: readonly Tensor[], y: Tensor): boolean =>
  isFloat(y.precision) && operands.some((x) => isFloat(x.precision))

/** Every law of one op. */
export const opLaws = <K extends Prim>(prim: K, row: Row<K> = table[prim]): readonly Law[] => {
  const examples = applications[prim] as fc.Arbitrary<Application<K>>
  /** With a direction v of the operands, a cotangent dy of the result, and a second of each. */
  const withDirections = examples
    .map(({ operands, attributes }) => ({ operands: operands, attributes }))
    .filter(({ operands, attributes }) => differentiable(operands, apply(prim, operands, attributes)))
    .chain(({ operands, attributes }) => {
      const y = apply(prim, operands, attributes)
      return fc.record({
        operands: fc.constant(operands),
        attributes: fc.constant(attributes),
        v: like(operands),
        dy: moderateLike(y),
        dv: moderateLike(y),
        ddx: like(operands),
      })
    })
  const reached = (precision: Precision): Law =>
    law(
      {
        name: `op.${prim}.meaning.${precision}`,
        statement: 'the loop gives the tabulated meaning',
        source: 'docs/design.md: the reference engine is the specification',
      },
      wild(prim).map(({ operands, attributes }) => ({
        operands: mapOperands(prim, operands, (x) => (isFloat(x.precision) ? cast(precision)(x) : x)),
        attributes,
      })),
      (application) => identical(prim, byMeaning(row, prim, application), byLoop(row, prim, application)),
    )
  const derivatives: readonly Law[] = [
    law(
      { name: `op.${prim}.adjoint`, statement: '⟨dy, J·v⟩ = ⟨Jᵀ·dy, v⟩', source: 'Goodfellow et al. (2016) §6.5.2' },
      withDirections.map(({ operands, attributes, v, dy }) => ({ operands, attributes, v, dy })),
      ({ operands, attributes, v, dy }) => {
        const f = (xs: readonly Tensor[]): Tensor => apply(prim, operandsFor(prim, xs), attributes)
        holdsAdjoint(f, (cotangent) => pulled(row, prim, attributes)(operands, cotangent), operands, v, dy)
      },
    ),
    law(
      { name: `op.${prim}.linear`, statement: 'Jᵀ·(2a + b) = 2 Jᵀ·a + Jᵀ·b', source: 'a pullback is linear' },
      withDirections.map(({ operands, attributes, dy: a, dv: b }) => ({ operands, attributes, a, b })),
      ({ operands, attributes, a, b }) => {
        const back = (dy: Tensor): readonly Tensor[] => pulled(row, prim, attributes)(operands, dy)
        const both = tensors.add(tensors.mul(tensors.constant(2, a), a), b)
        const [left, right] = [back(a), back(b)]
        const sum = left.map((x, i) => (isFloat(x.precision) ? tensors.add(tensors.mul(tensors.constant(2, x), x), right[i] as Tensor) : x))
        nearTrees('pullback', sum, back(both), 1e-12)
      },
    ),
    law(
      { name: `op.${prim}.second`, statement: 'the pullback obeys the adjoint law itself', source: 'Goodfellow et al. (2016) §6.5.10' },
      withDirections,
      ({ operands, attributes, v, dy, dv, ddx }) => {
        const float = (x: Tensor): boolean => isFloat(x.precision)
        const back = ([xs, cotangent]: readonly [readonly Tensor[], Tensor]): readonly Tensor[] =>
          pulled(row, prim, attributes)(xs, cotangent).filter((_, i) => float(operands[i] as Tensor))
        const at = [operands, dy] as const
        const [, backBack] = vjp(back)(at)
        holdsAdjoint(
          back,
          backBack,
          at,
          [v, dv] as const,
          ddx.filter((_, i) => float(operands[i] as Tensor)),
        )
      },
    ),
  ]
  const silent = law(
    {
      name: `op.${prim}.silent`,
      statement: 'what is constant almost everywhere, or meant to be, sends no cotangent',
      source: 'Goodfellow et al. (2016) §6.5.2',
    },
    examples.chain(({ operands, attributes }) => {
      const xs = operands
      return moderateLike(apply(prim, xs, attributes)).map((dy) => ({ xs, attributes, dy }))
    }),
    ({ xs, attributes, dy }) => {
      const y = apply(prim, xs, attributes)
      const cotangents = row.pullback(tensors, xs, y, attributes, xs as never)(dy)
      holds(
        'null for every operand',
        Array.from<unknown>(cotangents).every((cotangent) => cotangent === null),
      )
    },
  )
  const slopes = signatures[prim].isSilent ? [silent] : derivatives
  return [
    reached('float64'),
    reached('float32'),
    ...outsideLaws(prim, row),
    ...slopes,
    law(
      { name: `op.${prim}.closed`, statement: 'a derivative has no free placeholder', source: 'perturbation confusion' },
      examples,
      ({ operands, attributes }) => {
        const { inputs, outputs } = trace((xs: readonly Tensor[]) => {
          const y = apply(prim, operandsFor(prim, xs), attributes)
          return isFloat(y.precision) ? vjp((zs: readonly Tensor[]) => apply(prim, operandsFor(prim, zs), attributes))(xs)[1](y) : [y]
        })(operands as readonly Tensor[])
        if (freePlaceholders({ inputs, outputs }).length > 0) throw new Error('it has')
      },
    ),
    law(
      { name: `op.${prim}.batched`, statement: 'batched(f)(x)[i] = f(x[i])', source: 'Frostig, Johnson, Leary (2018), JAX' },
      fc
        .tuple(examples, fc.constantFrom(1, 2, 3), fc.nat(), fc.integer())
        .map(([{ operands, attributes }, size, which, mix]) => ({ xs: operands as readonly Tensor[], attributes, size, which, mix })),
      ({ xs, attributes, size, which, mix }) => {
        if (xs.length === 0) return
        const lifted = xs.map((_, i) => xs.length === 1 || ((which >> i) & 1) === 0)
        const chosen = lifted.some((l) => l) ? lifted : xs.map(() => true)
        const rowsOf = xs.map((x, i) => Array.from({ length: chosen[i] ? size : 1 }, (_, b) => rolled(x, b * 7 + mix)))
        const stacked = xs.map((x, i) =>
          chosen[i]
            ? tensor(
                [size, ...x.shape] as Shape,
                (rowsOf[i] ?? []).flatMap((r) => Array.from(toArray(r))),
                x.precision,
              )
            : (rowsOf[i]?.[0] as Tensor),
        )
        const moving = stacked.filter((_, i) => chosen[i])
        const f = (...given: readonly Tensor[]): Tensor => {
          const all = chosen.map((is, i) => (is ? (given[chosen.slice(0, i).filter((c) => c).length] as Tensor) : (stacked[i] as Tensor)))
          return apply(prim, operandsFor(prim, all), attributes)
        }
        const together = batched(f)(...(moving as unknown as never[])) as unknown as Tensor
        const each = Array.from({ length: size }, (_, b) =>
          apply(
            prim,
            mapOperands(prim, xs, (_, i) => rowsOf[i]?.[chosen[i] ? b : 0] as Tensor),
            attributes,
          ),
        )
        const expected = tensor(
          [size, ...(each[0]?.shape ?? [])] as Shape,
          each.flatMap((y) => Array.from(toArray(y))),
          each[0]?.precision,
        )
        nearTrees('batched', expected, together, 1e-12)
      },
    ),
  ]
}

/** The same numbers in another order: another example of the same shape, inside the same domain. */
const rolled = (x: Tensor, by: number): Tensor => {
  const numbers = Array.from(toArray(x))
  const n = Math.max(numbers.length, 1)
  return tensor(
    x.shape,
    numbers.map((_, i) => numbers[(((i + by) % n) + n) % n] ?? 0),
    x.precision,
  )
}
