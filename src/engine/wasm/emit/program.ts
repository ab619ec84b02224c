// mutates: the lists of imports and functions of the module it emits, escapes: nothing
/**
 * A program as a module of its own: straight-line code that calls the kernels, with every address known. JavaScript enters it
 * once a run. A loop is a loop, its body a function of where the loops around it stand.
 */
import type { Fused, HostCall, Instruction, KernelCall, LoopId, LoopOf, Step } from '../instruction.js'
import { isAddress, runs } from '../instruction.js'
import { type Layout, type Location, locate } from '../layout.js'
import type { Bytes } from './bytes.js'
import { add, and, call, get, i32, mul, repeatWhile, set, sub, type Type } from './code.js'
import { fusedCode } from './fused.js'
import { laneRules } from './lanes.js'
import { type Body, type Import, moduleOf } from './module.js'
import { type Short, shortOf } from './short.js'

export interface Emitted {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** What runs on the host, by number: `host.0` is given the counters of the loops around it. */
  readonly hosts: readonly { readonly instruction: HostCall; readonly loops: readonly LoopId[] }[]
}

/** The loops around an instruction, from the outermost: the parameters of its function are position and `now` of each. */
type Scope = readonly LoopId[]

const counter = (scope: Scope, { loop, by }: Step): Bytes => {
  const at = 2 * scope.indexOf(loop)
  return by === 'position' ? get(at) : by === 'now' ? get(at + 1) : sub(i32(1), get(at + 1))
}
/** An address as code. */
const addressCode = (scope: Scope, { base, steps }: Location): Bytes =>
  steps.reduce((code, step) => add(code, mul(counter(scope, step), i32(step.bytes))), i32(base))

const all = (type: Type, count: number): readonly Type[] => Array.from({ length: count }, () => type)

/** The module of a list of instructions; it exports `run`, a function of the number of the run and of which room is `now`. */
export const emit = (instructions: readonly Instruction[], layout: Layout): Emitted => {
  const where = locate(layout)
  const imports: Import[] = []
  const functions: Body[] = []
  const hosts: { instruction: HostCall; loops: readonly LoopId[] }[] = []
  const hostAt = new Map<HostCall, number>()
  /** The functions that are imported must be known before those with bodies are numbered. */
  const numbers = new Map<string, number>()
  const declare = (module: string, name: string, params: readonly Type[], results: readonly Type[] = []): void => {
    if (!numbers.has(`${module}.${name}`)) numbers.set(`${module}.${name}`, imports.push({ module, name, params, results }) - 1)
  }
  const declareAll = (list: readonly Instruction[], scope: Scope): void => {
    for (const instruction of list)
      if (instruction.kind === 'loop') declareAll(instruction.body, [...scope, instruction.loop])
      else if (instruction.kind === 'host') {
        declare('host', String(hosts.length), all('i32', 2 * scope.length))
        hostAt.set(instruction, hosts.push({ instruction, loops: scope }) - 1)
      } else if (instruction.kind === 'kernel') {
        if (shortOf(instruction) === undefined) declare('kernels', instruction.kernel, all('i32', instruction.args.length))
      } else
        for (const { kernel, args } of instruction.steps) {
          const rule = laneRules[kernel]
          if (typeof rule !== 'function') declare('kernels', rule.call, all('v128', args.length), all('v128', 1))
        }
  }
  declareAll(instructions, [runs])
  const imported = (module: string, name: string): number => numbers.get(`${module}.${name}`) ?? -1

  const kernelCode = (scope: Scope, { kernel, args }: KernelCall): Bytes => [
    ...args.flatMap((argument) => (isAddress(argument) ? addressCode(scope, where(argument)) : i32(argument))),
    ...call(imported('kernels', kernel)),
  ]
  const counters = (scope: Scope): Bytes => scope.flatMap((_, i) => [...get(2 * i), ...get(2 * i + 1)])
  /** A function of the counters, by number. */
  const pushed = (scope: Scope, locals: readonly Type[], code: Bytes): number =>
    imports.length + functions.push({ params: all('i32', 2 * scope.length), results: [], locals, code }) - 1
  const shortFunction = (short: Short, scope: Scope): number => {
    const { locals, code } = short(2 * scope.length, (address) => addressCode(scope, where(address)))
    return pushed(scope, locals, code)
  }
  /** The function of a fused loop. */
  const fusedFunction = (fused: Fused, scope: Scope): number => {
    const { locals, code } = fusedCode(fused, {
      parameters: 2 * scope.length,
      inputAt: ({ address }) => addressCode(scope, where(address)),
      outputAt: ({ to }) => addressCode(scope, where(to)),
      functionOf: (name) => imported('kernels', name),
    })
    return pushed(scope, locals, code)
  }
  /** A function that runs instructions; the locals after its parameters count its loops down. */
  const functionOf = (list: readonly Instruction[], scope: Scope): number => {
    const loops = new Map(list.flatMap((instruction) => (instruction.kind === 'loop' ? [instruction] : [])).map((loop, i) => [loop, i]))
    const loopCode = ({ loop, length, reverse, body }: LoopOf<Instruction>, left: number): Bytes => {
      if (length === 0) return []
      const inside = functionOf(body, [...scope, loop])
      const position = reverse ? sub(get(left), i32(1)) : sub(i32(length), get(left))
      const iteration = [...counters(scope), ...position, ...and(get(left), i32(1)), ...call(inside)]
      return [...i32(length), ...set(left), ...repeatWhile([...iteration, ...sub(get(left), i32(1)), ...set(left)], get(left))]
    }
    const code = list.flatMap((instruction) => {
      if (instruction.kind === 'kernel') {
        const short = shortOf(instruction)
        return short === undefined ? kernelCode(scope, instruction) : [...counters(scope), ...call(shortFunction(short, scope))]
      }
      if (instruction.kind === 'fused') return [...counters(scope), ...call(fusedFunction(instruction, scope))]
      if (instruction.kind === 'loop') return loopCode(instruction, 2 * scope.length + (loops.get(instruction) ?? 0))
      return [...counters(scope), ...call(imported('host', String(hostAt.get(instruction))))]
    })
    return pushed(scope, all('i32', loops.size), code)
  }
  const run = functionOf(instructions, [runs]) - imports.length
  return { bytes: moduleOf({ imports, functions, exports: { run } }), hosts }
}
