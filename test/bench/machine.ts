/**
 * The limits of the machine, measured beside everything else: how many multiplications and additions of four lanes one core does
 * that wait for nothing, and how many bytes it copies.
 */
import { cpus, totalmem } from 'node:os'
import type { Bytes } from '../../src/engine/wasm/emit/bytes.js'
import { get, i32, load, repeatWhile, set, simd, store, sub } from '../../src/engine/wasm/emit/code.js'
import { moduleOf } from '../../src/engine/wasm/emit/module.js'
import { often } from './run.js'
import type { Run } from './spec.js'

export const machine = (): string => {
  const [processor] = cpus()
  return `${cpus().length} × ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform} ${process.arch}`
}

/** Sums that do not wait for one another: more than a multiplication and an addition take, together. */
const sums = 12
const iterations = 10_000
/** Of one run. */
export const operations = 2 * 4 * sums * iterations

const instance = (code: Bytes, locals: readonly ('v128' | 'i32')[], pages: number): (() => void) => {
  const memory = new WebAssembly.Memory({ initial: pages })
  const bytes = moduleOf({ imports: [], functions: [{ params: [], results: [], locals, code }], exports: { run: 0 }, shared: false })
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports['run'] as () => void
}

const counted = (counter: number, body: Bytes, step: number): Bytes =>
  repeatWhile([body, sub(get(counter), i32(step)), set(counter)], get(counter))

const multiplyAdds = (): (() => void) => {
  const counter = sums + 1
  const factor = sums
  const body = Array.from({ length: sums }, (_, i) => [simd(0xe4, get(i), simd(0xe6, get(i), get(factor))), set(i)])
  const keep = Array.from({ length: sums }, (_, i) => store(i32(16 * i), get(i)))
  return instance(
    [i32(iterations), set(counter), counted(counter, body, 1), keep],
    [...Array.from({ length: sums + 1 }, () => 'v128' as const), 'i32'],
    1,
  )
}

/** What is copied in one run: larger than the second cache, as the state of W3 is. */
const copied = 4 * 2 ** 20
/** Read and written. */
export const bytes = 2 * copied
const copy = (): (() => void) => {
  const line = [0, 16, 32, 48].map((offset) => store(get(0), load(get(0), copied + offset), offset))
  const body = [line, get(0), i32(64), 0x6a, set(0)]
  return instance([repeatWhile([body], [get(0), i32(copied), 0x48])], ['i32'], (2 * copied) / 65536)
}

export const limits = (): { readonly multiplyAdds: Run; readonly copy: Run } => ({
  multiplyAdds: often(multiplyAdds()),
  copy: often(copy()),
})
