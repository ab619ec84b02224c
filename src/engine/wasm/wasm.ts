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
import { type Assembled, assemble } from './assemble.js'
import { furnish } from './furnish.js'
import { type Compiled, compiled, embedded, instantiate } from './kernels.js'
import { link } from './link.js'
import { memoryOf } from './memory.js'

/**
 * What runs a program in this thread alone.
 *
 * @internal as `instantiate`
 */
export const alone = ({ module }: Compiled, program: Program, assembled: Assembled): ((inputs: readonly Tensor[]) => readonly Tensor[]) => {
  const { instructions, layout, own } = assembled
  const memory = memoryOf(assembled)
  const run = link({ instructions, layout, own: own.ownOf(0), shared: false }, instantiate(module, memory), memory)
  return furnish(program, assembled, memory, run)
}

/** The engine whose kernels these bytes are, compiled when the first program is; and what is done to instructions before they run. */
export const wasmOf = (bytes: () => Uint8Array<ArrayBuffer>, pass: Pass = passes): Engine => {
  let kernels: Compiled | undefined
  return fixed({
    name: 'wasm',
    prepare: (program) => {
      kernels ??= compiled(bytes())
      return alone(kernels, program, assemble(program, kernels.about, pass))
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
