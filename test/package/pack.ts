/** The tarball, packed once for all tests of the package. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the tarball lies. */
    readonly tarball: string
  }
}

export default ({ provide }: TestProject): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'foldgrad-tarball-'))
  execFileSync('npm', ['pack', '--pack-destination', folder, '--loglevel=error'], {
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  provide('tarball', join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'none'))
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
}
