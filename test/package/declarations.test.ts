/** Whatever inference puts into the declarations of a stranger's module has a name that the module can write. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compilerOptions, compilers, stranger, typescripts } from './stranger.js'

const { leave, tsc, write } = stranger({}, { '@types/node': '^20.19.0', 'fast-check': '^4.0.0', ...typescripts })
afterAll(leave)
const text = readFileSync(join('test', 'package', 'exported.ts'), 'utf8')
write('exported.ts', text)

describe('declarations', () => {
  it('are tried on many exported values', () => expect(text.match(/^export const /gm)?.length).toBeGreaterThanOrEqual(30))

  for (const [name, compiler] of Object.entries(compilers))
    it(`are written by ${name}`, () => {
      const options = { ...compilerOptions, declaration: true, isolatedModules: true, skipLibCheck: true, outDir: compiler }
      write(`${compiler}.json`, JSON.stringify({ compilerOptions: options, include: ['exported.ts'] }))
      expect(tsc(compiler, '-p', `${compiler}.json`)).toEqual({ status: 0, output: '' })
    })
})
