/**
 * A worker of a session: it is given the modules of programs and their memories, and runs the one that it is told to, as often as it is told.
 *
 * It is text, so that a bundler has nothing to look for, and it needs nothing but what it is sent. It listens to its messages only when there are some:
 * all else it is told by words that it shares with the thread that opened the session.
 */

/** The words of a session: `bell` changes whenever a worker has something to do. */
export const words = {
  bell: 0,
  /** How many runs have begun. */
  runs: 1,
  /** Of which program. */
  program: 2,
  /** Which room is read. */
  now: 3,
  /** How many messages have been sent to each worker. */
  sent: 4,
  /** How many workers sleep until the bell changes. */
  asleep: 5,
} as const
export const wordCount = 6

/** What is sent to a worker. */
export type Message =
  | { readonly kind: 'program'; readonly id: number; readonly kernels: WebAssembly.Module; readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory } // biome-ignore format: a line each
  | { readonly kind: 'forget'; readonly id: number }

/** So often a worker looks at the bell before it sleeps: some tens of microseconds. */
const looks = 3000

/** `port`: an expression for what messages come by, which is sent one when the worker is there. */
export const workerSource = (port: string): string => `'use strict'
const port = ${port}
const programs = new Map()
let words, ran = 0, read = 0
const serve = () => {
  for (let left = ${looks}; ; left--) {
    const bell = Atomics.load(words, ${words.bell})
    if (Atomics.load(words, ${words.runs}) !== ran) {
      const run = programs.get(Atomics.load(words, ${words.program}))
      if (run === undefined) return
      ran = (ran + 1) | 0
      run(0, Atomics.load(words, ${words.now}))
      left = ${looks}
    } else if (Atomics.load(words, ${words.sent}) !== read) {
      return
    } else if (left <= 0) {
      Atomics.add(words, ${words.asleep}, 1)
      Atomics.wait(words, ${words.bell}, bell)
      Atomics.sub(words, ${words.asleep}, 1)
      left = ${looks}
    }
  }
}
port.onmessage = ({ data }) => {
  if (words === undefined) {
    words = data
    port.postMessage('there')
    return
  }
  if (data.kind === 'program') {
    const env = { memory: data.memory }
    const kernels = new WebAssembly.Instance(data.kernels, { env }).exports
    programs.set(data.id, new WebAssembly.Instance(data.module, { env, kernels }).exports.run)
  } else programs.delete(data.id)
  read = (read + 1) | 0
  serve()
}
`
