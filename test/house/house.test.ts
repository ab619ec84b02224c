/** The house is in order; and each rule is seen to fail where it is broken. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { badExports, badImports, badMutations, badNodeImports, badTop, circles, type Source } from './rules.js'

const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '')
const read = (path: string): Source => ({ path, text: readFileSync(path, 'utf8') })
const sources = paths.filter((path) => /^(src|laws)\/.*\.ts$/.test(path) && !path.startsWith('src/engine/wasm/assembly/')).map(read)

describe('the house', () => {
  it('imports only from folders above', () => expect(badImports(sources)).toEqual([]))
  it('imports in no circle', () => expect(circles(sources)).toEqual([]))
  it('imports modules of Node only where it is in Node', () => expect(badNodeImports(sources)).toEqual([]))
  it('mutates only behind the door, in loops and in engines', () => expect(badMutations(sources)).toEqual([]))
  it('holds at its top only what must be there', () => expect(badTop(paths)).toEqual([]))
  it('exports every folder that has an index', () => {
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> }
    expect(badExports(Object.keys(exports), paths)).toEqual([])
  })
  it.each(['package-lock.json', 'test/bench/package-lock.json'])('names no registry in %s', (lockfile) =>
    expect(readFileSync(lockfile, 'utf8')).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/),
  )
})

describe('the rules see', () => {
  it('an import of a folder below', () =>
    expect(badImports([{ path: 'src/shape/a.ts', text: "import type { T } from '../tensor/tensor.js'" }])).toEqual([
      'src/shape/a.ts:1 imports src/tensor/tensor.ts, which does not stand above src/shape',
    ]))
  it('an import inside a type, and one inside a function', () =>
    expect(
      badImports([
        { path: 'src/shape/a.ts', text: "\nexport type T = import('../tensor/tensor.js').T" },
        { path: 'src/shape/b.ts', text: "export const t = () => import('../tensor/tensor.js')" },
      ]),
    ).toEqual([
      'src/shape/a.ts:2 imports src/tensor/tensor.ts, which does not stand above src/shape',
      'src/shape/b.ts:1 imports src/tensor/tensor.ts, which does not stand above src/shape',
    ]))
  it('a folder without a place', () =>
    expect(badImports([{ path: 'src/utils/a.ts', text: 'export const a = 1' }])).toEqual([
      'src/utils/a.ts:1 lives in src/utils, which has no place in the order of folders',
    ]))
  it('an engine that imports another, and a program form that knows an engine; not an engine that shares the program form', () => {
    expect(badImports([{ path: 'src/engine/wasm/a.ts', text: "export * from '../reference/index.js'" }])).toHaveLength(1)
    expect(badImports([{ path: 'src/engine/program/a.ts', text: "export * from '../wasm/link.js'" }])).toHaveLength(1)
    expect(badImports([{ path: 'src/engine/wasm/a.ts', text: "export * from '../program/lower.js'" }])).toEqual([])
  })
  it('a module of Node, under either of its names', () =>
    expect(
      badNodeImports([
        { path: 'src/ops/a.ts', text: "import { join } from 'node:path'\nexport type S = import('fs').Stats" },
        { path: 'src/codec/a.ts', text: "export const f = () => import('node:fs/promises')" },
        { path: 'src/codec/files/a.ts', text: "import { join } from 'node:path'" },
        { path: 'laws/cli/a.ts', text: "import { join } from 'node:path'" },
      ]),
    ).toEqual([
      'src/ops/a.ts:1 imports node:path, which only src/codec/files, src/cli, laws/cli may',
      'src/ops/a.ts:2 imports fs, which only src/codec/files, src/cli, laws/cli may',
      'src/codec/a.ts:1 imports node:fs/promises, which only src/codec/files, src/cli, laws/cli may',
    ]))
  it('a circle', () =>
    expect(
      circles([
        { path: 'src/ops/a.ts', text: "import { b } from './b.js'" },
        { path: 'src/ops/b.ts', text: "import type { A } from './a.js'" },
      ]),
    ).toEqual(['src/ops/a.ts → src/ops/b.ts → src/ops/a.ts']))
  it('a let, an assignment, an increment, a delete', () =>
    expect(badMutations([{ path: 'src/ops/a.ts', text: 'let x = 1\nx = 2\nx++\ndelete y.z\n' }])).toEqual([
      'src/ops/a.ts:1 mutates',
      'src/ops/a.ts:2 mutates',
      'src/ops/a.ts:3 mutates',
      'src/ops/a.ts:4 mutates',
    ]))
  it('a loop that assigns to a member', () =>
    expect(badMutations([{ path: 'src/ops/a.ts', text: 'for (a.b of c) {}' }])).toEqual(['src/ops/a.ts:1 mutates']))
  it('this, set outside a constructor only', () =>
    expect(badMutations([{ path: 'src/ops/a.ts', text: 'class A {\nconstructor() {\nthis.x = 1\n}\nset() {\nthis.x = 2\n}\n}' }])).toEqual([
      'src/ops/a.ts:6 mutates',
    ]))
  it('a mutation without its header', () => expect(badMutations([{ path: 'src/ops/loop/a.ts', text: 'let x = 1' }])).toHaveLength(1))
  it('a header where nothing may mutate', () =>
    expect(badMutations([{ path: 'src/ops/a.ts', text: '// mutates: x, escapes: nothing' }])).toHaveLength(1))
  it('a subpath without a folder, and a folder without a subpath', () =>
    expect(badExports(['./ops', './gone'], ['src/ops/index.ts', 'laws/index.ts', 'src/cli/main.ts', 'test/a/index.ts'])).toEqual([
      'package.json exports ./gone, which is no folder',
      'package.json does not export ./laws, which has an index',
    ]))
  it('a stranger at the top', () => expect(badTop(['utils/a.ts', 'src/a.ts'])).toEqual(['utils does not belong at the top level']))
})
