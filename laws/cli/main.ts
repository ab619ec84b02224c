#!/usr/bin/env node
/** The command `foldgrad-laws`. The examples of laws are made by fast-check, which whoever runs laws has installed. */
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const sentenceOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  return codeOf(error) === 'ERR_MODULE_NOT_FOUND' && message.includes("'fast-check'")
    ? 'foldgrad-laws expects the npm package fast-check, receives none; run npm install --save-dev fast-check'
    : message.replaceAll(/\s*\n\s*/g, ' ')
}

/** Whatever goes wrong, now or later in a promise of the user's module, is one sentence. */
const refuse = (error: unknown): never => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(2)
}
process.on('uncaughtException', refuse)
/** Whoever has read enough, as `head` has, closes the pipe: that is no mistake. */
process.stdout.on('error', (error) => (codeOf(error) === 'EPIPE' ? process.exit() : refuse(error)))

try {
  const { main } = await import('./command.js')
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  refuse(error)
}
