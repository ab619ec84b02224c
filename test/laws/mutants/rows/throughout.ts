/**
 * A row that is wrong throughout: meaning, loop and pullback agree with each other, and with nothing else. No law that compares its
 * parts can see it.
 */
import { opLaws } from '../../../../laws/index.js'
import { orThrow } from '../../../../src/error/index.js'
import { type Algebra, type Row, type TensorType, table } from '../../../../src/ops/index.js'
import {
  type Attributes,
  isFloat,
  type OperandsOf,
  type Precision,
  type Prim,
  type SignatureOf,
  signatures,
} from '../../../../src/prim/index.js'
import type { Numbers } from '../../../../src/tensor/buffer.js'
import type { Mutant } from '../mutant.js'

const share = 0.9
/** A tenth off; of words one more; of conditions the other. */
const wrong = (precision: Precision, y: number): number => (isFloat(precision) ? share * y : precision === 'bool' ? 1 - y : y + 1)

type Pullback = <R>(o: Algebra<R>, ...rest: readonly unknown[]) => (dy: R) => readonly (R | null)[]
const scaledBack =
  (pullback: Pullback): Pullback =>
  (o, ...rest) =>
  (dy) =>
    pullback(o, ...rest)(dy).map((dx) => (dx === null ? null : o.mul(o.constant(share, dx), dx)))

const wrongRow = <K extends Prim>(prim: K): Row<K> => {
  const { uniform: _, ...row } = table[prim] as Row<K>
  const signature: SignatureOf<K> = signatures[prim]
  const resultOf = (types: readonly TensorType[], attributes: Attributes<K>): Precision =>
    orThrow(signature.precision(prim, types.map(({ precision }) => precision) as unknown as OperandsOf<K, Precision>, attributes))
  return {
    ...row,
    meaning: (reads, types, attributes) => {
      const [read, precision] = [row.meaning(reads, types, attributes), resultOf(types as readonly TensorType[], attributes)]
      return (...i) => wrong(precision, read(...i))
    },
    loop: (out: Numbers, operands, types, result, attributes) => {
      row.loop(out, operands, types, result, attributes)
      out.set(Array.from(out, (y) => wrong(result.precision, y)))
    },
    pullback: scaledBack(row.pullback as unknown as Pullback) as unknown as Row<K>['pullback'],
  }
}

/** Two for every op, which nobody need write: wrong throughout, and of a wrong derivative; or of one where there is none. */
export const derived = <K extends Prim>(prim: K): readonly [Mutant, Mutant] => {
  const row = table[prim] as Row<K>
  const { isSilent } = signatures[prim] as SignatureOf<K>
  const letThrough: Pullback = (_, operands) => (dy) => (operands as readonly unknown[]).map(() => dy)
  const pullback = isSilent ? letThrough : scaledBack(row.pullback as unknown as Pullback)
  return [
    {
      name: `${prim}: wrong throughout`,
      what: 'nine tenths, one more or the opposite, in meaning, loop and pullback alike',
      laws: () => opLaws(prim, wrongRow(prim)),
      killer: `op.${prim}.oracle`,
    },
    {
      name: `${prim}: a wrong derivative`,
      what: isSilent ? 'a cotangent let through' : 'nine tenths of its cotangents',
      laws: () => opLaws(prim, { ...row, pullback: pullback as unknown as Row<K>['pullback'] }),
      killer: `op.${prim}.${isSilent ? 'silent' : 'adjoint'}`,
    },
  ]
}
