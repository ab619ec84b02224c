/**
 * The kernels on their own: an instance over a memory of this file, and slots to put operands in.
 */
import fc from 'fast-check'
import { isElementwise } from '../../../src/engine/wasm/emit/lanes.js'
import { fuse } from '../../../src/engine/wasm/fuse.js'
import type { Address, KernelCall } from '../../../src/engine/wasm/instruction.js'
import type { ElementwiseKernel, Kernels } from '../../../src/engine/wasm/kernels.js'
import { link } from '../../../src/engine/wasm/link.js'
import { moduleBytes } from '../../../src/engine/wasm/module.js'

export const memory = new WebAssembly.Memory({ initial: 128 })
const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(moduleBytes, 'base64')), { env: { memory } })

/** Byte offsets, a mebibyte apart. */
export const OUT = 1 << 20
export const A = 2 << 20
export const B = 3 << 20
export const C = 4 << 20
export const SCRATCH = 5 << 20

export const words = new Int32Array(memory.buffer)
export const floats = new Float32Array(memory.buffer)

/** An element-wise kernel, emitted alone: its output, rows and columns, then address and strides of every operand. */
const emitted =
  (name: ElementwiseKernel) =>
  (...args: number[]): number => {
    const at = (bytes: number): Address => ({ buffer: 0, bytes, steps: [] })
    const operands = args.slice(3).map((arg, i) => (i % 3 === 0 && i + 2 < args.length - 3 ? at(arg) : arg))
    const call: KernelCall = {
      kind: 'kernel',
      kernel: name,
      args: [at(args[0] ?? 0), ...args.slice(1, 3), ...operands],
      reads: [0],
      writes: [0],
    }
    const layout = { addresses: [0], parts: new Map() }
    link(fuse([call], new Set([0]), new Map()), instance.exports as unknown as Kernels, layout, memory)()
    return 0
  }

/** A kernel by its name. */
export const kernel = (name: string): ((...args: number[]) => number) => {
  if (isElementwise(name)) return emitted(name)
  const f = instance.exports[name]
  if (typeof f !== 'function') throw new Error(`no kernel ${name}`)
  return f as (...args: number[]) => number
}

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
/** Bits with every NaN made the same. */
export const canonical = (bits: number): number => bitsOf(floatOf(bits))

const SENTINEL = 0x5ca1ab1e

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
