/** The process that watches: how the one inside ended, and whether it ends at all. */
import { fork } from 'node:child_process'
import { sentence } from '../../src/error/index.js'

/** What the process inside does now, and for how long the whole may take. */
export interface Doing {
  readonly doing: string
  readonly seconds: number
}
/** What it tells: that, or how it ended. */
export type News = Doing | { readonly ended: number }

/** The word by which the process inside knows itself. */
export const inside = 'inside'

const who = 'foldgrad-laws'

/** Why a process that did not say that it is done has ended. */
const endOf = (code: number | null, signal: string | null): string =>
  signal !== null
    ? `one that was killed by ${signal}`
    : code === 13
      ? 'one whose top-level await never settles'
      : `one that ends the process itself, with ${code}`

/** Runs the command in a process of its own, and ends as that one does. */
export const watchOver = (command: string, args: readonly string[]): void => {
  const child = fork(command, [inside, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  let last: Doing | undefined
  let timer: NodeJS.Timeout | undefined
  const leave = (code: number): void => {
    clearTimeout(timer)
    process.exitCode = code
  }
  const complain = (expected: string, received: string, hint?: string): void => {
    const where = last === undefined ? {} : { where: last.doing }
    process.stderr.write(`${sentence({ who, expected, received, ...(hint === undefined ? {} : { hint }), ...where })}\n`)
    leave(2)
  }
  let ended = false
  child.on('message', (news: News) => {
    if ('ended' in news) {
      ended = true
      leave(news.ended)
      return
    }
    timer ??= setTimeout(() => {
      ended = true
      child.kill('SIGKILL')
      complain(`the laws to end within ${news.seconds} s`, 'no end', 'give them longer by --timeout, or look for a loop without an end')
    }, news.seconds * 1000)
    last = news
  })
  child.on('error', (error) => {
    ended = true
    complain('to start a process', error.message)
  })
  child.on('exit', (code, signal) => {
    if (!ended) complain('a module that lets the laws end', endOf(code, signal))
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      child.kill('SIGKILL')
      process.exit(2)
    })
}
