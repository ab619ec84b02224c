// Writes dist: one module for every subpath and command of package.json, and what they share in src/shared. A process that imports
// a few of them reads a few files instead of hundreds: that is half of its time to the first step. fp-ts, io-ts and immutable are
// taken in, for their sake; their values are the same by structure, so a user's own copies go along with them.
import { readFileSync } from 'node:fs'
import { rolldown } from 'rolldown'

const { exports, bin, dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const outputs = [...Object.values(exports).map(({ default: path }) => path), ...Object.values(bin)].map((path) =>
  path.replace(/^(\.\/)?dist\//, ''),
)
const takenIn = ['fp-ts', 'io-ts', 'immutable']
const outside = [...Object.keys(dependencies), ...Object.keys(peerDependencies)].filter((name) => !takenIn.includes(name))

const bundle = await rolldown({
  input: Object.fromEntries(outputs.map((path) => [path.replace(/\.js$/, ''), path.replace(/\.js$/, '.ts')])),
  external: (id) => id.startsWith('node:') || outside.some((name) => id === name || id.startsWith(`${name}/`)),
  platform: 'node',
})
// Two folders deep, as every source is that looks for another by its own place.
await bundle.write({ dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'src/shared/[name].js' })
