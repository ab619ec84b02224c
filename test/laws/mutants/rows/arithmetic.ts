/** Broken arithmetic and elementary functions. */
import { elementary } from '../../../../src/ops/elementary.js'
import { broken, each, flipped, pairs, pulling, type RowMutants, swapped, value } from './breaking.js'

export const arithmetic = {
  neg: [
    broken('neg')('its sign forgotten', value, { loop: each((x) => x) }),
    broken('neg')('a pullback that is not linear', 'linear', { pullback: (o) => (dy) => [o.neg(o.mul(dy, dy))] }),
  ],
  abs: [
    broken('abs')('a derivative without the sign', 'adjoint', { pullback: () => (dy) => [dy] }),
    broken('abs')('negative numbers kept', value, { loop: each((x) => x) }),
  ],
  sign: [broken('sign')('a sign for 0', value, { loop: each((x) => (x >= 0 ? 1 : -1)) })],
  exp: [flipped('exp'), broken('exp')('another base', value, { loop: each((x) => 2 ** x) })],
  expm1: [broken('expm1')('its value for its derivative', 'adjoint', { pullback: (o, _, y) => (dy) => [o.mul(dy, y)] })],
  log: [
    broken('log')('multiplied by x, not divided', 'adjoint', {
      pullback:
        (o, [x]) =>
        (dy) => [o.mul(dy, x)],
    }),
    broken('log')('to the base 2', value, { loop: each(Math.log2) }),
  ],
  log1p: [
    broken('log1p')('the derivative of log', 'adjoint', {
      pullback:
        (o, [x]) =>
        (dy) => [o.div(dy, x)],
    }),
    broken('log1p')('1 + x rounded first', value, { loop: each((x) => Math.log(1 + x)) }),
  ],
  sqrt: [broken('sqrt')('a derivative without its ½', 'adjoint', { pullback: (o, _, y) => (dy) => [o.div(dy, y)] })],
  sin: [flipped('sin'), broken('sin')('in degrees', value, { loop: each((x) => Math.sin((x * Math.PI) / 180)) })],
  cos: [flipped('cos'), broken('cos')('a sine', value, { loop: each(Math.sin) })],
  tanh: [
    flipped('tanh'),
    broken('tanh')('1 − y for 1 − y²', 'adjoint', { pullback: (o, _, y) => (dy) => [o.mul(dy, o.sub(o.constant(1, y), y))] }),
  ],
  sigmoid: [
    flipped('sigmoid'),
    broken('sigmoid')('1 − y for y (1 − y)', 'adjoint', { pullback: (o, _, y) => (dy) => [o.mul(dy, o.sub(o.constant(1, y), y))] }),
    broken('sigmoid')('an exponential that overflows', value, { loop: each((x) => Math.exp(x) / (1 + Math.exp(x))) }),
  ],
  softplus: [
    flipped('softplus'),
    broken('softplus')('an exponential that overflows', value, { loop: each((x) => Math.log1p(Math.exp(x))) }),
  ],
  erf: [
    flipped('erf'),
    broken('erf')('e^(−x²) without its 2/√π', 'adjoint', {
      pullback:
        (o, [x]) =>
        (dy) => [o.mul(dy, o.exp(o.neg(o.mul(x, x))))],
    }),
    broken('erf')('the distribution of a standard normal', value, { loop: each((x) => elementary.erf(x / Math.SQRT2)) }),
  ],
  floor: [
    broken('floor')('negative numbers rounded up', value, { loop: each(Math.trunc) }),
    broken('floor')('a straight-through derivative', 'silent', { pullback: () => (dy) => [dy] }),
  ],
  stopGradient: [
    broken('stopGradient')('a cotangent let through', 'silent', { pullback: () => (dy) => [dy] }),
    broken('stopGradient')('its value stopped too', value, { loop: each(() => 0) }),
  ],
  add: [
    pulling('add', 'the cotangent of its second operand dropped', (_, [dx = null]) => [dx, null]),
    broken('add')('a difference', value, { loop: pairs((x, y) => x - y) }),
  ],
  sub: [flipped('sub', 1), broken('sub')('y − x', value, { loop: pairs((x, y) => y - x) })],
  mul: [
    flipped('mul'),
    swapped('mul'),
    broken('mul')('a sum where both are uniform', 'uniform', { uniform: ([x, y]) => x + y }),
    broken('mul')('not the other beside a 1', 'applied', { loop: pairs((x, y) => (y === 1 ? -x : x * y)) }),
  ],
  div: [flipped('div', 1), broken('div')('y / x', value, { loop: pairs((x, y) => y / x) })],
  pow: [
    flipped('pow', 1),
    broken('pow')('a power that is not lowered', 'adjoint', {
      pullback:
        (o, [x, y], z) =>
        (dz) => [o.mul(dz, o.mul(y, z)), o.mul(dz, o.mul(z, o.log(x)))],
    }),
  ],
  maximum: [
    flipped('maximum', 1),
    swapped('maximum'),
    broken('maximum')('a loop that forgets NaN', value, { loop: pairs((x, y) => (x > y ? x : y)) }),
  ],
  minimum: [swapped('minimum'), broken('minimum')('the larger one', value, { loop: pairs(Math.max) })],
} satisfies RowMutants
