#!/usr/bin/env node
/** The command `foldgrad-laws`. The examples of laws are made by fast-check, which whoever runs laws has installed. */
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

try {
  const { main } = await import('./command.js')
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const missing = codeOf(error) === 'ERR_MODULE_NOT_FOUND' && message.includes("'fast-check'")
  process.stderr.write(
    missing
      ? 'foldgrad-laws expects the npm package fast-check, receives none; run npm install --save-dev fast-check\n'
      : `${message.split('\n').join(' ')}\n`,
  )
  process.exitCode = 2
}
