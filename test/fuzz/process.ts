/** One decoder in a process of its own, which can be ended where it hangs, may make no code of texts, and stands in an empty folder. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tally } from './fuzz.js'

export interface Run extends Omit<Tally, 'broken'> {
  /** All memory of the process. @unit bytes */
  readonly most: number
  /** What is wrong, and the file that shows it, in base 64. */
  readonly broken?: { readonly fault: string; readonly file: string }
}

/** A decoder that is at one file for so long hangs. @unit milliseconds */
const patience = 60_000
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const runner = pathOf('../../node_modules/jiti/lib/jiti-cli.mjs')

/** A run of which nothing is known but that it ended badly, at this file. */
const ended = (fault: string, file: string): Run => ({ Left: 0, Right: 0, slowest: 0, largest: 0, most: 0, broken: { fault, file } })

/** So many files for a decoder. */
export const runOf = (name: string, seed: number, count: number): Promise<Run> =>
  new Promise((resolve) => {
    const folder = mkdtempSync(join(tmpdir(), 'foldgrad-fuzz-'))
    const [work, current] = [join(folder, 'work'), join(folder, 'current')]
    mkdirSync(work)
    const options = ['--disallow-code-generation-from-strings', runner, pathOf('child.ts'), name, String(seed), String(count), current]
    const child = spawn(process.execPath, options, { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { out: '', error: '' }
    child.stdout.on('data', (text) => {
      said.out += text
    })
    child.stderr.on('data', (text) => {
      said.error += text
    })
    const watch = setInterval(() => {
      if (existsSync(current) && Date.now() - statSync(current).mtimeMs > patience) child.kill('SIGKILL')
    }, 1000)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      const last = existsSync(current) ? readFileSync(current).toString('base64') : ''
      const written = readdirSync(work)
      rmSync(folder, { recursive: true })
      if (signal === 'SIGKILL') resolve(ended(`does not end in ${patience / 1000} s, or was ended`, last))
      else if (code !== 0) resolve(ended(`ends its process: ${said.error.slice(0, 300)}`, last))
      else if (written.length > 0) resolve(ended(`writes files: ${written.join(', ')}`, last))
      else resolve(JSON.parse(said.out) as Run)
    })
  })
