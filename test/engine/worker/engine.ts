/** The reference engine in a worker of its own: an engine that lives elsewhere, to which only data goes and from which only data comes. */
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AsyncSession } from '../../../src/engine/index.js'
import { fromWire, programToWire, toWire, type WiredProgram, type WiredTensor } from './wire.js'

export type Request =
  | { readonly id: number; readonly kind: 'prepare'; readonly program: WiredProgram }
  | { readonly id: number; readonly kind: 'run'; readonly program: number; readonly inputs: readonly WiredTensor[] }
type Says = { readonly program: number } | { readonly outputs: readonly WiredTensor[] } | { readonly error: string }
export interface Answer {
  readonly id: number
  readonly says: Says
}
type Asks = { [K in Request['kind']]: Omit<Extract<Request, { kind: K }>, 'id'> }[Request['kind']]

const failed = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)))

const started = async (): Promise<Worker> => {
  const { outputFiles } = await build({
    entryPoints: [new URL('serve.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
  })
  return new Worker(outputFiles[0]?.text ?? '', { eval: true })
}

const sessionOf = (worker: Worker): AsyncSession<Error> => {
  const waiting = new Map<number, (says: Says) => void>()
  let asked = 0
  const say = (id: number, says: Says): void => {
    waiting.get(id)?.(says)
    waiting.delete(id)
  }
  worker.on('message', ({ id, says }: Answer) => say(id, says))
  worker.on('exit', () => {
    for (const id of [...waiting.keys()]) say(id, { error: 'the worker has ended' })
  })
  const ask = (asks: Asks): TE.TaskEither<Error, Says> =>
    pipe(
      TE.tryCatch(
        () =>
          new Promise<Says>((resolve) => {
            const id = asked++
            waiting.set(id, resolve)
            worker.postMessage({ id, ...asks })
          }),
        failed,
      ),
      TE.filterOrElse(
        (says) => !('error' in says),
        (says) => failed('error' in says ? says.error : says),
      ),
    )
  return {
    name: 'worker',
    prepare: (program) =>
      pipe(
        ask({ kind: 'prepare', program: programToWire(program) }),
        TE.map((says) => ('program' in says ? says.program : -1)),
        TE.map(
          (at) => (inputs) =>
            pipe(
              ask({ kind: 'run', program: at, inputs: inputs.map(toWire) }),
              TE.map((says) => ('outputs' in says ? says.outputs.map(fromWire) : [])),
            ),
        ),
      ),
    close: async () => {
      await worker.terminate()
    },
  }
}

export const openWorker: TE.TaskEither<Error, AsyncSession<Error>> = pipe(TE.tryCatch(started, failed), TE.map(sessionOf))
