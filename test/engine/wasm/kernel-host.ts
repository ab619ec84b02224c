/**
 * The kernels on their own: an instance over a memory of this file, and slots to put operands in.
 */
import fc from 'fast-check'
import { fixed } from '../../../src/engine/program/address.js'
import type { ElementBytes, Instruction, Pointwise } from '../../../src/engine/program/instruction.js'
import type { LaneOperation } from '../../../src/engine/program/operation.js'
import { laneRules } from '../../../src/engine/wasm/emit/double-lanes.js'
import { embedded, type Kernels } from '../../../src/engine/wasm/kernels.js'
import { link, type Run } from '../../../src/engine/wasm/link.js'
import { bitsOf, floatOf } from '../program/lane-oracles.js'

export const memory = new WebAssembly.Memory({ initial: 128 })
const instance = new WebAssembly.Instance(new WebAssembly.Module(embedded()), { env: { memory } })

/** Byte offsets, a mebibyte apart. */
export const OUT = 1 << 20
export const A = 2 << 20
export const B = 3 << 20
export const C = 4 << 20
export const SCRATCH = 5 << 20

export const words = new Int32Array(memory.buffer)
export const floats = new Float32Array(memory.buffer)

/** One instruction, emitted alone, in a program whose only buffer is all of the memory. */
export const emittedWith =
  (kernels: Kernels) =>
  (instruction: Instruction): Run =>
    link(
      {
        instructions: [instruction],
        layout: { addresses: [0], parts: new Map() },
        own: { scratch: SCRATCH, viewAt: () => SCRATCH, barrier: SCRATCH },
        shared: false,
      },
      kernels,
      memory,
    )

/** How wide the operands of an operation are, and its result. */
const gives64 = new Set(['f32ToF64', 'i32ToF64', 'u32ToF64', 'maskToF64', 'selectDouble'])
const givesWords = new Set(['lessDouble', 'lessEqualDouble', 'equalDouble'])
export const bytesTaken = (operation: string, i: number): ElementBytes =>
  (operation === 'selectDouble' ? i > 0 : /^f64|Double$/.test(operation)) ? 8 : 4
export const bytesGiven = (operation: string): ElementBytes =>
  gives64.has(operation) || (operation.endsWith('Double') && !givesWords.has(operation)) ? 8 : 4

/** An element-wise operation, emitted alone: its output, rows and columns, address and strides of every operand, then bits. */
const emitted =
  (operation: LaneOperation) =>
  (out: number, outer: number, inner: number, ...rest: number[]): number => {
    const inputs = Array.from({ length: Math.floor(rest.length / 3) }, (_, i) => {
      const [address = 0, row = 0, step = 0] = rest.slice(3 * i)
      return { address: fixed(0, address), outer: row, inner: step, bytesPer: bytesTaken(operation, i) }
    })
    const loop: Pointwise = {
      kind: 'pointwise',
      outer,
      inner,
      inputs,
      steps: [{ operation, args: inputs.map((_, i) => i), bits: rest[3 * inputs.length] ?? 0 }],
      outputs: [{ value: inputs.length, to: fixed(0, out), bytesPer: bytesGiven(operation) }],
    }
    emittedWith(instance.exports as unknown as Kernels)(loop)()
    return 0
  }

const isOperation = (name: string): name is LaneOperation => Object.hasOwn(laneRules, name)
/** A kernel, or an element-wise operation, by its name. */
export const kernel = (name: string): ((...args: number[]) => number) => {
  if (isOperation(name)) return emitted(name) as (...args: number[]) => number
  const f = instance.exports[name]
  if (typeof f !== 'function') throw new Error(`no kernel ${name}`)
  return f as (...args: number[]) => number
}

/** Bits with every NaN made the same. */
export const canonical = (bits: number): number => bitsOf(floatOf(bits))

const SENTINEL = 0x5ca1ab1e
/** Rows of `n` words, row by row, as rows of more, between which nothing was written. */
export const apart = (words: readonly number[], n: number, row: number): readonly number[] =>
  range(n === 0 ? 0 : words.length / n).flatMap((i) => [...words.slice(i * n, (i + 1) * n), ...Array<number>(row - n).fill(SENTINEL)])

/** Runs a kernel that writes `count` words at OUT, and gives them; the words around them must stay as they were. */
export const written = (count: number, run: () => void): number[] => {
  const at = OUT / 4
  words.fill(SENTINEL, at - 8, at + count + 8)
  run()
  const around = [...words.subarray(at - 8, at), ...words.subarray(at + count, at + count + 8)]
  if (around.some((x) => x !== SENTINEL)) throw new Error('the kernel wrote outside its output')
  return [...words.subarray(at, at + count)]
}

const special = [0, -0, 1, -1, Infinity, -Infinity, NaN, 0.5, -2.5, 1e-45, -1e-40, 3e38, -3e38, 2147483648, -2147483904, 4294967296].map(
  bitsOf,
)
const edges = [0, -1, 1, 0x7fffffff, -0x80000000, ...special]

/** Reproducible words: one in three is an edge case, the others are floats of moderate size or any bits. */
export const fillWords = (address: number, count: number, seed: number): void => {
  let s = (seed | 0) + 0x9e3779b9
  const next = (): number => {
    s = Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x6d2b79f5
    return (s ^ (s >>> 13)) >>> 0
  }
  for (let i = address / 4; i < address / 4 + count; ++i) {
    const kind = next() % 6
    if (kind < 2) words[i] = edges[next() % edges.length] ?? 0
    else if (kind < 3) words[i] = next()
    else floats[i] = (next() / 2 ** 31 - 1) * 4
  }
}

/** Reproducible floats in [−1, 1]. */
export const fillFloats = (address: number, count: number, seed: number): void => {
  let s = seed | 0
  for (let i = address / 4; i < address / 4 + count; ++i) {
    s = Math.imul(s, 1664525) + 1013904223
    floats[i] = s / 2 ** 31
  }
}

export const range = (n: number): number[] => [...Array(n).keys()]
export const wordAt = (address: number, index: number): number => words[address / 4 + index] ?? 0
export const floatAt = (address: number, index: number): number => floats[address / 4 + index] ?? 0

/** A size from 0 to max. */
export const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })
