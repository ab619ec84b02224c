/** Processes that are started to be timed. */
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { often } from './run.js'
import type { Run } from './spec.js'

/** Where imports are resolved as this folder's own. */
const here = dirname(fileURLToPath(import.meta.url))

/** Node, from its start to its end, with a module to run. */
export const startOf = (code: string): Run =>
  often(() => {
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: here, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) ?? 'the process failed')
  })
