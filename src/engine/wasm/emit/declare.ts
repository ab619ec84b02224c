// mutates: the lists that it is making, escapes: nothing
/** What a program's module imports. It must be known before functions with bodies are numbered, so all instructions are looked at first. */
import { type LoopId, runs } from '../../program/address.js'
import type { HostCall, Instruction } from '../../program/instruction.js'
import type { KernelName } from '../kernels.js'
import type { Type } from './code.js'
import type { Call } from './context.js'
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
  readonly kernelAt: (name: KernelName) => number
  readonly functionAt: (call: Pick<Call, 'module' | 'name'>) => number
  readonly hostAt: (work: HostCall) => number
}

export const all = (type: Type, count: number): readonly Type[] => Array.from({ length: count }, () => type)

export const declare = (instructions: readonly Instruction[], realise: (instruction: Instruction) => Realised): Declared => {
  const imports: Import[] = []
  const hosts: HostImport[] = []
  const realised = new Map<Instruction, Realised>()
  const named = new Map<string, number>()
  const hostCalls = new Map<HostCall, number>()
  const declared = (one: Import): void => {
    const name = `${one.module} ${one.name}`
    if (!named.has(name)) named.set(name, imports.push(one) - 1)
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
          declared({ module: 'kernels', name: what.kernel, params: all('i32', what.args.length), results: [] })
          break
        case 'code':
          for (const { module, name, operands } of what.calls) {
            const type = module === 'kernels' ? 'v128' : 'f64'
            declared({ module, name, params: all(type, operands), results: all(type, 1) })
          }
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
    kernelAt: (name) => named.get(`kernels ${name}`) ?? -1,
    functionAt: ({ module, name }) => named.get(`${module} ${name}`) ?? -1,
    hostAt: (work) => hostCalls.get(work) ?? -1,
  }
}
