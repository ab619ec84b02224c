/**
 * What a pullback or a batching rule may say, over any carrier `R`: tensors (computing, or building graph), or strings
 * (printing its own documentation). A rule written against it exists once.
 */
import { type Attributes, type OperandsOf, type Precision, type Prim, type Prims, prims, signatures } from '../prim/index.js'

type Arguments<K extends Prim, R> = Prims[K]['operands'] extends 'any'
  ? readonly [operands: readonly R[], attributes: Attributes<K>]
  : readonly [...operands: OperandsOf<K, R>, ...attributes: Attributes<K> extends null ? readonly [] : readonly [Attributes<K>]]

export type Algebra<R> = { readonly [K in Prim]: (...args: Arguments<K, R>) => R } & {
  /** A number, everywhere, in the shape and precision of another operand: a JavaScript number is weak. */
  readonly constant: (value: number, like: R) => R
  /** 0, 1, … size − 1, as indices. */
  readonly range: (size: number, precision: Precision) => R
}

/** One way to apply an op to carriers. */
export type ApplyTo<R> = <K extends Prim>(prim: K, operands: OperandsOf<K, R>, attributes: Attributes<K>) => R

/** The algebra whose every operation is `apply`. */
export const algebraOf = <R>(apply: ApplyTo<R>, constants: Pick<Algebra<R>, 'constant' | 'range'>): Algebra<R> => {
  const operation =
    (prim: Prim) =>
    (...args: readonly unknown[]): R => {
      const count = signatures[prim].operands
      return count === 'any'
        ? apply(prim, args[0] as never, args[1] as never)
        : apply(prim, args.slice(0, count) as never, (args[count] ?? null) as never)
    }
  return { ...Object.fromEntries(prims.map((prim) => [prim, operation(prim)])), ...constants } as unknown as Algebra<R>
}
