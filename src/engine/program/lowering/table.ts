/**
 * From ops to instructions: a total table, so that an op without a lowering does not compile. What has no faster form
 * runs the row's own loop on the host.
 */
import type { Prim } from '../../../prim/index.js'
import { bitwise, cast, floats, pointwise, shift } from './elementwise.js'
import type { Lowering } from './lowering.js'
import { along, matmul, sum } from './products.js'
import { concat, gather, overlapAdd, pad, reshape, scatterAdd, view } from './structure.js'

export const lowerings: { readonly [K in Prim]: Lowering<K> } = {
  neg: pointwise({ ...floats('neg', 'negDouble'), int32: 'negInt', uint32: 'negInt' }),
  abs: pointwise({ ...floats('abs', 'absDouble'), int32: 'absInt' }),
  sign: pointwise({ ...floats('sign', 'signDouble'), int32: 'signInt' }),
  exp: pointwise(floats('exp', 'expDouble')),
  expm1: pointwise(floats('expm1', 'expm1Double')),
  log: pointwise(floats('log', 'logDouble')),
  log1p: pointwise(floats('log1p', 'log1pDouble')),
  sqrt: pointwise(floats('sqrt', 'sqrtDouble')),
  sin: pointwise(floats('sin', 'sinDouble')),
  cos: pointwise(floats('cos', 'cosDouble')),
  tanh: pointwise(floats('tanh', 'tanhDouble')),
  sigmoid: pointwise(floats('sigmoid', 'sigmoidDouble')),
  softplus: pointwise(floats('softplus', 'softplusDouble')),
  erf: pointwise(floats('erf', 'erfDouble')),
  floor: pointwise(floats('floor', 'floorDouble')),
  stopGradient: (_, [x]) => x,
  add: pointwise({ ...floats('add', 'addDouble'), int32: 'addInt', uint32: 'addInt' }),
  sub: pointwise({ ...floats('sub', 'subDouble'), int32: 'subInt', uint32: 'subInt' }),
  mul: pointwise({ ...floats('mul', 'mulDouble'), int32: 'mulInt', uint32: 'mulInt' }),
  div: pointwise(floats('div', 'divDouble')),
  pow: pointwise(floats('pow', 'powDouble')),
  maximum: pointwise({ ...floats('maximum', 'maximumDouble'), int32: 'maximumSigned', uint32: 'maximumUnsigned' }),
  minimum: pointwise({ ...floats('minimum', 'minimumDouble'), int32: 'minimumSigned', uint32: 'minimumUnsigned' }),
  less: pointwise({ ...floats('less', 'lessDouble'), int32: 'lessSigned', uint32: 'lessUnsigned' }),
  lessEqual: pointwise({ ...floats('lessEqual', 'lessEqualDouble'), int32: 'lessEqualSigned', uint32: 'lessEqualUnsigned' }),
  equal: pointwise({ ...floats('equal', 'equalDouble'), int32: 'equalInt', uint32: 'equalInt', bool: 'equalInt' }),
  and: pointwise(bitwise('and')),
  or: pointwise(bitwise('or')),
  xor: pointwise(bitwise('xor')),
  not: pointwise(bitwise('not')),
  shiftLeft: shift({ int32: 'shiftLeft', uint32: 'shiftLeft' }),
  shiftRight: shift({ int32: 'shiftRightSigned', uint32: 'shiftRight' }),
  rotateLeft: shift({ uint32: 'rotateLeft', int32: 'rotateLeft' }),
  cast,
  select: pointwise({ ...floats('select', 'selectDouble'), int32: 'select', uint32: 'select', bool: 'select' }),
  sum,
  max: along({ float32: 'max', float64: 'maxDouble', int32: 'maxSigned', uint32: 'maxUnsigned' }),
  argMax: along({ float32: 'argMax', float64: 'argMaxDouble', int32: 'argMaxSigned', uint32: 'argMaxUnsigned' }),
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
