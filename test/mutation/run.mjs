// Runs Stryker over the folders named, or over all, one after another.
import { spawnSync } from 'node:child_process'
import { folders } from './folders.mjs'
import { survivorsReachedEarly } from './report.mjs'

const stryker = (env) => {
  const args = ['stryker', 'run', 'test/mutation/stryker.config.mjs', '--concurrency', '1']
  const { status } = spawnSync('npx', args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) process.exit(1)
}
const named = process.argv.slice(2)
for (const folder of named.length > 0 ? named : Object.keys(folders)) {
  stryker({ MUTATED: folder })
  const places = survivorsReachedEarly(folder)
  if (places.length > 0) stryker({ MUTATED: folder, MUTANTS: places.join(' ') })
}
