// mutates: whether its sessions are open, the kernels they have compiled, escapes: nothing
/**
 * The WebAssembly engine in threads: the same instructions, divided among workers that share the memory of a program and meet between instructions.
 * The bits are those of the engine in one thread.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { optionsOf, SystemError, shown, ValueError, wantsBoolean, wantsNumber } from '../../../error/index.js'
import type { Program } from '../../../graph/index.js'
import { fixed } from '../../../shape/index.js'
import type { Tensor } from '../../../tensor/tensor.js'
import type { Session } from '../../engine.js'
import { passes } from '../../program/passes.js'
import { type Assembled, assemble } from '../assemble.js'
import { emit } from '../emit/program.js'
import { furnish } from '../furnish.js'
import { type Compiled, compiled, embedded, instantiate, relaxed } from '../kernels.js'
import { link } from '../link.js'
import { memoryOf } from '../memory.js'
import { alone } from '../wasm.js'
import { type Crew, crew } from './crew.js'
import type { Division } from './divide.js'
import { machine } from './machine.js'
import { sharing } from './sharing.js'

export interface WasmOptions {
  /** How many threads compute, the one that calls among them; as many as there are processors, unless it is said. */
  readonly threads: number | undefined
  /** What is divided among them: instructions of at least so many operations and bytes, in all. */
  readonly leastWork: number
  /** Whether the terms of products are multiplied and added in one, where the runtime has relaxed SIMD: faster, rounded less often, and with bits that depend on the machine. */
  readonly relaxed: boolean
}
/** To divide less than some microseconds of work does not pay. */
export const wasmDefaults: WasmOptions = fixed({ threads: undefined, leastWork: 2 ** 17, relaxed: false })
/** More are of no use to anybody. */
const mostThreads = 64

/** A session of the WebAssembly engine. */
export interface WasmSession extends Session {
  /** How many threads compute: 1 where there are no others to be had. */
  readonly threads: number
  /** Whether products are relaxed: false where the runtime has no relaxed SIMD. */
  readonly relaxed: boolean
}

const sharedMemory = (pages: number): WebAssembly.Memory => new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })

/** What runs a program on all threads. */
const together = (
  { module }: Compiled,
  { join }: Crew,
  program: Program,
  assembled: Assembled,
): ((inputs: readonly Tensor[]) => readonly Tensor[]) => {
  const { lists, layout, own } = assembled
  const memory = memoryOf(assembled, sharedMemory)
  const [first = [], ...others] = lists
  const run = link({ instructions: first, layout, own: own.ownOf(0), shared: true }, instantiate(module, memory), memory)
  const modules = others.map((list, i) => new WebAssembly.Module(emit(list, layout, own.ownOf(i + 1), true).bytes))
  return furnish(program, assembled, memory, join(run, { kernels: module, modules, memory }))
}

/** A session of some workers, or of none. */
const sessionOf = (division: Division, isRelaxed: boolean, others?: Crew): WasmSession => {
  const { threads } = division
  const bytes = isRelaxed ? relaxed : embedded
  let isOpen = true
  const wantsOpen = (): void => {
    if (!isOpen) throw new SystemError({ who: 'wasm', expected: 'a session that is open', received: 'one that was closed' })
  }
  let [kernels, shared]: readonly (Compiled | undefined)[] = []
  const prepared = (program: Program): ((inputs: readonly Tensor[]) => readonly Tensor[]) => {
    kernels ??= compiled(bytes())
    const assembled = assemble(program, kernels.about, passes, division)
    if (others === undefined || assembled.lists.length === 1) return alone(kernels, program, assembled)
    shared ??= compiled(sharing(bytes()), sharedMemory(1))
    return together(shared, others, program, assembled)
  }
  return fixed({
    name: ['wasm', ...(threads === 1 ? [] : [`${threads} threads`]), ...(isRelaxed ? ['relaxed'] : [])].join(', '),
    threads,
    relaxed: isRelaxed,
    prepare: (program) => {
      wantsOpen()
      const run = prepared(program)
      return (inputs) => {
        wantsOpen()
        return run(inputs)
      }
    },
    close: async () => {
      isOpen = false
      await others?.close()
    },
  })
}

/**
 * Opens the WebAssembly engine in threads: an engine as any other, which `compile` takes, with the bits that `wasm` gives. Large instructions are divided among
 * the threads; a program with none runs as with `wasm`.
 *
 * The workers do not keep a process alive; `close` ends them. Threads share memory, which a page allows where it is isolated (`Cross-Origin-Opener-Policy: same-origin`,
 * `Cross-Origin-Embedder-Policy: require-corp`), and threads wait for each other, which a page's main thread must not: there the session has one thread, and in a worker of an
 * isolated page as many as are asked for.
 *
 * `relaxed` asks for products whose terms are fused: WebAssembly's relaxed SIMD, which Node has from 22 on. What it gives depends on the machine, so that neither other machines nor `wasm`
 * have its bits; its error is no larger.
 *
 * @param options  threads (as many as there are processors), leastWork, relaxed
 * @error  `ValueError` for options that are no such numbers; `SystemError` on the left where a worker does not start; a compiled function throws a `SystemError` once its session is
 *         closed
 * @example
 * const session = orThrow(await openWasm({ threads: 2 })())
 * const fast = compile(session)(step)
 * let state = init(key(42))
 * for (const batch of some) state = fast(state, batch)
 * await session.close()
 */
export const openWasm = (options: Partial<WasmOptions> = {}): TE.TaskEither<SystemError, WasmSession> => {
  const { threads, leastWork, relaxed: isWanted } = optionsOf('openWasm', wasmDefaults, options)
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= mostThreads))
    throw new ValueError({ who: 'openWasm', expected: `a whole number of threads from 1 to ${mostThreads}`, received: shown(threads) })
  if (wantsNumber('openWasm', 'leastWork', leastWork) < 0)
    throw new ValueError({ who: 'openWasm', expected: 'leastWork of 0 or more', received: shown(leastWork) })
  wantsBoolean('openWasm', 'relaxed', isWanted)
  return () => {
    const found = machine()
    const isRelaxed = isWanted && WebAssembly.validate(relaxed())
    const wanted = Math.min(threads ?? found?.processors ?? 1, mostThreads)
    if (found === undefined || wanted === 1) return TE.right(sessionOf({ threads: 1, leastWork }, isRelaxed))()
    return pipe(
      crew(found, wanted - 1),
      TE.map((others) => sessionOf({ threads: wanted, leastWork }, isRelaxed, others)),
    )()
  }
}
