// mutates: the address that it counts up, escapes: nothing
/** What the kernels need of the arena besides the program's own buffers: scratch for the largest product, and views as they read them. */
import { deep, type Instruction, type Strided } from '../program/instruction.js'
import { isOnHost } from './host.js'
import type { About } from './kernels.js'

export interface Reserve {
  readonly scratch: number
  /** Words that are in the arena from the start. */
  readonly views: readonly { readonly address: number; readonly words: Int32Array }[]
  /** Where a view is described. */
  readonly viewAt: (view: Strided) => number
  /** The first byte after all of it. */
  readonly end: number
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** A view as the copying kernels read it: rank, sizes, strides. */
const wordsOf = ({ shape, strides }: Strided): Int32Array => Int32Array.from([shape.length, ...shape, ...strides])

/** The view that an instruction has a kernel walk. */
const viewOf = (instruction: Instruction): readonly Strided[] =>
  instruction.kind === 'scatter' || (instruction.kind === 'gather' && !isOnHost(instruction)) ? [instruction.view] : []

export const reserve = (instructions: readonly Instruction[], { arenaStart, matmulScratch }: About): Reserve => {
  const all = deep(instructions)
  const scratch = aligned(arenaStart())
  const needs = all.map((instruction) => (instruction.kind === 'matmul' ? matmulScratch(instruction.m, instruction.n, instruction.k) : 0))
  let end = scratch + aligned(needs.reduce((most, bytes) => Math.max(most, bytes), 0))
  const addresses = new Map<Strided, number>()
  const views = all.flatMap(viewOf).map((view) => {
    const [address, words] = [end, wordsOf(view)]
    addresses.set(view, address)
    end += aligned(words.byteLength)
    return { address, words }
  })
  return { scratch, views, viewAt: (view) => addresses.get(view) ?? 0, end }
}
