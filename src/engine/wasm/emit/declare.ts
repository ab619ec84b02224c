// mutates: the lists that it is making, escapes: nothing
/** What a program's module imports. It must be known before functions with bodies are numbered, so all instructions are looked at first. */
import { type LoopId, runs } from '../../program/address.js'
import type { HostCall, Instruction } from '../../program/instruction.js'
import type { KernelName, LaneFunction } from '../kernels.js'
import type { Type } from './code.js'
import type { Import } from './module.js'
import type { Realised } from './realise.js'

/** The loops around an instruction, from the outermost: the parameters of its function are position and `now` of each. */
export type Scope = readonly LoopId[]

/** What runs on the host is given the counters of the loops around it: `host.0` is the first. */
export interface HostImport {
  readonly work: HostCall
  readonly loops: Scope
}

export interface Declared {
  /** Functions 0, 1, …, before those with bodies. */
  readonly imports: readonly Import[]
  readonly hosts: readonly HostImport[]
  readonly realised: (instruction: Instruction) => Realised
  /** The numbers of functions. */
  readonly kernelAt: (name: KernelName | LaneFunction) => number
  readonly hostAt: (work: HostCall) => number
}

export const all = (type: Type, count: number): readonly Type[] => Array.from({ length: count }, () => type)

export const declare = (instructions: readonly Instruction[], realise: (instruction: Instruction) => Realised): Declared => {
  const imports: Import[] = []
  const hosts: HostImport[] = []
  const realised = new Map<Instruction, Realised>()
  const kernels = new Map<string, number>()
  const hostCalls = new Map<HostCall, number>()
  const kernel = (name: KernelName | LaneFunction, params: readonly Type[], results: readonly Type[] = []): void => {
    if (!kernels.has(name)) kernels.set(name, imports.push({ module: 'kernels', name, params, results }) - 1)
  }
  const host = (work: HostCall, loops: Scope): void => {
    const name = String(hosts.push({ work, loops }) - 1)
    hostCalls.set(work, imports.push({ module: 'host', name, params: all('i32', 2 * loops.length), results: [] }) - 1)
  }
  const visit = (list: readonly Instruction[], scope: Scope): void => {
    for (const instruction of list) {
      const what = realise(instruction)
      realised.set(instruction, what)
      switch (what.by) {
        case 'kernel':
          kernel(what.kernel, all('i32', what.args.length))
          break
        case 'code':
          for (const { name, operands } of what.calls) kernel(name, all('v128', operands), all('v128', 1))
          break
        case 'host':
          host(what.work, scope)
          break
        case 'loop':
          visit(what.loop.body, [...scope, what.loop.loop])
      }
    }
  }
  visit(instructions, [runs])
  return {
    imports,
    hosts,
    realised: (instruction) => realised.get(instruction) as Realised,
    kernelAt: (name) => kernels.get(name) ?? -1,
    hostAt: (work) => hostCalls.get(work) ?? -1,
  }
}
