/** The map of subpaths, as TypeScript's resolvers, `import` and `require` read it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compilerOptions, compilers, nodeBinary, nodes, stranger, typescripts } from './stranger.js'

const project = stranger({}, { '@types/node': '^20.19.0', 'fast-check': '^4.0.0', ...typescripts, ...nodes.packages })
afterAll(project.leave)
const { run, tsc, write } = project

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> }
const subpaths = Object.keys(exports).map((path) => `foldgrad${path.slice(1)}`)

/** Every subpath, imported so, and a value of a type that only the right declarations give. */
const program = (importOf: (name: string, path: string) => string): string =>
  [
    ...subpaths.map((path, i) => importOf(`m${i}`, path)),
    importOf('tensor', 'foldgrad/tensor'),
    'const weights: tensor.Matrix<2, 3> = tensor.zeros([2, 3])',
    `console.log([${subpaths.map((_, i) => `m${i}`)}].length, weights.shape.join())`,
  ].join('\n')
write(
  'by-import.ts',
  program((name, path) => `import * as ${name} from '${path}'`),
)
write(
  'by-require.cts',
  program((name, path) => `import ${name} = require('${path}')`),
)

/** How a project may be set up, and which of the two programs it may hold: only `nodenext` knows that Node requires ES modules. */
const setUps = [
  { module: 'preserve', moduleResolution: 'bundler', include: ['by-import.ts'] },
  { module: 'node16', moduleResolution: 'node16', include: ['by-import.ts'] },
  { module: 'nodenext', moduleResolution: 'nodenext', include: ['by-import.ts', 'by-require.cts'] },
]

describe('the map of subpaths', () => {
  for (const [name, compiler] of Object.entries(compilers))
    for (const { include, ...setUp } of setUps)
      it(`is read by ${name} with the resolution ${setUp.moduleResolution}`, () => {
        const config = { ...compilerOptions, ...setUp, skipLibCheck: true, outDir: `${compiler}-${setUp.module}` }
        write(`${compiler}-${setUp.module}.json`, JSON.stringify({ compilerOptions: config, include }))
        expect(tsc(compiler, '-p', `${compiler}-${setUp.module}.json`)).toEqual({ status: 0, output: '' })
      })

  for (const [name, packaged] of Object.entries(nodes.names))
    for (const file of ['by-import.js', 'by-require.cjs'])
      it(`is read by ${name}: ${file}`, () => {
        expect(run(nodeBinary(project, packaged), join('typescript-7-nodenext', file))).toBe(`${subpaths.length} 2,3\n`)
      })
})
