/** Broken comparisons, bits, precisions and choices. */
import { broken, each, flipped, pairs, type RowMutants, truth, value } from './breaking.js'

export const choice = {
  less: [
    broken('less')('ties included', value, { loop: pairs((x, y) => truth(x <= y)) }),
    broken('less')('the other way round', value, { loop: pairs((x, y) => truth(y < x)) }),
  ],
  lessEqual: [
    broken('lessEqual')('ties left out', value, { loop: pairs((x, y) => truth(x < y)) }),
    broken('lessEqual')('not greater, so that NaN is less', value, { loop: pairs((x, y) => truth(!(x > y))) }),
  ],
  equal: [
    broken('equal')('NaN equal to itself', value, { loop: pairs((x, y) => truth(Object.is(x, y))) }),
    broken('equal')('unequal', value, { loop: pairs((x, y) => truth(x !== y)) }),
  ],
  and: [broken('and')('either', value, { loop: pairs((x, y) => x | y) })],
  or: [broken('or')('not both', value, { loop: pairs((x, y) => x ^ y) })],
  xor: [broken('xor')('both', value, { loop: pairs((x, y) => x & y) })],
  not: [broken('not')('one too many', value, { loop: each((x) => -x) })],
  shiftLeft: [
    broken('shiftLeft')('one bit too far', value, { loop: (out, [x], _, __, { bits }) => out.set(Array.from(x, (v) => v << (bits + 1))) }),
  ],
  shiftRight: [
    broken('shiftRight')('the sign of an unsigned word kept', value, {
      loop: (out, [x], _, __, { bits }) => out.set(Array.from(x, (v) => v >> bits)),
    }),
  ],
  rotateLeft: [
    broken('rotateLeft')('bits that fall off the end', value, {
      loop: (out, [x], _, __, { bits }) => out.set(Array.from(x, (v) => v << bits)),
    }),
    broken('rotateLeft')('to the right', value, {
      loop: (out, [x], _, __, { bits }) => out.set(Array.from(x, (v) => (v >>> bits) | (v << (32 - bits)))),
    }),
  ],
  cast: [
    broken('cast')('rounded, not cut', value, { loop: each(Math.round) }),
    broken('cast')('no cotangent between floats', 'adjoint', { pullback: () => () => [null] }),
  ],
  select: [
    flipped('select', 2),
    broken('select')('its branches swapped', value, {
      loop: (out, [c, x, z]) => out.set(Array.from(c, (holds, i) => (holds === 0 ? x[i] : z[i]) ?? Number.NaN)),
    }),
    broken('select')('the cotangents of its branches swapped', 'adjoint', {
      pullback:
        (o, [c]) =>
        (dy) => [null, o.select(c, o.constant(0, dy), dy), o.select(c, dy, o.constant(0, dy))],
    }),
  ],
} satisfies RowMutants
