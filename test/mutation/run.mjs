// Runs Stryker over the folders named, or over all, one after another. With --since, only mutants that are new, or that survived and have new tests:
// of the others, the last report tells.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { killedAgain } from './again.mjs'
import { againOf, folders } from './folders.mjs'

const words = process.argv.slice(2)
const [named, since] = [words.filter((word) => word !== '--since'), words.includes('--since')]
for (const folder of named.length > 0 ? named : Object.keys(folders)) {
  const args = ['stryker', 'run', 'test/mutation/stryker.config.mjs', '--concurrency', '1']
  const { status } = spawnSync('npx', args, {
    stdio: 'inherit',
    env: { ...process.env, MUTATED: folder, ...(since ? { SINCE: 'true' } : {}) },
  })
  if (status !== 0) process.exit(1)
  writeFileSync(againOf(folder), JSON.stringify(killedAgain(folder)))
}
