// Writes dist: one module for every subpath and command of package.json, what they share in src/shared, and the licences of what is
// taken in. A process that imports a few of them reads a few files instead of hundreds: that is most of its time to the first step.
// fp-ts and io-ts are taken in, function by function; their values are the same by structure, so a user's own copies go along with
// them. Immutable stays outside, so that a page has one. Nothing here is for Node: what a source does not import, dist does not.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rolldown } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

const { exports, bin, dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const outputs = [...Object.values(exports).map(({ default: path }) => path), ...Object.values(bin)].map((path) =>
  path.replace(/^(\.\/)?dist\//, ''),
)
const takenIn = ['fp-ts', 'io-ts']
const outside = [...Object.keys(dependencies), ...Object.keys(peerDependencies)].filter((name) => !takenIn.includes(name))

const isNode = (x) => typeof x === 'object' && x !== null && typeof x.type === 'string'
const childrenOf = (node) =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []))
/** Where calls begin that a value is made by as its module is read: not those inside of functions. */
const callsOf = (node) => [
  ...(/^(Call|New)Expression$/.test(node.type) ? [node.start] : []),
  ...(/Function/.test(node.type) ? [] : childrenOf(node).flatMap(callsOf)),
]
/**
 * The same module, whose values are marked as made by pure functions, which they are: whoever bundles a page leaves out those that it does not use. Of a module of its own for every
 * subpath nothing would be left out otherwise, since `relu` is what `pointwise(…)` gives.
 */
const marked = {
  name: 'marked',
  renderChunk: (code) =>
    parseAst(code)
      .body.flatMap(({ type, declarations }) => (type === 'VariableDeclaration' ? declarations : []))
      .flatMap(({ init }) => (init === null ? [] : callsOf(init)))
      .reduceRight((text, at) => `${text.slice(0, at)}/* @__PURE__ */ ${text.slice(at)}`, code),
}

const bundle = await rolldown({
  input: Object.fromEntries(outputs.map((path) => [path.replace(/\.js$/, ''), path.replace(/\.js$/, '.ts')])),
  external: (id) => id.startsWith('node:') || outside.some((name) => id === name || id.startsWith(`${name}/`)),
  platform: 'neutral',
  // As ES modules, of which only what is used is taken.
  resolve: { mainFields: ['module', 'main'], alias: Object.fromEntries(takenIn.map((name) => [`${name}/lib`, `${name}/es6`])) },
})
const { output } = await bundle.write({
  dir: 'dist',
  format: 'esm',
  entryFileNames: '[name].js',
  // Two folders deep, as every source is that looks for another by its own place.
  chunkFileNames: 'src/shared/[name].js',
  // The file that bundlers choose for `immutable`; Node would choose one that takes it 40 ms longer to read.
  paths: { immutable: 'immutable/dist/immutable.es.js' },
  plugins: [marked],
})

const packageOf = (id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1]
const packages = [...new Set(output.flatMap(({ moduleIds = [] }) => moduleIds.map(packageOf)))].filter((name) => name !== undefined).sort()
const licenceOf = (name) => {
  const file = readdirSync(`node_modules/${name}`).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`bundle expects a licence in node_modules/${name}, receives none`)
  return `${name}\n\n${readFileSync(`node_modules/${name}/${file}`, 'utf8').trim()}\n`
}
writeFileSync('dist/THIRD-PARTY-LICENCES', packages.map(licenceOf).join('\n\n'))
