/** Arithmetic and the elementary functions. Kinks: |x|′(0) = 0; a tie of `maximum` or `minimum` gives its cotangent to y. */
import { isFloat } from '../../prim/index.js'
import { elementary } from '../elementary.js'
import * as loops from '../loop/arithmetic.js'
import { binary, byKind, noCotangent1, plain, unary } from './elementwise.js'

const { abs, floor, imul, max, min, PI, sign, sqrt } = Math
const { cos, erf, exp, expm1, log, log1p, pow, sigmoid, sin, softplus, tanh } = elementary

export const arithmetic = {
  neg: unary(
    '−x(i)',
    plain((x) => -x),
    (o) => (dy) => [o.neg(dy)],
    () => loops.neg,
  ),
  abs: unary('|x(i)|', plain(abs), (o, [x]) => (dy) => [o.mul(dy, o.sign(x))]),
  sign: unary('sign x(i)', plain(sign), noCotangent1),
  exp: unary('exp x(i)', plain(exp), (o, _, y) => (dy) => [o.mul(dy, y)]),
  expm1: unary('exp x(i) − 1', plain(expm1), (o, _, y) => (dy) => [o.mul(dy, o.add(y, o.constant(1, y)))]),
  log: unary('log x(i)', plain(log), (o, [x]) => (dy) => [o.div(dy, x)]),
  log1p: unary('log(1 + x(i))', plain(log1p), (o, [x]) => (dy) => [o.div(dy, o.add(x, o.constant(1, x)))]),
  sqrt: unary(
    '√x(i)',
    plain(sqrt),
    (o, _, y) => (dy) => [o.div(dy, o.mul(y, o.constant(2, y)))],
    () => loops.sqrt,
  ),
  sin: unary('sin x(i)', plain(sin), (o, [x]) => (dy) => [o.mul(dy, o.cos(x))]),
  cos: unary('cos x(i)', plain(cos), (o, [x]) => (dy) => [o.neg(o.mul(dy, o.sin(x)))]),
  tanh: unary('tanh x(i)', plain(tanh), (o, _, y) => (dy) => [o.mul(dy, o.sub(o.constant(1, y), o.mul(y, y)))]),
  sigmoid: unary('1 / (1 + exp(−x(i)))', plain(sigmoid), (o, _, y) => (dy) => [o.mul(dy, o.mul(y, o.sub(o.constant(1, y), y)))]),
  softplus: unary('log(1 + exp x(i))', plain(softplus), (o, [x]) => (dy) => [o.mul(dy, o.sigmoid(x))]),
  erf: unary('erf x(i)', plain(erf), (o, [x]) => {
    const slope = o.mul(o.constant(2 / sqrt(PI), x), o.exp(o.neg(o.mul(x, x))))
    return (dy) => [o.mul(dy, slope)]
  }),
  floor: unary('⌊x(i)⌋', plain(floor), noCotangent1),
  stopGradient: unary(
    'x(i)',
    plain((x) => x),
    noCotangent1,
    () => loops.copy,
  ),
  add: binary(
    'x(i) + y(i)',
    plain((x, y) => x + y),
    () => (dz) => [dz, dz],
    (precision) => (isFloat(precision) ? loops.add : loops.addIntegers),
  ),
  sub: binary(
    'x(i) − y(i)',
    plain((x, y) => x - y),
    (o) => (dz) => [dz, o.neg(dz)],
    () => loops.sub,
  ),
  mul: binary(
    'x(i) · y(i)',
    byKind((x, y) => x * y, imul),
    (o, [x, y]) =>
      (dz) => [o.mul(dz, y), o.mul(dz, x)],
    (precision) => (isFloat(precision) ? loops.mul : undefined),
  ),
  div: binary(
    'x(i) / y(i)',
    plain((x, y) => x / y),
    (o, [, y], z) =>
      (dz) => [o.div(dz, y), o.neg(o.div(o.mul(dz, z), y))],
    () => loops.div,
  ),
  /** At x = 0 the logarithm, and at y = 0 the power, are taken out before they meet a zero. Below 0 there is no logarithm: NaN. */
  pow: binary('x(i) ^ y(i)', plain(pow), (o, [x, y], z) => (dz) => {
    const zero = o.constant(0, x)
    const one = o.constant(1, x)
    const slope = o.mul(y, o.pow(x, o.sub(o.select(o.equal(y, zero), one, y), one)))
    return [o.mul(dz, slope), o.mul(dz, o.mul(z, o.log(o.select(o.equal(x, zero), one, x))))]
  }),
  maximum: binary(
    'max(x(i), y(i))',
    plain(max),
    (o, [x, y]) =>
      (dz) => {
        const wins = o.less(y, x)
        const zero = o.constant(0, dz)
        return [o.select(wins, dz, zero), o.select(wins, zero, dz)]
      },
    () => loops.maximum,
  ),
  minimum: binary(
    'min(x(i), y(i))',
    plain(min),
    (o, [x, y]) =>
      (dz) => {
        const wins = o.less(x, y)
        const zero = o.constant(0, dz)
        return [o.select(wins, dz, zero), o.select(wins, zero, dz)]
      },
    () => loops.minimum,
  ),
}
