/**
 * From ops to instructions: a total table, so that an op without a lowering does not compile. float64, and what has no
 * faster form, runs the row's own loop on the host.
 */
import type { Prim } from '../../../prim/index.js'
import { bitwise, cast, floatOnly, pointwise, shift, threeWays } from './elementwise.js'
import type { Lowering } from './lowering.js'
import { along, matmul, sum } from './products.js'
import { concat, gather, overlapAdd, pad, reshape, scatterAdd, view } from './structure.js'

export const lowerings: { readonly [K in Prim]: Lowering<K> } = {
  neg: pointwise(threeWays('neg', 'negInt', 'negInt')),
  abs: pointwise({ float32: 'abs', int32: 'absInt' }),
  sign: pointwise({ float32: 'sign', int32: 'signInt' }),
  exp: pointwise(floatOnly('exp')),
  expm1: pointwise(floatOnly('expm1')),
  log: pointwise(floatOnly('log')),
  log1p: pointwise(floatOnly('log1p')),
  sqrt: pointwise(floatOnly('sqrt')),
  sin: pointwise(floatOnly('sin')),
  cos: pointwise(floatOnly('cos')),
  tanh: pointwise(floatOnly('tanh')),
  sigmoid: pointwise(floatOnly('sigmoid')),
  softplus: pointwise(floatOnly('softplus')),
  floor: pointwise(floatOnly('floor')),
  stopGradient: (_, [x]) => x,
  add: pointwise(threeWays('add', 'addInt', 'addInt')),
  sub: pointwise(threeWays('sub', 'subInt', 'subInt')),
  mul: pointwise(threeWays('mul', 'mulInt', 'mulInt')),
  div: pointwise(floatOnly('div')),
  pow: pointwise(floatOnly('pow')),
  maximum: pointwise(threeWays('maximum', 'maximumSigned', 'maximumUnsigned')),
  minimum: pointwise(threeWays('minimum', 'minimumSigned', 'minimumUnsigned')),
  less: pointwise(threeWays('less', 'lessSigned', 'lessUnsigned')),
  lessEqual: pointwise(threeWays('lessEqual', 'lessEqualSigned', 'lessEqualUnsigned')),
  equal: pointwise({ float32: 'equal', int32: 'equalInt', uint32: 'equalInt', bool: 'equalInt' }),
  and: pointwise(bitwise('and')),
  or: pointwise(bitwise('or')),
  xor: pointwise(bitwise('xor')),
  not: pointwise(bitwise('not')),
  shiftLeft: shift({ int32: 'shiftLeft', uint32: 'shiftLeft' }),
  shiftRight: shift({ int32: 'shiftRightSigned', uint32: 'shiftRight' }),
  rotateLeft: shift({ uint32: 'rotateLeft', int32: 'rotateLeft' }),
  cast,
  select: pointwise({ float32: 'select', int32: 'select', uint32: 'select', bool: 'select' }),
  sum,
  max: along({ float32: 'max', int32: 'maxSigned', uint32: 'maxUnsigned' }),
  argMax: along({ float32: 'argMax', int32: 'argMaxSigned', uint32: 'argMaxUnsigned' }),
  matmul,
  reshape,
  transpose: view('transpose'),
  slice: view('slice'),
  expand: view('expand'),
  windows: view('windows'),
  pad,
  concat,
  gather,
  scatterAdd,
  overlapAdd,
}
