/**
 * The closed list of ops: one signature for each, from which its name, its operands and attributes, its rules and whatever else is
 * known of it are derived. Everything else is a composite.
 *
 * Axes are counted from the end (−1 is the last), so that an op means the same under any number of leading axes: this is
 * what makes batching a transformation. No op broadcasts by itself; `expand` is the only broadcast.
 */
import { fixed } from '../shape/index.js'
import type { BitsAttributes, CastAttributes } from './attributes.js'
import * as precisions from './precision-rules.js'
import { any, anyTo, bits, floats, integers, numbers, numbersTo } from './precision-rules.js'
import * as shapes from './shape-rules.js'
import { type Facts, type Look, type Operands, type PrecisionRule, type Signature, signature } from './signature.js'

/** Ops of one number or two at a time. */
const unary = <L extends Look = 'none'>(precision: PrecisionRule<1, null>, facts: Facts<L> = {}): Signature<1, null, L> =>
  signature(1, { shape: shapes.keep, precision }, facts)
const binary = (precision: PrecisionRule<2, null>, facts: Facts<'none'> = {}): Signature<2, null> =>
  signature(2, { shape: shapes.agree, precision }, facts)

const silent = { isSilent: true } as const
const inItsShape = { unchanged: 'of the same shape' } as const
const view = { look: 'view' } as const
const shift = signature<1, BitsAttributes>(1, { shape: shapes.keep, precision: integers }, silent)

const all = fixed({
  neg: unary(numbers),
  abs: unary(numbers),
  sign: unary(numbers, silent),
  exp: unary(floats),
  expm1: unary(floats),
  log: unary(floats),
  log1p: unary(floats),
  sqrt: unary(floats),
  sin: unary(floats),
  cos: unary(floats),
  tanh: unary(floats),
  sigmoid: unary(floats),
  softplus: unary(floats),
  erf: unary(floats),
  floor: unary(floats, silent),
  stopGradient: unary(any, { ...silent, look: 'same' }),
  add: binary(numbers),
  sub: binary(numbers),
  mul: binary(numbers, { unchanged: 'beside 1 on either side' }),
  div: binary(floats, { unchanged: 'beside 1 on the right' }),
  pow: binary(floats),
  maximum: binary(numbers),
  minimum: binary(numbers),
  less: binary(numbersTo('bool'), silent),
  lessEqual: binary(numbersTo('bool'), silent),
  equal: binary(anyTo('bool'), silent),
  and: binary(bits, silent),
  or: binary(bits, silent),
  xor: binary(bits, silent),
  not: unary(bits, silent),
  shiftLeft: shift,
  shiftRight: shift,
  rotateLeft: shift,
  cast: signature<1, CastAttributes>(1, { shape: shapes.keep, precision: precisions.toAnother }),
  select: signature(3, { shape: shapes.choose, precision: precisions.condition }),
  sum: signature(1, { shape: shapes.sum, precision: numbers }, inItsShape),
  max: signature(1, { shape: shapes.alongAxis, precision: numbers }),
  argMax: signature(1, { shape: shapes.alongAxis, precision: numbersTo('int32') }, silent),
  matmul: signature(2, { shape: shapes.matmul, precision: floats }),
  reshape: signature(1, { shape: shapes.reshape, precision: any }, { ...inItsShape, look: 'same' }),
  /** Where each trailing axis of the result comes from: `[-1, -2]` swaps the last two. */
  transpose: signature(1, { shape: shapes.transpose, precision: any }, view),
  slice: signature(1, { shape: shapes.slice, precision: any }, { ...inItsShape, ...view }),
  pad: signature(1, { shape: shapes.pad, precision: precisions.withValue }, inItsShape),
  concat: signature('any', { shape: shapes.concat, precision: any }, inItsShape),
  expand: signature(1, { shape: shapes.expand, precision: any }, { ...inItsShape, ...view }),
  gather: signature(2, { shape: shapes.gather, precision: precisions.anyIndexed }),
  scatterAdd: signature(2, { shape: shapes.scatterAdd, precision: precisions.numbersIndexed }),
  windows: signature(1, { shape: shapes.windows, precision: any }, view),
  overlapAdd: signature(1, { shape: shapes.overlapAdd, precision: numbers }),
})

export type Prims = typeof all
export type Prim = keyof Prims
export type Attributes<K extends Prim> = Prims[K]['attributes']
/** The operands of an op. */
export type OperandsOf<K extends Prim, R> = Operands<Prims[K]['operands'], R>
export type SignatureOf<K extends Prim> = Signature<Prims[K]['operands'], Attributes<K>, Look>

export const signatures: { readonly [K in Prim]: SignatureOf<K> } = all
export const prims = Object.freeze(Object.keys(all)) as readonly Prim[]

type Looking<L extends Look> = { readonly [K in Prim]: Prims[K]['look'] extends L ? K : never }[Prim]
/** Ops whose result is an affine map into their one operand. */
export type ViewPrim = Looking<'view'>
export const isViewPrim = (prim: Prim): prim is ViewPrim => signatures[prim].look === 'view'
