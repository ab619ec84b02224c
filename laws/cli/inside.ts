/** The process that runs the laws. It says what it does, so that the one outside knows where it was if it does not come back. */
import type { News } from './outside.js'

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const sentenceOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  return codeOf(error) === 'ERR_MODULE_NOT_FOUND' && message.includes("'fast-check'")
    ? 'foldgrad-laws expects the npm package fast-check, receives none; run npm install --save-dev fast-check'
    : message.replaceAll(/\s*\n\s*/g, ' ')
}

const tell = (news: News): void => {
  process.send?.(news)
}

/**
 * The end, once promises that nobody has caught have been heard, and what was printed and is told has left: whatever of the
 * user's still waits is cut off.
 */
const end = (code: number): void => {
  const leave = (): void => process.exit(code)
  setImmediate(() => process.stdout.write('', () => process.stderr.write('', () => process.send?.({ ended: code }, leave))))
}

/** The end at once: nothing of the user's runs any more. */
const stop = (code: number): void => {
  tell({ ended: code })
  process.exit(code)
}

/** Whatever goes wrong, now or later in a promise of the user's module, is one sentence. */
const refuse = (error: unknown): void => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  stop(2)
}

/** Runs the laws, and ends the process. */
export const runHere = async (args: readonly string[]): Promise<void> => {
  process.on('uncaughtException', refuse)
  /** Whoever has read enough, as `head` has, closes the pipe: that is no mistake. */
  process.stdout.on('error', (error) => (codeOf(error) === 'EPIPE' ? stop(0) : refuse(error)))
  try {
    const { main } = await import('./command.js')
    end(await main(args, tell))
  } catch (error) {
    refuse(error)
  }
}
