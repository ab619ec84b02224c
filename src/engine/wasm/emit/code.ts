/** Instructions of WebAssembly as bytes. An expression leaves its value on the stack; arguments come before the operation. */
import { type Bytes, float32, float64, signed, unsigned } from './bytes.js'

export type Type = 'i32' | 'f32' | 'f64' | 'v128'
export const typeCode: { readonly [T in Type]: number } = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b }

export const i32 = (value: number): Bytes => [0x41, signed(value | 0)]
export const f32 = (value: number): Bytes => [0x43, float32(value)]
export const f64 = (value: number): Bytes => [0x44, float64(value)]
export const get = (local: number): Bytes => [0x20, unsigned(local)]
export const set = (local: number): Bytes => [0x21, unsigned(local)]
export const call = (f: number): Bytes => [0x10, unsigned(f)]

const operator =
  (code: number) =>
  (...operands: readonly Bytes[]): Bytes => [operands, code]
export const add = operator(0x6a)
export const sub = operator(0x6b)
export const mul = operator(0x6c)
export const and = operator(0x71)
export const equal = operator(0x46)
export const lessSigned = operator(0x48)

/** An operation on vectors. */
export const simd = (code: number, ...operands: readonly Bytes[]): Bytes => [operands, 0xfd, unsigned(code)]
/** Where an operation on memory finds its operand, behind the operation: an offset from the address. */
export const memory = (offset: number): Bytes => [0, unsigned(offset)]
/** A whole vector at an address and an offset from it. */
export const load = (address: Bytes, offset = 0): Bytes => [simd(0x00, address), memory(offset)]
export const store = (address: Bytes, value: Bytes, offset = 0): Bytes => [simd(0x0b, address, value), memory(offset)]
export const splat = (value: Bytes): Bytes => simd(0x13, value)
/** One float64 of two, and a vector with another in its place. */
export const doubleOf = (vector: Bytes, lane: number): Bytes => [simd(0x21, vector), lane]
export const withDouble = (vector: Bytes, lane: number, value: Bytes): Bytes => [simd(0x22, vector, value), lane]
export const splatDouble = (value: number): Bytes => simd(0x14, f64(value))
export const splatInteger = (value: number): Bytes => simd(0x11, i32(value))
export const zeros = splatInteger(0)

export const drop = 0x1a

/** What threads share is read and written at once by none but one of them, and in one order for all. */
const atomic = (code: number, operands: readonly Bytes[]): Bytes => [operands, 0xfe, code, 2, 0]
export const atomicLoad = (address: Bytes): Bytes => atomic(0x10, [address])
export const atomicStore = (address: Bytes, value: Bytes): Bytes => atomic(0x17, [address, value])
/** Adds, and gives what was there. */
export const atomicAdd = (address: Bytes, value: Bytes): Bytes => atomic(0x1e, [address, value])
/** Sleeps, however long, unless another value is there by now. */
export const waitWhile = (address: Bytes, value: Bytes): Bytes => [atomic(0x01, [address, value, [0x42, signed(-1)]]), drop]
/** Wakes so many that sleep at an address. */
export const wake = (address: Bytes, count: Bytes): Bytes => [atomic(0x00, [address, count]), drop]

export const choose = (condition: Bytes, then: Bytes, otherwise: Bytes): Bytes => [condition, 0x04, 0x40, then, 0x05, otherwise, 0x0b]

/** The instructions again and again, while the condition at their end holds. */
export const repeatWhile = (body: Bytes, condition: Bytes): Bytes => [0x03, 0x40, body, condition, 0x0d, 0, 0x0b]
