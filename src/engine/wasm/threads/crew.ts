// mutates: the words and memories that its workers share, escapes: nothing
/** The workers of a session: they are given programs, and run them together with the thread that calls. */
import { type Either, left, right } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { SystemError, shown } from '../../../error/index.js'
import type { Room, Run } from '../link.js'
import type { Machine, Worker } from './machine.js'
import { type Message, wordCount, words, workerSource } from './worker.js'

/** What the other threads run of a program: a module for each of them, over the memory and the kernels that they share. */
export interface Others {
  readonly kernels: WebAssembly.Module
  readonly modules: readonly WebAssembly.Module[]
  readonly memory: WebAssembly.Memory
}
export interface Crew {
  /** The first thread's part of a program, as what runs all of it. The others keep theirs for as long as that is used by somebody. */
  readonly join: (own: Run, others: Others) => Run
  readonly close: Task<void>
}

/** Waits until a worker is there. */
const arrival = (worker: Worker): Promise<Either<SystemError, Worker>> =>
  new Promise((resolve) => {
    worker.onMessage(() => resolve(right(worker)))
    worker.onError((error) => resolve(left(new SystemError({ who: 'openWasm', expected: 'a worker that starts', received: shown(error) }))))
  })

const crewOf = (workers: readonly Worker[], shared: Int32Array): Crew => {
  let [programs, isOpen] = [0, true]
  const ring = (): void => {
    Atomics.add(shared, words.bell, 1)
    if (Atomics.load(shared, words.asleep) > 0) Atomics.notify(shared, words.bell)
  }
  /** It is counted before it is sent: whoever has read it must not miss another one. */
  const tell = (messageOf: (worker: number) => Message): void => {
    Atomics.add(shared, words.sent, 1)
    workers.forEach((worker, i) => {
      worker.send(messageOf(i))
    })
    ring()
  }
  const forgotten = new FinalizationRegistry<number>((id) => {
    if (isOpen) tell(() => ({ kind: 'forget', id }))
  })
  return {
    join: (own, { kernels, modules, memory }) => {
      const id = programs++
      tell((worker) => ({ kind: 'program', id, kernels, module: modules[worker] as WebAssembly.Module, memory }))
      const run = (now: Room = 0): void => {
        Atomics.store(shared, words.program, id)
        Atomics.store(shared, words.now, now)
        Atomics.add(shared, words.runs, 1)
        ring()
        own(now)
      }
      forgotten.register(run, id)
      return run
    },
    close: async () => {
      isOpen = false
      await Promise.all(workers.map((worker) => worker.end()))
    },
  }
}

/** So many workers of a machine, once all of them are there. */
export const crew =
  ({ start }: Machine, count: number): TaskEither<SystemError, Crew> =>
  async () => {
    const shared = new Int32Array(new SharedArrayBuffer(4 * wordCount))
    const workers: Worker[] = []
    const failed = async (error: SystemError): Promise<Either<SystemError, never>> => {
      await Promise.all(workers.map((worker) => worker.end()))
      return left(error)
    }
    try {
      for (const _ of Array(count)) {
        const worker = start(workerSource)
        workers.push(worker)
        worker.send(shared)
      }
    } catch (error) {
      return failed(new SystemError({ who: 'openWasm', expected: `${count} workers`, received: shown(error) }))
    }
    for (const there of await Promise.all(workers.map(arrival))) if (there._tag === 'Left') return failed(there.left)
    return right(crewOf(workers, shared))
  }
