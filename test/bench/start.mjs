// Installs the peers in this folder, if they are not there, bundles the bench, and starts it. Without a peer it goes on, and says so.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '..', '..')
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

if (modified(join(here, 'node_modules', '.package-lock.json')) < modified(join(here, 'package-lock.json')))
  spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })

/** The library as it is published; peers are loaded by name, so only what is of this project is bundled. */
const published = {
  name: 'published',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^foldgrad\// }, ({ path }) => ({
      path: pathToFileURL(join(root, 'dist', 'src', path.replace('foldgrad/', ''), 'index.js')).href,
      external: true,
    })),
}
await build({
  entryPoints: [join(here, 'main.ts'), join(here, 'row.ts')],
  outdir: join(here, 'dist'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
  plugins: [published],
})
await import(pathToFileURL(join(here, 'dist', 'main.js')).href)
