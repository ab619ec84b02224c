// mutates: the counters of its own loops, and arguments that move with them, escapes: nothing
/** From instructions to something that runs: addresses that stay are known, those that move with a loop are computed as it goes. */
import {
  type Address,
  type BufferId,
  type HostMemory,
  type Instruction,
  isAddress,
  type KernelCall,
  type LoopOf,
  type Step,
} from './instruction.js'
import type { Kernels } from './kernels.js'

export interface Layout {
  readonly addresses: readonly number[]
  readonly parts: ReadonlyMap<BufferId, Address>
}

/** A byte of the arena, and how it moves. */
export interface Location {
  readonly base: number
  readonly steps: readonly Step[]
}

/** Where an address is, through all the buffers that its buffer is a part of. */
export const locate =
  ({ addresses, parts }: Layout) =>
  ({ buffer, bytes, steps }: Address): Location => {
    const part = parts.get(buffer)
    if (part === undefined) return { base: (addresses[buffer] ?? 0) + bytes, steps }
    return locate({ addresses, parts })({ buffer: part.buffer, bytes: part.bytes + bytes, steps: [...part.steps, ...steps] })
  }

const kinds: readonly Step['by'][] = ['position', 'now', 'next']

type Run = () => void

/** One function that runs the instructions once. */
export const schedule = (instructions: readonly Instruction[], kernels: Kernels, layout: Layout, arena: ArrayBuffer): Run => {
  const where = locate(layout)
  /** By loop: position, now, next. */
  const counters: number[] = []
  const current = ({ base, steps }: Location): number =>
    steps.reduce((at, { loop, by, bytes }) => at + (counters[loop * kinds.length + kinds.indexOf(by)] ?? 0) * bytes, base)
  const memory: HostMemory = { buffer: arena, addressOf: (address) => current(where(address)) }
  const kernelCall = ({ kernel, args }: KernelCall): Run => {
    const run = kernels[kernel]
    const locations = args.map((argument) => (isAddress(argument) ? where(argument) : undefined))
    const values = args.map((argument, i) => (isAddress(argument) ? (locations[i]?.base ?? 0) : argument))
    const moving = locations.flatMap((location, i) => (location !== undefined && location.steps.length > 0 ? [{ location, i }] : []))
    if (moving.length === 0) return () => run(...values)
    return () => {
      for (const { location, i } of moving) values[i] = current(location)
      run(...values)
    }
  }
  const repeated = ({ loop, length, reverse, body }: LoopOf<Instruction>): Run => {
    const steps = body.map(stepOf)
    const at = loop * kinds.length
    return () => {
      for (let left = length; left > 0; left--) {
        counters[at] = reverse ? left - 1 : length - left
        counters[at + 1] = left % 2
        counters[at + 2] = (left + 1) % 2
        for (const step of steps) step()
      }
    }
  }
  const stepOf = (instruction: Instruction): Run => {
    if (instruction.kind === 'host') return () => instruction.run(memory)
    return instruction.kind === 'loop' ? repeated(instruction) : kernelCall(instruction)
  }
  const steps = instructions.map(stepOf)
  return () => {
    for (const step of steps) step()
  }
}
