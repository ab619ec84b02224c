// mutates: the memory of its own programs, the kernels it has compiled, escapes: nothing
/**
 * The WebAssembly engine: synchronous, one thread, its module inlined. A program has an arena of its own, planned ahead; a
 * run copies its inputs in and its outputs out, into memory that JavaScript owns and the garbage collector frees.
 */

import type { Program } from '../../graph/index.js'
import { fixed } from '../../shape/index.js'
import type { Tensor } from '../../tensor/tensor.js'
import type { Engine } from '../engine.js'
import type { Pass } from '../program/pass.js'
import { passes } from '../program/passes.js'
import { assemble } from './assemble.js'
import { copyIn } from './door.js'
import { embedded, instantiate } from './kernels.js'
import { link } from './link.js'
import { memoryOf } from './memory.js'
import { runner } from './runner.js'

/** The kernels, and an instance without an arena that says what they want. */
interface Compiled {
  readonly module: WebAssembly.Module
  readonly about: ReturnType<typeof instantiate>
}
/** Some tens of kilobytes: small enough to compile at once, also on a page's main thread. */
const compiled = (bytes: Uint8Array<ArrayBuffer>): Compiled => {
  const module = new WebAssembly.Module(bytes)
  return { module, about: instantiate(module, new WebAssembly.Memory({ initial: 1 })) }
}

const prepare = ({ module, about }: Compiled, pass: Pass, program: Program): ((inputs: readonly Tensor[]) => readonly Tensor[]) => {
  const assembled = assemble(program, about, pass)
  const { layout, own, literals } = assembled
  const memory = memoryOf(assembled)
  for (const { address, words } of own.views) new Int32Array(memory.buffer, address, words.length).set(words)
  for (const { place, literal } of literals) copyIn(memory.buffer, layout.addresses[place.buffer] ?? 0, literal)
  const run = link(assembled, instantiate(module, memory), memory)
  return runner(program, assembled, { memory: memory.buffer, layout, run })
}

/** The engine whose kernels these bytes are, compiled when the first program is; and what is done to instructions before they run. */
export const wasmOf = (bytes: () => Uint8Array<ArrayBuffer>, pass: Pass = passes): Engine => {
  let kernels: Compiled | undefined
  return fixed({
    name: 'wasm',
    prepare: (program) => {
      kernels ??= compiled(bytes())
      return prepare(kernels, pass, program)
    },
  })
}

/**
 * The embedded WebAssembly engine.
 *
 * @example
 * const fast = compile(wasm)(step)
 */
export const wasm: Engine = wasmOf(embedded)
