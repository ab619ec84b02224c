/** A stranger's project: new, strict, with the packed tarball installed into it, and nothing of ours around it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'

export const compilers = { 'TypeScript 5.9': 'typescript-5', 'TypeScript 7': 'typescript-7' } as const
/** The packages of `compilers`. */
export const typescripts = { 'typescript-5': 'npm:typescript@5.9.3', 'typescript-7': 'npm:typescript@7.0.2' }

export const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022'],
  types: ['node'],
  skipLibCheck: false,
}

const nodeName = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
/** The oldest Node that is supported, and a current one: the packages they come in. */
export const nodes = {
  names: { 'Node 20.19': 'node-oldest', 'a current Node': 'node-current' },
  packages: { 'node-oldest': `npm:${nodeName}@20.19.0`, 'node-current': `npm:${nodeName}@26.10.0` },
} as const
/** A Node that is installed into the project. */
export const nodeBinary = ({ folder }: Stranger, name: string): string =>
  join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

type Packages = Readonly<Record<string, string>>

export interface Stranger {
  readonly folder: string
  /** A file of the project, by its path in it. */
  readonly write: (path: string, text: string) => string
  /** What a program prints. @error throws if it fails */
  readonly run: (binary: string, ...args: readonly string[]) => string
  readonly tsc: (compiler: string, ...args: readonly string[]) => { readonly status: number | null; readonly output: string }
  readonly leave: () => void
}

/** A project that depends on the tarball, on fp-ts, and on these. */
export const stranger = (dependencies: Packages, devDependencies: Packages): Stranger => {
  const folder = mkdtempSync(join(tmpdir(), 'foldgrad-stranger-'))
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    return path
  }
  const all = { foldgrad: `file:${inject('tarball')}`, 'fp-ts': '^2.16.0', ...dependencies }
  write('package.json', JSON.stringify({ name: 'stranger', private: true, type: 'module', dependencies: all, devDependencies }))
  execFileSync('npm', ['install', '--include=dev', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'], {
    cwd: folder,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {
    folder,
    write,
    run: (binary, ...args) => execFileSync(binary, [...args], { cwd: folder, encoding: 'utf8' }),
    tsc: (compiler, ...args) => {
      const command = [join(folder, 'node_modules', compiler, 'bin', 'tsc'), ...args]
      const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })
      return { status, output: stdout + stderr }
    },
    leave: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
