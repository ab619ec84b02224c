/** An engine takes a program once, and runs it often. */

import type { Task } from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { wantsFunction, wantsRecord } from '../error/index.js'
import type { Program } from '../graph/index.js'
import type { Tensor } from '../tensor/tensor.js'

export interface Engine {
  readonly name: string
  /** From literals in the order of the program's inputs to literals in the order of its outputs. */
  readonly prepare: (program: Program) => (inputs: readonly Tensor[]) => readonly Tensor[]
}

/**
 * An engine that lives elsewhere, in a worker, on a device, on a server: it answers later, or says why not. It may be asked again before it
 * has answered.
 */
export interface AsyncEngine<E> {
  readonly name: string
  /** As that of an engine, but for what has to be waited for. */
  readonly prepare: (program: Program) => TE.TaskEither<E, (inputs: readonly Tensor[]) => TE.TaskEither<E, readonly Tensor[]>>
}

/** What holds something of the machine, until it is closed. */
interface Closable {
  readonly close: Task<void>
}

/**
 * An engine that holds something of the machine, workers or a device, until it is closed. To open one takes time and may fail, so
 * it comes out of a `TaskEither`; once it is there, it is an engine as any other, and `compile` takes it.
 */
export interface Session extends Engine, Closable {}
/** The same of an engine that answers later: `compileAsync` takes it. */
export interface AsyncSession<E> extends AsyncEngine<E>, Closable {}

/**
 * An engine as one that answers later: what is written for those serves every engine.
 *
 * @error  `ValueError` for anything but an engine
 * @example
 * compileAsync(toAsync(wasm))(step)
 */
export const toAsync = (engine: Engine): AsyncEngine<never> => {
  const { name, prepare } = wantsRecord('toAsync', 'an engine', engine)
  wantsFunction('toAsync', 'an engine, which can prepare a program', prepare)
  return {
    name,
    prepare: (program) =>
      TE.fromIO(() => {
        const run = prepare(program)
        return (inputs) => TE.fromIO(() => run(inputs))
      }),
  }
}
