/** Instructions of WebAssembly as bytes. An expression leaves its value on the stack; arguments come before the operation. */
import { type Bytes, float32, signed, unsigned } from './bytes.js'

export type Type = 'i32' | 'f32' | 'v128'
export const typeCode: { readonly [T in Type]: number } = { i32: 0x7f, f32: 0x7d, v128: 0x7b }

export const i32 = (value: number): Bytes => [0x41, signed(value | 0)]
export const f32 = (value: number): Bytes => [0x43, float32(value)]
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
export const lessSigned = operator(0x48)

/** An operation on vectors. */
export const simd = (code: number, ...operands: readonly Bytes[]): Bytes => [operands, 0xfd, unsigned(code)]
const memory = (offset: number): Bytes => [0, unsigned(offset)]
/** Four lanes at an address and an offset from it. */
export const load = (address: Bytes, offset = 0): Bytes => [simd(0x00, address), memory(offset)]
/** One element in all four lanes. */
export const loadSplat = (address: Bytes, offset = 0): Bytes => [simd(0x09, address), memory(offset)]
export const store = (address: Bytes, value: Bytes, offset = 0): Bytes => [simd(0x0b, address, value), memory(offset)]
export const splat = (value: Bytes): Bytes => simd(0x13, value)
export const splatInteger = (value: number): Bytes => simd(0x11, i32(value))
export const zeros = splatInteger(0)

/** The instructions again and again, while the condition at their end holds. */
export const repeatWhile = (body: Bytes, condition: Bytes): Bytes => [0x03, 0x40, body, condition, 0x0d, 0, 0x0b]

/** How many of the four lanes are there. */
export type Lanes = 1 | 2 | 3 | 4
const lane = (code: number, address: Bytes, vector: Bytes, offset: number, index: number): Bytes => [
  simd(code, address, vector),
  memory(offset),
  index,
]
const loadLane = (address: Bytes, vector: Bytes, offset: number, index: number): Bytes => lane(0x56, address, vector, offset, index)
const storeLane = (address: Bytes, local: number, offset: number, index: number): Bytes => lane(0x5a, address, get(local), offset, index)
const loadOne = (address: Bytes, offset: number): Bytes => [simd(0x5c, address), memory(offset)]
const loadTwo = (address: Bytes, offset: number): Bytes => [simd(0x5d, address), memory(offset)]
const storeTwo = (address: Bytes, local: number, offset: number): Bytes => lane(0x5b, address, get(local), offset, 0)
const wordBytes = 4

const loadFirst = (address: Bytes, lanes: Lanes, offset: number): Bytes => {
  if (lanes === 4) return load(address, offset)
  if (lanes === 1) return loadOne(address, offset)
  return lanes === 2 ? loadTwo(address, offset) : loadLane(address, loadTwo(address, offset), offset + 8, 2)
}
/** The first lanes, `step` bytes apart; nothing past them is touched. */
export const loadApart = (address: Bytes, step: number, lanes: Lanes, offset = 0): Bytes => {
  if (step === wordBytes) return loadFirst(address, lanes, offset)
  return Array.from({ length: lanes - 1 }, (_, i) => (i + 1) * step).reduce(
    (vector, bytes, i) => loadLane(bytes < 0 ? add(address, i32(bytes)) : address, vector, offset + Math.max(0, bytes), i + 1),
    loadOne(address, offset),
  )
}
const storeFirst = (address: Bytes, local: number, lanes: Lanes, offset: number): Bytes => {
  if (lanes === 4) return store(address, get(local), offset)
  if (lanes === 1) return storeLane(address, local, offset, 0)
  const two = storeTwo(address, local, offset)
  return lanes === 2 ? two : [two, storeLane(address, local, offset + 8, 2)]
}
/** Stores the first lanes of a local, `step` bytes apart. */
export const storeApart = (address: Bytes, local: number, lanes: Lanes, step = wordBytes, offset = 0): Bytes =>
  step === wordBytes
    ? storeFirst(address, local, lanes, offset)
    : Array.from({ length: lanes }, (_, i) => storeLane(address, local, offset + i * step, i)).flat()
