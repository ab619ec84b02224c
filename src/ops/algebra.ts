/**
 * What a pullback or a batching rule may say, over any carrier `R`: tensors (computing, or building graph), or strings
 * (printing its own documentation). A rule written against it exists once.
 */
import type { Attributes, OperandsOf, Precision, Prim, Prims } from '../prim/index.js'

type Arguments<K extends Prim, R> = Prims[K]['operands'] extends 'any'
  ? readonly [operands: readonly R[], attributes: Attributes<K>]
  : readonly [...operands: OperandsOf<K, R>, ...attributes: Attributes<K> extends null ? readonly [] : readonly [Attributes<K>]]

export type Algebra<R> = { readonly [K in Prim]: (...args: Arguments<K, R>) => R } & {
  /** A number, everywhere, in the shape and precision of another operand: a JavaScript number is weak. */
  readonly constant: (value: number, like: R) => R
  /** 0, 1, … size − 1, as indices. */
  readonly range: (size: number, precision: Precision) => R
}

const operandCounts: { readonly [K in Prim]: Prims[K]['operands'] } = {
  neg: 1,
  abs: 1,
  sign: 1,
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  sqrt: 1,
  sin: 1,
  cos: 1,
  tanh: 1,
  sigmoid: 1,
  softplus: 1,
  floor: 1,
  stopGradient: 1,
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  pow: 2,
  maximum: 2,
  minimum: 2,
  less: 2,
  lessEqual: 2,
  equal: 2,
  and: 2,
  or: 2,
  xor: 2,
  not: 1,
  shiftLeft: 1,
  shiftRight: 1,
  rotateLeft: 1,
  cast: 1,
  select: 3,
  sum: 1,
  max: 1,
  argMax: 1,
  matmul: 2,
  reshape: 1,
  transpose: 1,
  slice: 1,
  pad: 1,
  concat: 'any',
  expand: 1,
  gather: 2,
  scatterAdd: 2,
  windows: 1,
  overlapAdd: 1,
}

export const prims = Object.freeze(Object.keys(operandCounts)) as readonly Prim[]

/** One way to apply an op to carriers. */
export type ApplyTo<R> = <K extends Prim>(prim: K, operands: OperandsOf<K, R>, attributes: Attributes<K>) => R

/** The algebra whose every operation is `apply`. */
export const algebraOf = <R>(apply: ApplyTo<R>, constants: Pick<Algebra<R>, 'constant' | 'range'>): Algebra<R> => {
  const operation =
    (prim: Prim) =>
    (...args: readonly unknown[]): R => {
      const count = operandCounts[prim]
      return count === 'any'
        ? apply(prim, args[0] as never, args[1] as never)
        : apply(prim, args.slice(0, count) as never, (args[count] ?? null) as never)
    }
  return { ...Object.fromEntries(prims.map((prim) => [prim, operation(prim)])), ...constants } as unknown as Algebra<R>
}
