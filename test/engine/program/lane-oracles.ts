/**
 * What every element-wise operation does to one element, on its bits: by JavaScript's own arithmetic in float64, rounded once. A
 * float64 is no bits here, but the number itself.
 */

import type { DoubleOperation, LaneOperation, WordOperation } from '../../../src/engine/program/operation.js'
import { elementary } from '../../../src/ops/elementary.js'

const one = new Int32Array(1)
const oneFloat = new Float32Array(one.buffer)
/** The bits of the float32 nearest to x, with one NaN. */
export const bitsOf = (x: number): number => {
  oneFloat[0] = x
  return Number.isNaN(x) ? 0x7fc00000 : (one[0] ?? 0)
}
export const floatOf = (bits: number): number => {
  one[0] = bits
  return oneFloat[0] ?? 0
}

type Real = (...xs: number[]) => number
export type Bits = (...bits: number[]) => number

const onFloats =
  (f: Real): Bits =>
  (...bits) =>
    bitsOf(f(...bits.map(floatOf)))
const flag = (b: boolean): number => (b ? -1 : 0)
const test =
  (f: (...xs: number[]) => boolean): Bits =>
  (...bits) =>
    flag(f(...bits.map(floatOf)))
const onSigned =
  (f: Real): Bits =>
  (...bits) =>
    f(...bits) | 0
const onUnsigned =
  (f: Real): Bits =>
  (...bits) =>
    f(...bits.map((b) => b >>> 0)) | 0
const clamp = (low: number, high: number, x: number): number => (Number.isNaN(x) ? 0 : Math.max(low, Math.min(high, Math.trunc(x))))

/** As IEEE 754-2008 has it; JavaScript has NaN for 1 to the power of NaN or ±∞. */
const power: Real = (x = 0, y = 0) => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y)
const sigmoid: Real = (x = 0) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
const softplus: Real = (x = 0) => (x === Number.POSITIVE_INFINITY ? x : Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))))
/** 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 ⋯ (2n + 1)), whose terms have one sign. @source Abramowitz and Stegun (1964) §7.1.6 */
const erf: Real = (x = 0) => {
  const sum = (term: number, odd: number): number => (odd > 301 ? 0 : term + sum((term * 2 * x * x) / odd, odd + 2))
  return Math.abs(x) > 6 ? Math.sign(x) : x === 0 ? x : (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum(x, 3)
}

/** Operations whose every bit is fixed, by how many operands they have. */
export const exact = {
  unary: {
    neg: onFloats((x) => -x),
    abs: onFloats(Math.abs),
    sign: onFloats(Math.sign),
    sqrt: onFloats(Math.sqrt),
    floor: onFloats(Math.floor),
    negInt: onSigned((x) => -x),
    absInt: onSigned(Math.abs),
    signInt: onSigned(Math.sign),
    not: onSigned((x) => ~x),
    f32ToI32: (x) => clamp(-(2 ** 31), 2 ** 31 - 1, floatOf(x)) | 0,
    f32ToU32: (x) => clamp(0, 2 ** 32 - 1, floatOf(x)) | 0,
    i32ToF32: bitsOf,
    u32ToF32: (x) => bitsOf(x >>> 0),
    f32ToMask: test((x) => x !== 0),
    i32ToMask: (x) => flag(x !== 0),
  },
  /** Of masks. */
  masks: {
    maskToI32: (x) => x & 1,
    maskToF32: (x) => x & bitsOf(1),
  },
  binary: {
    add: onFloats((x, y) => x + y),
    sub: onFloats((x, y) => x - y),
    mul: onFloats((x, y) => x * y),
    div: onFloats((x, y) => x / y),
    maximum: onFloats(Math.max),
    minimum: onFloats(Math.min),
    less: test((x, y) => x < y),
    lessEqual: test((x, y) => x <= y),
    equal: test((x, y) => x === y),
    addInt: onSigned((x, y) => x + y),
    subInt: onSigned((x, y) => x - y),
    mulInt: Math.imul as Bits,
    maximumSigned: onSigned(Math.max),
    minimumSigned: onSigned(Math.min),
    maximumUnsigned: onUnsigned(Math.max),
    minimumUnsigned: onUnsigned(Math.min),
    lessSigned: (x, y) => flag(x < y),
    lessEqualSigned: (x, y) => flag(x <= y),
    lessUnsigned: onUnsigned((x, y) => flag(x < y)),
    lessEqualUnsigned: onUnsigned((x, y) => flag(x <= y)),
    equalInt: (x, y) => flag(x === y),
    and: onSigned((x, y) => x & y),
    or: onSigned((x, y) => x | y),
    xor: onSigned((x, y) => x ^ y),
  },
  /** The second operand is a number of bits. */
  shift: {
    shiftLeft: (x, bits) => x << bits,
    shiftRight: (x, bits) => (x >>> bits) | 0,
    shiftRightSigned: (x, bits) => x >> bits,
    rotateLeft: (x, bits) => (x << bits) | (x >>> -bits),
  },
  select: { select: (c, x, y) => (c & x) | (~c & y) },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<WordOperation, Bits>>>>>

const doubleTest =
  (f: (...xs: number[]) => boolean): Bits =>
  (...xs) =>
    flag(f(...xs))
/** Operations that take or give float64, by what they take. */
export const doubles = {
  unary: {
    negDouble: (x) => -x,
    absDouble: Math.abs,
    signDouble: Math.sign,
    sqrtDouble: Math.sqrt,
    floorDouble: Math.floor,
    expDouble: Math.exp,
    expm1Double: Math.expm1,
    logDouble: Math.log,
    log1pDouble: Math.log1p,
    sinDouble: Math.sin,
    cosDouble: Math.cos,
    tanhDouble: Math.tanh,
    sigmoidDouble: sigmoid,
    softplusDouble: softplus,
    erfDouble: elementary.erf,
    f64ToF32: bitsOf,
    f64ToI32: (x) => clamp(-(2 ** 31), 2 ** 31 - 1, x) | 0,
    f64ToU32: (x) => clamp(0, 2 ** 32 - 1, x) | 0,
    f64ToMask: doubleTest((x) => x !== 0),
  },
  binary: {
    powDouble: power,
    addDouble: (x, y) => x + y,
    subDouble: (x, y) => x - y,
    mulDouble: (x, y) => x * y,
    divDouble: (x, y) => x / y,
    maximumDouble: Math.max,
    minimumDouble: Math.min,
    lessDouble: doubleTest((x, y) => x < y),
    lessEqualDouble: doubleTest((x, y) => x <= y),
    equalDouble: doubleTest((x, y) => x === y),
  },
  words: {
    f32ToF64: floatOf,
    i32ToF64: (x) => x,
    u32ToF64: (x) => x >>> 0,
  },
  /** Of masks. */
  masks: { maskToF64: (x) => x & 1 },
  select: { selectDouble: (c, x, y) => (c === 0 ? y : x) },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<DoubleOperation, Bits>>>>>

/** Operations whose last bits are an engine's own, by how many operands they have: real functions. */
export const near = {
  unary: {
    exp: Math.exp,
    log: Math.log,
    log1p: Math.log1p,
    expm1: Math.expm1,
    sin: Math.sin,
    cos: Math.cos,
    tanh: Math.tanh,
    sigmoid,
    softplus,
    erf,
  },
  binary: { pow: power },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<WordOperation, Real>>>>>

const rounded = (functions: Readonly<Record<string, Real>>): Readonly<Record<string, Bits>> =>
  Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, onFloats(f)]))

/** Every operation; a shift takes its number of bits behind its operand. */
export const oracles: { readonly [K in LaneOperation]: Bits } = {
  ...exact.unary,
  ...exact.masks,
  ...exact.binary,
  ...exact.shift,
  ...exact.select,
  ...doubles.unary,
  ...doubles.binary,
  ...doubles.words,
  ...doubles.masks,
  ...doubles.select,
  ...(rounded(near.unary) as { readonly [K in keyof typeof near.unary]: Bits }),
  ...(rounded(near.binary) as { readonly [K in keyof typeof near.binary]: Bits }),
}
