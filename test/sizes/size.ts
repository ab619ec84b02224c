/** What a page weighs that uses the package as it is published. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..', '..')
export const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, { readonly default: string }>>
}

/** What `foldgrad/…` is. */
const published: Plugin = {
  name: 'published',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^foldgrad\// }, ({ path }) => ({ path: join(root, exports[path.replace('foldgrad', '.')]?.default ?? '') })),
}

/** @unit bytes */
export interface Size {
  readonly minified: number
  readonly gzipped: number
}
/** A page that runs this, bundled. */
export const sizeOf = async (contents: string): Promise<Size> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
    write: false,
    plugins: [published],
  })
  const bytes = outputFiles[0]?.contents ?? new Uint8Array()
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length }
}

/** A page that uses all of a subpath. */
export const allOf = (subpath: string): string => `import * as all from '${subpath}'; Object.assign(globalThis, { all })`

/** A page that trains a network by the WebAssembly engine. */
export const training = `
  import { pipe } from 'fp-ts/lib/function.js'
  import { batches } from 'foldgrad/data'
  import { compile } from 'foldgrad/engine'
  import { wasm } from 'foldgrad/engine/wasm'
  import { dense, input, relu } from 'foldgrad/layer'
  import { categorical } from 'foldgrad/likelihood'
  import { argMax, oneHot } from 'foldgrad/ops'
  import { adam } from 'foldgrad/optimise'
  import { key, uniform } from 'foldgrad/random'
  import { train } from 'foldgrad/train'
  const { init, step } = train(categorical(pipe(input(784), dense(128), relu, dense(10))), adam({ learningRate: 1e-3 }))
  const fast = compile(wasm)(step)
  const data = { x: uniform([256, 784])(key(1)), y: oneHot(10)(argMax(-1)(uniform([256, 10])(key(2)))) }
  let state = init(key(42))
  for (const batch of batches(data, { size: 128, key: key(7) })) state = fast(state, batch)
  console.log(state)
`
