// mutates: the lists of imports and functions of the module it emits, escapes: nothing
/**
 * A program as a module of its own: straight-line code that calls the kernels, with every address known. JavaScript enters it
 * once a run. A loop is a loop, its body a function of where the loops around it stand.
 */

import { type Address, type LoopId, runs, type Step } from '../../program/address.js'
import type { Instruction, Loop } from '../../program/instruction.js'
import { type Layout, locate } from '../../program/layout.js'
import type { OnHost } from '../host.js'
import type { Reserve } from '../reserve.js'
import type { Bytes } from './bytes.js'
import { add, and, call, get, i32, mul, repeatWhile, set, sub, type Type } from './code.js'
import type { Context, FunctionCode } from './context.js'
import { type Body, type Import, moduleOf } from './module.js'
import { type Argument, type Realised, realise } from './realise.js'

/** What runs on the host is given the counters of the loops around it: `host.0` is the first. */
export interface HostImport {
  readonly work: OnHost
  readonly loops: readonly LoopId[]
}
export interface Emitted {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly hosts: readonly HostImport[]
}

/** The loops around an instruction, from the outermost: the parameters of its function are position and `now` of each. */
type Scope = readonly LoopId[]

const counter = (scope: Scope, { loop, by }: Step): Bytes => {
  const at = 2 * scope.indexOf(loop)
  return by === 'position' ? get(at) : by === 'now' ? get(at + 1) : sub(i32(1), get(at + 1))
}
const all = (type: Type, count: number): readonly Type[] => Array.from({ length: count }, () => type)
const counters = (scope: Scope): Bytes => scope.flatMap((_, i) => [...get(2 * i), ...get(2 * i + 1)])

/** The module of a list of instructions; it exports `run`, a function of the number of the run and of which room is `now`. */
export const emit = (instructions: readonly Instruction[], layout: Layout, own: Pick<Reserve, 'scratch' | 'viewAt'>): Emitted => {
  const where = locate(layout)
  const imports: Import[] = []
  const functions: Body[] = []
  const hosts: HostImport[] = []
  const hostAt = new Map<OnHost, number>()
  const realised = new Map<Instruction, Realised>()
  const realisedOf = (instruction: Instruction): Realised => realised.get(instruction) as Realised
  /** The functions that are imported must be known before those with bodies are numbered. */
  const numbers = new Map<string, number>()
  const declare = (module: string, name: string, params: readonly Type[], results: readonly Type[] = []): void => {
    if (!numbers.has(`${module}.${name}`)) numbers.set(`${module}.${name}`, imports.push({ module, name, params, results }) - 1)
  }
  const imported = (module: string, name: string): number => numbers.get(`${module}.${name}`) ?? -1
  const realiseOne = realise(own)
  const declareAll = (list: readonly Instruction[], scope: Scope): void => {
    for (const instruction of list) {
      const what = realiseOne(instruction)
      realised.set(instruction, what)
      switch (what.by) {
        case 'kernel':
          declare('kernels', what.kernel, all('i32', what.args.length))
          break
        case 'code':
          for (const { name, operands } of what.calls) declare('kernels', name, all('v128', operands), all('v128', 1))
          break
        case 'host':
          declare('host', String(hosts.length), all('i32', 2 * scope.length))
          hostAt.set(what.work, hosts.push({ work: what.work, loops: scope }) - 1)
          break
        case 'loop':
          declareAll(what.loop.body, [...scope, what.loop.loop])
      }
    }
  }
  declareAll(instructions, [runs])

  const addressCode = (scope: Scope, address: Address): Bytes => {
    const { base, steps } = where(address)
    return steps.reduce((code, step) => add(code, mul(counter(scope, step), i32(step.bytes))), i32(base))
  }
  const argumentCode = (scope: Scope, argument: Argument): Bytes =>
    typeof argument === 'number' ? i32(argument) : addressCode(scope, argument)
  const contextOf = (scope: Scope): Context => ({
    parameters: 2 * scope.length,
    at: (address) => addressCode(scope, address),
    functionOf: (name) => imported('kernels', name),
  })
  /** A function of the counters, by number. */
  const pushed = (scope: Scope, { locals, code }: FunctionCode): number =>
    imports.length + functions.push({ params: all('i32', 2 * scope.length), results: [], locals, code }) - 1
  const loopCode = ({ loop, length, reverse, body }: Loop, scope: Scope, left: number): Bytes => {
    if (length === 0) return []
    const inside = functionOf(body, [...scope, loop])
    const position = reverse ? sub(get(left), i32(1)) : sub(i32(length), get(left))
    const iteration = [...counters(scope), ...position, ...and(get(left), i32(1)), ...call(inside)]
    return [...i32(length), ...set(left), ...repeatWhile([...iteration, ...sub(get(left), i32(1)), ...set(left)], get(left))]
  }
  /** A function that runs instructions; the locals after its parameters count its loops down. */
  const functionOf = (list: readonly Instruction[], scope: Scope): number => {
    const context = contextOf(scope)
    const loops = new Map(list.filter(({ kind }) => kind === 'loop').map((loop, i) => [loop, context.parameters + i]))
    const codeOf = (instruction: Instruction): Bytes => {
      const what = realisedOf(instruction)
      switch (what.by) {
        case 'kernel':
          return [...what.args.flatMap((argument) => argumentCode(scope, argument)), ...call(imported('kernels', what.kernel))]
        case 'code':
          return [...counters(scope), ...call(pushed(scope, what.code(context)))]
        case 'host':
          return [...counters(scope), ...call(imported('host', String(hostAt.get(what.work))))]
        case 'loop':
          return loopCode(what.loop, scope, loops.get(instruction) ?? 0)
      }
    }
    const code = list.flatMap(codeOf)
    return pushed(scope, { locals: all('i32', loops.size), code })
  }
  const run = functionOf(instructions, [runs]) - imports.length
  return { bytes: moduleOf({ imports, functions, exports: { run } }), hosts }
}
