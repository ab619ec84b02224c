/** The package outside Node: bundled for a page by esbuild and by Vite, without alias or polyfill, it trains in a browser, and reads images, to the same bits. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build as esbuild, transform } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { createLogger, preview, build as vite } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { stranger } from './stranger.js'
import type { Trained } from './trained.js'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (executablePath === undefined)
  process.stderr.write('\n\n!!! NO CHROMIUM: THE PACKAGE IS NOT TRIED IN A BROWSER. As root: apt-get install chromium !!!\n\n\n')

const { folder, leave, run, write } = stranger({}, {})
afterAll(leave)
// Vite is silent where NODE_ENV is `test`
vi.stubEnv('NODE_ENV', 'production')
afterAll(() => void vi.unstubAllEnvs())

/** What a page says that runs this, by its address. */
const onPage = async (browser: Browser, address: string): Promise<Trained> => {
  const page = await browser.newPage()
  const failures: string[] = []
  page.on('pageerror', ({ message }) => failures.push(message))
  await page.goto(address)
  await page.waitForFunction(() => 'trained' in globalThis || document.title === 'failed')
  expect(failures).toEqual([])
  return page.evaluate(() => (globalThis as unknown as { readonly trained: Trained }).trained)
}

/** The folder's files, served as Vite serves what it has built. */
const served = async (
  outDir: string,
  headers: Readonly<Record<string, string>>,
  use: (address: string) => Promise<void>,
): Promise<void> => {
  const server = await preview({ root: folder, configFile: false, logLevel: 'silent', build: { outDir }, preview: { port: 0, headers } })
  try {
    await use(server.resolvedUrls?.local[0] ?? 'nowhere')
  } finally {
    await server.close()
  }
}
const html = (script: string): string =>
  `<!doctype html><script>onerror = () => { document.title = 'failed' }</script><script type="module" src="${script}"></script>`

beforeAll(async () => {
  write('trained.ts', readFileSync(join('test', 'package', 'trained.ts'), 'utf8'))
  write('page.ts', "import { trained } from './trained.ts'\nObject.assign(globalThis, { trained: trained() })\n")
  write(
    'worker.ts',
    `import { openWasm } from 'foldgrad/engine/wasm'
import { trained } from './trained.ts'
const opened = await openWasm({ threads: 2, leastWork: 0 })()
if (opened._tag === 'Left') throw opened.left
postMessage({ threads: opened.right.threads, trained: trained(opened.right) })
`,
  )
  write(
    'threads.ts',
    `import { openWasm } from 'foldgrad/engine/wasm'
const here = await openWasm({ threads: 2 })()
const worker = new Worker('/worker.js', { type: 'module' })
worker.onmessage = ({ data }) => Object.assign(globalThis, { here: here._tag === 'Right' ? here.right.threads : here.left, ...data })
worker.onerror = () => { document.title = 'failed' }
`,
  )
  write('index.html', html('/page.ts'))
  write('trained.js', (await transform(readFileSync(join(folder, 'trained.ts'), 'utf8'), { loader: 'ts' })).code)
  write('node.js', "import { trained } from './trained.js'\nconsole.log(JSON.stringify(trained()))\n")
})

describe('bundled for a page', () => {
  it('by esbuild, it warns of nothing', async () => {
    const built = await esbuild({ entryPoints: [join(folder, 'page.ts')], bundle: true, format: 'esm', outfile: join(folder, 'by-esbuild', 'page.js'), logLevel: 'silent' }) // biome-ignore format: one line of options
    expect(built.warnings).toEqual([])
    write('by-esbuild/index.html', html('/page.js'))
  })
  it('by Vite, it warns of nothing', async () => {
    const warnings: string[] = []
    const warn = (message: string): void => void warnings.push(message)
    const customLogger = { ...createLogger('silent'), warn, warnOnce: warn }
    await vite({ root: folder, configFile: false, logLevel: 'warn', customLogger, build: { outDir: 'by-vite' } })
    expect(warnings).toEqual([])
  })
})

describe.skipIf(executablePath === undefined)('in a browser', () => {
  const inNode = (): Trained => JSON.parse(run(process.execPath, 'node.js')) as Trained

  for (const bundler of ['esbuild', 'vite'])
    it(`bundled by ${bundler}, it learns XOR, trains a network and reads images to the same bits as in Node`, async () => {
      const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] })
      try {
        await served(`by-${bundler}`, {}, async (address) => {
          const inBrowser = await onPage(browser, address)
          expect(inBrowser.xor.map(Math.round)).toEqual([0, 1, 1, 0])
          expect(Object.keys(inBrowser.network).length).toBeGreaterThan(20)
          expect(inBrowser.images.map((image) => image.length)).toEqual([64, 64])
          expect(inBrowser).toEqual(inNode())
        })
      } finally {
        await browser.close()
      }
    })

  it.each([
    ['isolated', { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }, 2],
    ['not isolated', {}, 1],
  ])(
    'in a worker of a page that is %s, in threads or without, to the same bits; the page itself has one thread',
    async (_, headers, threads) => {
      const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] })
      try {
        for (const name of ['threads', 'worker'])
        await esbuild({ entryPoints: [join(folder, `${name}.ts`)], bundle: true, format: 'esm', target: 'es2022', outfile: join(folder, 'in-threads', `${name}.js`), logLevel: 'silent' }) // biome-ignore format: one line of options
        write('in-threads/index.html', html('/threads.js'))
        await served('in-threads', headers, async (address) => {
          const page = await browser.newPage()
          await page.goto(address)
          await page.waitForFunction(() => 'trained' in globalThis || document.title === 'failed')
          const said = await page.evaluate(() => {
            const { here, threads: inWorker, trained } = globalThis as unknown as Readonly<Record<'here' | 'threads' | 'trained', unknown>>
            return { here, inWorker, trained }
          })
          expect(said).toEqual({ here: 1, inWorker: threads, trained: inNode() })
        })
      } finally {
        await browser.close()
      }
    },
  )
})
