/** What a machine has for threads: how many processors, and workers; in Node, and in the workers of a page that is isolated. */

/** A worker as a session uses it. */
export interface Worker {
  readonly send: (message: unknown) => void
  readonly onMessage: (listen: () => void) => void
  readonly onError: (listen: (error: unknown) => void) => void
  readonly end: () => Promise<void>
}
export interface Machine {
  readonly processors: number
  /** A worker that runs a text, which is told by what expression it finds its port. It does not keep the process alive. */
  readonly start: (source: (port: string) => string) => Worker
}

/** The part of Node's own module that is used. */
interface NodeThreads {
  readonly Worker: new (
    source: string,
    options: { readonly eval: true; readonly execArgv: readonly string[]; readonly name: string },
  ) => {
    readonly postMessage: (message: unknown) => void
    readonly once: (event: 'message' | 'error', listen: (value: unknown) => void) => void
    readonly unref: () => void
    readonly terminate: () => Promise<number>
  }
}
interface NodeSystem {
  readonly availableParallelism: () => number
}
interface NodeProcess {
  /** Without an import, for which bundlers would look. */
  readonly getBuiltinModule?: (name: string) => unknown
}

const inNode = (process: NodeProcess | undefined): Machine | undefined => {
  const threads = process?.getBuiltinModule?.('node:worker_threads') as NodeThreads | undefined
  const system = process?.getBuiltinModule?.('node:os') as NodeSystem | undefined
  if (threads === undefined || system === undefined) return undefined
  return {
    processors: system.availableParallelism(),
    start: (source) => {
      const worker = new threads.Worker(source("require('node:worker_threads').parentPort"), { eval: true, execArgv: [], name: 'foldgrad' })
      worker.unref()
      return {
        send: (message) => worker.postMessage(message),
        onMessage: (listen) => worker.once('message', listen),
        onError: (listen) => worker.once('error', listen),
        end: async () => {
          await worker.terminate()
        },
      }
    },
  }
}

/** What stands where a browser runs code: a document only where it is a page's main thread. */
type Page = Partial<Pick<typeof globalThis, 'crossOriginIsolated' | 'Worker' | 'document'>> & Pick<typeof globalThis, 'navigator'>
/** Where a worker of a page may share memory. A page itself must not wait, so it has none. */
const inWorker = (scope: Page): Machine | undefined => {
  if (scope.crossOriginIsolated !== true || scope.Worker === undefined || scope.document !== undefined) return undefined
  const { Worker, navigator } = scope
  return {
    processors: navigator.hardwareConcurrency,
    start: (source) => {
      const address = URL.createObjectURL(new Blob([source('self')], { type: 'text/javascript' }))
      const worker = new Worker(address, { name: 'foldgrad' })
      return {
        send: (message) => worker.postMessage(message),
        onMessage: (listen) => worker.addEventListener('message', listen, { once: true }),
        onError: (listen) => worker.addEventListener('error', listen, { once: true }),
        end: async () => {
          worker.terminate()
          URL.revokeObjectURL(address)
        },
      }
    },
  }
}

/** What this machine has; none where there are no threads to be had. */
export const machine = (): Machine | undefined => inNode((globalThis as { readonly process?: NodeProcess }).process) ?? inWorker(globalThis)
