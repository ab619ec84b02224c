// Runs Stryker over the folders named, or over all, one after another.
import { spawnSync } from 'node:child_process'
import { folders } from './folders.mjs'

const named = process.argv.slice(2)
for (const folder of named.length > 0 ? named : Object.keys(folders)) {
  const { status } = spawnSync('npx', ['stryker', 'run', 'test/mutation/stryker.config.mjs', '--concurrency', '1'], {
    stdio: 'inherit',
    env: { ...process.env, MUTATED: folder },
  })
  if (status !== 0) process.exit(1)
}
