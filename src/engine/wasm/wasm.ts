// mutates: the memory of its own programs, the kernels it has compiled, escapes: nothing
/**
 * The WebAssembly engine: synchronous, one thread, its module inlined. A program has an arena of its own, planned ahead; a
 * run copies its inputs in and its outputs out, into memory that JavaScript owns and the garbage collector frees.
 */

import type { Program } from '../../graph/index.js'
import { nodeOf } from '../../tensor/node.js'
import { wantsLiteral } from '../../tensor/read.js'
import type { Tensor } from '../../tensor/tensor.js'
import type { Engine } from '../engine.js'
import type { Builder } from './builder.js'
import { copyIn, entrance, exit } from './door.js'
import { fuse } from './fuse.js'
import type { BufferId, Instruction } from './instruction.js'
import { embedded, instantiate } from './kernels.js'
import { link } from './link.js'
import { lower } from './lower.js'
import { plan } from './plan.js'

const pageBytes = 65536

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
  const { builder: b, inputs, outputs, literals } = lower(program, about.matmulScratch)
  const kept = new Set([
    b.scratch,
    ...inputs.map((p) => p.buffer),
    ...outputs.map((p) => p.buffer),
    ...literals.map(({ place }) => place.buffer),
    ...b.constants.map((c) => c.buffer),
  ])
  const sizes = b.sizes.map((size, i) => (i === b.scratch ? b.scratchBytes : size))
  const instructions = pass(b.instructions, kept, b.parts)
  const { addresses, bytes } = plan({ sizes, instructions, parts: b.parts }, kept, about.arenaStart())
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) })
  const addressOf = (buffer: number): number => addresses[buffer] ?? 0
  const arena = memory.buffer
  for (const { buffer, words } of b.constants) new Int32Array(arena, addressOf(buffer), words.length).set(words)
  for (const { place, literal } of literals) copyIn(arena, addressOf(place.buffer), literal)
  const run = link(instructions, instantiate(module, memory), { addresses, parts: b.parts }, memory)
  /** An output that is an input or a literal of the program is given back as it is. */
  const passed = program.outputs.map((output) => (nodeOf(output).kind === 'literal' ? output : program.inputs.indexOf(output)))
  const entrances = inputs.map((place) => entrance(arena, addressOf(place.buffer), place))
  const exits = outputs.map((place, i): ((values: readonly Tensor[]) => Tensor) => {
    const through = passed[i]
    if (typeof through === 'object') return () => through
    return through !== undefined && through >= 0 ? (values) => values[through] as Tensor : exit(arena, addressOf(place.buffer), place)
  })
  return (values) => {
    for (let i = 0; i < entrances.length; i++) entrances[i]?.(wantsLiteral('wasm', values[i] as Tensor))
    run()
    return exits.map((give) => give(values))
  }
}

/** Instructions to fewer or better ones; what is in `kept` is wanted by somebody outside. */
export type Pass = (
  ...args: readonly [instructions: readonly Instruction[], kept: ReadonlySet<BufferId>, parts: Builder['parts']]
) => readonly Instruction[]

/** The engine whose kernels these bytes are, compiled when the first program is; and what is done to instructions before they run. */
export const wasmOf = (bytes: () => Uint8Array<ArrayBuffer>, pass: Pass = fuse): Engine => {
  let kernels: Compiled | undefined
  return {
    name: 'wasm',
    prepare: (program) => {
      kernels ??= compiled(bytes())
      return prepare(kernels, pass, program)
    },
  }
}

/**
 * The embedded WebAssembly engine.
 *
 * @example
 * const fast = compile(wasm)(step)
 */
export const wasm: Engine = wasmOf(embedded)
