/** Ways to break a row of the closed table. */
import { opLaws } from '../../../../laws/index.js'
import { type Algebra, type Row, table } from '../../../../src/ops/index.js'
import type { Operands, Prim } from '../../../../src/prim/index.js'
import type { Numbers } from '../../../../src/tensor/buffer.js'
import type { Mutant } from '../mutant.js'

/** Mistakes that one makes, by the op that they break. */
export type RowMutants = { readonly [K in Prim]?: readonly Mutant[] }

/** A row, some part of which is another. */
export const broken =
  <K extends Prim>(prim: K) =>
  (what: string, law: string, part: Partial<Row<K>>): Mutant => {
    const row: Row<K> = table[prim]
    return { name: `${prim}: ${what}`, what, laws: () => opLaws(prim, { ...row, ...part }), killer: `op.${prim}.${law}` }
  }

type Cotangents<R> = readonly (R | null)[]
type Pullback = <R>(o: Algebra<R>, ...rest: readonly unknown[]) => (dy: R) => Cotangents<R>
/** A row whose cotangents are changed on their way out. */
export const pulling = <K extends Prim>(
  prim: K,
  what: string,
  change: <R>(o: Algebra<R>, cotangents: Cotangents<R>) => Cotangents<R>,
  law = 'adjoint',
): Mutant => {
  const pullback = table[prim].pullback as unknown as Pullback
  const changed: Pullback =
    (o, ...rest) =>
    (dy) =>
      change(o, pullback(o, ...rest)(dy))
  return broken(prim)(what, law, { pullback: changed as unknown as Row<K>['pullback'] })
}
export const flipped = (prim: Prim, which = 0): Mutant =>
  pulling(prim, `the cotangent of operand ${which} with its sign flipped`, (o, cotangents) =>
    cotangents.map((c, i) => (i === which && c !== null ? o.neg(c) : c)),
  )
export const swapped = (prim: Prim): Mutant => pulling(prim, 'the cotangents of its operands swapped', (_, [x = null, y = null]) => [y, x])

/** Loops of one number at a time. */
export const each =
  (f: (x: number) => number) =>
  (out: Numbers, [x]: Operands<1, Numbers>): void =>
    out.set(Array.from(x, f))
export const pairs =
  (f: (x: number, y: number) => number) =>
  (out: Numbers, [x, y]: Operands<2, Numbers>): void =>
    out.set(Array.from(x, (value, i) => f(value, y[i] ?? Number.NaN)))
export const value = 'meaning.float64'
export const truth = (holds: boolean): number => (holds ? 1 : 0)
