/** The precision rule of every op: the precision of its result, or the sentence that says why there is none. */

import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { PrecisionError } from '../error/index.js'
import { fixed } from '../shape/index.js'
import { holds, isFloat, isInteger, type Precision } from './precision.js'
import type { Attributes, Count, Operands, Prim, Prims } from './prim.js'

type Rule<N extends Count, A> = (precisions: Operands<N, Precision>, attributes: A) => Either<PrecisionError, Precision>
export type PrecisionRule<K extends Prim> = Rule<Prims[K]['operands'], Attributes<K>>

const isNumber = (p: Precision): boolean => p !== 'bool'
const isBits = (p: Precision): boolean => p === 'bool' || isInteger(p)
const always = (): boolean => true

/** All operands of one precision that `allows`; the result has it too, unless `gives` says otherwise. */
const uniform =
  (who: string, expected: string, allows: (p: Precision) => boolean, gives?: Precision) =>
  (precisions: readonly Precision[]): Either<PrecisionError, Precision> => {
    const [first] = precisions
    return first !== undefined && precisions.every((p) => p === first) && allows(first)
      ? right(gives ?? first)
      : left(new PrecisionError({ who, expected, received: precisions.join(' and '), hint: 'cast one of them' }))
  }
const floats = (who: string) => uniform(who, 'one float precision', isFloat)
const numbers = (who: string, gives?: Precision) => uniform(who, 'one numeric precision', isNumber, gives)
const integers = (who: string) => uniform(who, 'int32 or uint32', isInteger)
const bits = (who: string) => uniform(who, 'bool, int32 or uint32', isBits)
const any = (who: string, gives?: Precision) => uniform(who, 'one precision', always, gives)

const indexed =
  (who: string, allows: (p: Precision) => boolean) =>
  ([x, i]: readonly [Precision, Precision]): Either<PrecisionError, Precision> =>
    allows(x) && i === 'int32' ? right(x) : left(new PrecisionError({ who, expected: 'int32 indices', received: `${x} and ${i}` }))

export const precisionRules: { readonly [K in Prim]: PrecisionRule<K> } = fixed({
  neg: numbers('neg'),
  abs: numbers('abs'),
  sign: numbers('sign'),
  exp: floats('exp'),
  expm1: floats('expm1'),
  log: floats('log'),
  log1p: floats('log1p'),
  sqrt: floats('sqrt'),
  sin: floats('sin'),
  cos: floats('cos'),
  tanh: floats('tanh'),
  sigmoid: floats('sigmoid'),
  softplus: floats('softplus'),
  floor: floats('floor'),
  stopGradient: any('stopGradient'),
  add: numbers('add'),
  sub: numbers('sub'),
  mul: numbers('mul'),
  div: floats('div'),
  pow: floats('pow'),
  maximum: numbers('maximum'),
  minimum: numbers('minimum'),
  less: numbers('less', 'bool'),
  lessEqual: numbers('lessEqual', 'bool'),
  equal: any('equal', 'bool'),
  and: bits('and'),
  or: bits('or'),
  xor: bits('xor'),
  not: bits('not'),
  shiftLeft: integers('shiftLeft'),
  shiftRight: integers('shiftRight'),
  rotateLeft: integers('rotateLeft'),
  cast: (_, { to }) => right(to),
  select: ([c, x, y]) =>
    c === 'bool' && x === y
      ? right(x)
      : left(new PrecisionError({ who: 'select', expected: 'bool and two of one precision', received: `${c}, ${x} and ${y}` })),
  sum: numbers('sum'),
  max: numbers('max'),
  argMax: numbers('argMax', 'int32'),
  matmul: floats('matmul'),
  reshape: any('reshape'),
  transpose: any('transpose'),
  slice: any('slice'),
  pad: ([p], { value }) =>
    holds(p, value) ? right(p) : left(new PrecisionError({ who: 'pad', expected: `a value of ${p}`, received: String(value) })),
  concat: any('concat'),
  expand: any('expand'),
  gather: indexed('gather', always),
  scatterAdd: indexed('scatterAdd', isNumber),
  windows: any('windows'),
  overlapAdd: numbers('overlapAdd'),
})
