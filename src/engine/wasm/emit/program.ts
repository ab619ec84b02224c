// mutates: the list of functions of the module it emits, escapes: nothing
/**
 * A program as a module of its own: straight-line code that calls the kernels, with every address known. JavaScript enters it
 * once a run. A loop is a loop, its body a function of where the loops around it stand.
 */

import { type Address, runs, type Step } from '../../program/address.js'
import type { Instruction, Loop } from '../../program/instruction.js'
import { type Layout, locate } from '../../program/layout.js'
import type { Own } from '../reserve.js'
import type { Bytes } from './bytes.js'
import { add, and, call, get, i32, mul, repeatWhile, set, sub } from './code.js'
import type { Context, FunctionCode } from './context.js'
import { all, declare, type HostImport, type Scope } from './declare.js'
import { type Body, moduleOf } from './module.js'
import { type Argument, realise } from './realise.js'

export interface Emitted {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly hosts: readonly HostImport[]
}

const counter = (scope: Scope, { loop, by }: Step): Bytes => {
  const at = 2 * scope.indexOf(loop)
  return by === 'position' ? get(at) : by === 'now' ? get(at + 1) : sub(i32(1), get(at + 1))
}
const counters = (scope: Scope): Bytes => scope.flatMap((_, i) => [...get(2 * i), ...get(2 * i + 1)])

/** The module of a list of instructions; it exports `run`, a function of the number of the run and of which room is `now`. `shared`: by threads. */
export const emit = (instructions: readonly Instruction[], layout: Layout, own: Own, shared: boolean): Emitted => {
  const where = locate(layout)
  const functions: Body[] = []
  const { imports, hosts, realised, kernelAt, functionAt, hostAt } = declare(instructions, realise(own))
  const addressCode = (scope: Scope, address: Address): Bytes => {
    const { base, steps } = where(address)
    return steps.reduce((code, step) => add(code, mul(counter(scope, step), i32(step.bytes))), i32(base))
  }
  const argumentCode = (scope: Scope, argument: Argument): Bytes =>
    typeof argument === 'number' ? i32(argument) : addressCode(scope, argument)
  /** A function of the counters, by number. */
  const pushed = (scope: Scope, { locals, code }: FunctionCode): number =>
    imports.length + functions.push({ params: all('i32', 2 * scope.length), results: [], locals, code }) - 1
  /** `left`: the local that counts its iterations down, to 1. */
  const loopCode = ({ loop, length, reverse, body }: Loop, scope: Scope, left: number): Bytes => {
    if (length === 0) return []
    const inside = functionOf(body, [...scope, loop])
    const position = reverse ? sub(get(left), i32(1)) : sub(i32(length), get(left))
    const iteration = [...counters(scope), ...position, ...and(get(left), i32(1)), ...call(inside)]
    return [...i32(length), ...set(left), ...repeatWhile([...iteration, ...sub(get(left), i32(1)), ...set(left)], get(left))]
  }
  /** A function that runs instructions; the locals after its parameters count its loops down. */
  const functionOf = (list: readonly Instruction[], scope: Scope): number => {
    const parameters = 2 * scope.length
    const context: Context = { parameters, at: (address) => addressCode(scope, address), functionOf: functionAt }
    const loops = new Map(list.filter(({ kind }) => kind === 'loop').map((loop, i) => [loop, parameters + i]))
    const codeOf = (instruction: Instruction): Bytes => {
      const what = realised(instruction)
      switch (what.by) {
        case 'kernel':
          return [...what.args.flatMap((argument) => argumentCode(scope, argument)), ...call(kernelAt(what.kernel))]
        case 'code':
          return [...counters(scope), ...call(pushed(scope, what.code(context)))]
        case 'host':
          return [...counters(scope), ...call(hostAt(what.work))]
        case 'loop':
          return loopCode(what.loop, scope, loops.get(instruction) ?? 0)
      }
    }
    const code = list.flatMap(codeOf)
    return pushed(scope, { locals: all('i32', loops.size), code })
  }
  const run = functionOf(instructions, [runs]) - imports.length
  return { bytes: moduleOf({ imports, functions, exports: { run }, shared }), hosts }
}
