// mutates: the counters that host calls are told, escapes: nothing
/** From instructions to something that runs: their module, linked with the kernels and with what runs on the host. */
import { emit } from './emit/program.js'
import type { HostMemory, Instruction } from './instruction.js'
import type { Kernels } from './kernels.js'
import { type Layout, locate } from './layout.js'

/** Of the two rooms of what is carried from run to run, the one that is read; the other is written. */
export type Room = 0 | 1
/** What runs the instructions once. */
export type Run = (now?: Room) => void

export const link = (instructions: readonly Instruction[], kernels: Kernels, layout: Layout, memory: WebAssembly.Memory): Run => {
  const { bytes, hosts } = emit(instructions, layout)
  const where = locate(layout)
  const linked = hosts.map(({ instruction, loops }, i) => [
    String(i),
    (...counters: readonly number[]) => {
      const host: HostMemory = {
        buffer: memory.buffer,
        addressOf: (address) => {
          const { base, steps } = where(address)
          return steps.reduce((at, { loop, by, bytes: size }) => {
            const [position = 0, now = 0] = counters.slice(2 * loops.indexOf(loop))
            return at + (by === 'position' ? position : by === 'now' ? now : 1 - now) * size
          }, base)
        },
      }
      instruction.run(host)
    },
  ])
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { memory },
    kernels: kernels as unknown as WebAssembly.ModuleImports,
    host: Object.fromEntries(linked),
  })
  const run = exports['run'] as (position: number, now: number) => void
  return (now = 0) => run(0, now)
}
