/** `npm run sizes`: every subpath with all that it exports, bundled for a page, minified and gzipped; and a page that trains. */
import { allOf, exports, type Size, sizeOf, training } from './size.js'

/** Where there are files of Node's, or a library for tests. */
const elsewhere = ['./codec/files', './laws']
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1)
const line = (what: string, { minified, gzipped }: Size): string => `| ${what} | ${kilobytes(minified)} | ${kilobytes(gzipped)} |`

console.log('| a page | minified, KB | gzipped, KB |\n|---|---:|---:|')
console.log(line('that trains a network by the WebAssembly engine', await sizeOf(training)))
for (const path of Object.keys(exports).filter((name) => !elsewhere.includes(name))) {
  const subpath = path.replace('.', 'foldgrad')
  console.log(line(`with all of \`${subpath}\``, await sizeOf(allOf(subpath))))
}
