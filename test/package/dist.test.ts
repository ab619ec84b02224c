/** What the tarball holds: nothing of Node's where a browser should go, and the licences of what was taken in. */
import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { specifiersOf } from '../house/rules.js'
import { stranger } from './stranger.js'

const project = stranger({}, {})
afterAll(project.leave)
const home = join(project.folder, 'node_modules', 'foldgrad')
const text = (path: string): string => readFileSync(join(home, path), 'utf8')

const { exports } = JSON.parse(text('package.json')) as { readonly exports: Readonly<Record<string, { readonly default: string }>> }

/** Modules outside the package that a module of it reaches, through others of it. */
const reached = (path: string, seen = new Set<string>()): readonly string[] => {
  if (seen.has(path)) return []
  seen.add(path)
  return specifiersOf({ path, text: text(path) }).flatMap(({ to }) =>
    to.startsWith('.') ? reached(posix.join(dirname(path), to), seen) : [to],
  )
}

describe('the tarball', () => {
  for (const [subpath, { default: path }] of Object.entries(exports))
    it(subpath === './codec/files' ? `reaches Node by ${subpath}` : `reaches no module of Node by ${subpath}`, () => {
      expect(reached(path).some((name) => isBuiltin(name))).toBe(subpath === './codec/files')
    })

  it('asks nobody to check the types of Immutable', () => {
    const declarations = readdirSync(join(home, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'))
    expect(declarations.length).toBeGreaterThan(100)
    const packages = declarations.flatMap((path) => specifiersOf({ path, text: text(join('dist', path)) }).map(({ to }) => to))
    expect(packages).toContain('fp-ts/lib/Either.js')
    expect(packages).not.toContain('immutable')
  })

  it('holds the licence of every package whose code it holds, and of no other', () => {
    const modules = readdirSync(join(home, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
    const named = (name: string): readonly string[] =>
      [...text(join('dist', name)).matchAll(/^\/\/ (?:#region )?node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(([, found = '']) => found)
    const packages = [...new Set(modules.flatMap(named))].sort()
    expect(packages).toContain('fp-ts')
    const licences = text('dist/THIRD-PARTY-LICENCES')
    expect([...licences.matchAll(/^(\S+)\n\n.*licen[cs]e/gim)].map(([, name]) => name)).toEqual(packages)
  })
})
