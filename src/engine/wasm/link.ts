// mutates: the counters that host calls are told, escapes: nothing
/** From instructions to something that runs: their module, linked with the kernels and with what runs on the host. */
import { elementary } from '../../ops/elementary.js'
import type { Instruction } from '../program/instruction.js'
import { type Layout, locate } from '../program/layout.js'
import type { HostImport } from './emit/declare.js'
import { emit } from './emit/program.js'
import { runOnHost } from './host.js'
import type { Kernels } from './kernels.js'
import type { Own } from './reserve.js'

/** Of the two rooms of what is carried from run to run, the one that is read; the other is written. */
export type Room = 0 | 1
/** What runs the instructions once. */
export type Run = (now?: Room) => void

export interface Linkable {
  readonly instructions: readonly Instruction[]
  readonly layout: Layout
  readonly own: Own
  /** Whether threads share the memory. */
  readonly shared: boolean
}

export const link = ({ instructions, layout, own, shared }: Linkable, kernels: Kernels, memory: WebAssembly.Memory): Run => {
  const { bytes, hosts } = emit(instructions, layout, own, shared)
  const where = locate(layout)
  const linked =
    ({ work, loops }: HostImport) =>
    (...counters: readonly number[]): void =>
      runOnHost(work, {
        buffer: memory.buffer,
        addressOf: (address) => {
          const { base, steps } = where(address)
          return steps.reduce((at, { loop, by, bytes: size }) => {
            const [position = 0, now = 0] = counters.slice(2 * loops.indexOf(loop))
            return at + (by === 'position' ? position : by === 'now' ? now : 1 - now) * size
          }, base)
        },
      })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { memory },
    kernels: kernels as unknown as WebAssembly.ModuleImports,
    elementary,
    host: Object.fromEntries(hosts.map((host, i) => [String(i), linked(host)])),
  })
  const run = exports['run'] as (position: number, now: number) => void
  return (now = 0) => run(0, now)
}
