/**
 * Survivors that were reached before any test began, by a model made for all of them: Stryker takes a file whose tests cannot even be collected
 * for one whose tests pass. So each is put into a copy of the sources, and vitest itself is asked.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nameOf, reachedEarly } from './report.mjs'

const copy = '.stryker-tmp/again'

/** The text with another in the place of a mutant. */
const mutated = (text, { location: { start, end }, replacement }) => {
  const lines = text.split('\n')
  const at = ({ line, column }) => lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1
  return text.slice(0, at(start)) + replacement + text.slice(at(end))
}

/** The names of those that are killed after all. */
export const killedAgain = (folder) => {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  for (const path of ['src', 'laws', 'test', 'docs', 'package.json', 'tsconfig.json']) cpSync(path, join(copy, path), { recursive: true })
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
  const isKilled = (mutant) => {
    const path = join(copy, mutant.file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, mutated(text, mutant))
    const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'test/mutation/vitest.config.mjs', '--bail', '1'], {
      cwd: copy,
      stdio: 'ignore',
      timeout: 300_000,
      env: { ...process.env, MUTATED: folder, AGAIN: 'true' },
    })
    writeFileSync(path, text)
    return status !== 0
  }
  const killed = reachedEarly(folder).filter(isKilled).map(nameOf)
  rmSync(copy, { recursive: true, force: true })
  return killed
}
