/** The command `foldgrad-laws`, run as a process on modules of a user: what it says, what it counts, how it ends. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../../laws/cli/modules.js'
import { layerLaws } from '../../laws/index.js'
import { relu } from '../../src/layer/index.js'
import { blocksOf } from '../package/readme.js'
import { withoutTimes } from './without-times.js'

const packageVersion = (): string => (JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }).version
const layerLawCount = layerLaws(relu, { input: [3] }).length
const requiredCount = layerLaws(relu, { input: [3] }).filter(({ tier }) => tier === 'required').length
const folder = mkdtempSync(join(tmpdir(), 'foldgrad-laws-'))
/** Beside node_modules, so that the bundle finds what it does not hold. */
const bundled = resolve('node_modules', '.vitest', 'foldgrad-laws')
const laws = (...args: readonly string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(bundled, 'main.js'), ...args], { cwd: folder, encoding: 'utf8' })
  return { stdout, stderr, status }
}

const files: Readonly<Record<string, string>> = {
  'right.ts': `
    import { pointwise } from 'foldgrad/network'
    import { mul, sigmoid } from 'foldgrad/ops'
    export const swish = pointwise('swish', (x) => mul(sigmoid(x))(x))
    export default swish
    export const input: readonly number[] = [3]
    export const slope: number = 1`,
  'half.ts': `
    import { dense } from 'foldgrad/layer'
    import { layer } from 'foldgrad/network'
    import { mul } from 'foldgrad/ops'
    import { ones } from 'foldgrad/tensor'
    export const scale = layer({ name: 'scale', input: [4], output: [4], init: () => ({ by: ones([4]) }), apply: ({ by }) => mul(by) })
    export const three = dense(3)
    export const shout = (text: string, times: number): string => text.repeat(times)`,
  'random.ts': `
    import { layer, pointwise } from 'foldgrad/network'
    import { add, mul, stopGradient } from 'foldgrad/ops'
    import { vector } from 'foldgrad/tensor'
    export const restless = pointwise('restless', (x) => mul(Math.random())(x))
    export const constant = pointwise('constant', (x) => mul(stopGradient(x))(x))
    export const unseeded = layer({
      name: 'unseeded', input: [2], output: [2], init: () => ({ by: vector([Math.random(), 1]) }), apply: ({ by }) => add(by),
    })`,
  'shape.ts': `
    import { layer } from 'foldgrad/network'
    export const wrong = layer({ name: 'wrong', input: [4], output: [3], init: () => ({}), apply: () => (x: any) => x })`,
  'uninitialised.ts': `
    import { layer } from 'foldgrad/network'
    export const torn = layer({ name: 'torn', input: [2], output: [2], init: (): {} => { throw new Error('no weights') }, apply: () => (x) => x })`,
  'optimisers.ts': `
    import { gradientDescent, stateless } from 'foldgrad/optimise'
    export const descent = gradientDescent({ learningRate: 0.1 })
    export const ascent = stateless((g) => g)`,
  'own-laws.ts': `
    import { fact } from 'foldgrad/laws'
    export const laws = [
      fact({ name: 'sum', statement: '1 + 1 = 2' }, () => undefined),
      fact({ name: "user's difference", statement: '2 − 1 = 2' }, () => { throw new Error('it is 1') }),
    ]`,
  'network.ts': `
    import { relu } from './own/activation.js'
    import { input } from 'foldgrad/layer'
    export const net = relu(input(2))`,
  'own/activation.ts': `export { relu } from 'foldgrad/layer'`,
  'nothing.ts': 'const x: number = 1',
  'torn.ts': 'export const a = 1\nexport const b: number = = 2\n',
  'own/thrower.ts': '\n\nthrow new Error("not today")\n',
  'imports-thrower.ts': "import './own/thrower.js'",
  'late.ts': "export { relu } from 'foldgrad/layer'\nPromise.reject(new Error('too\\nlate'))",
  'never.ts': "export { relu } from 'foldgrad/layer'\nawait new Promise(() => {})",
  'leaves.ts': 'process.exit(0)',
  'leaves-later.ts': `
    import { pointwise } from 'foldgrad/network'
    export const leaving = pointwise('leaving', () => process.exit(0))`,
  'endless.ts': `
    import { pointwise } from 'foldgrad/network'
    export const endless = pointwise('endless', (x) => { for (;;) {} return x })`,
  'waits.ts': "export { relu } from 'foldgrad/layer'\nsetInterval(() => {}, 1000)",
  'lost.ts': "import { gone } from 'foldgrad/gone'\nexport const x = gone",
  'factory.ts': `
    import { pointwise } from 'foldgrad/network'
    import { mul } from 'foldgrad/ops'
    export const scaled = (by: number) => pointwise('scaled', (x) => mul(by)(x))`,
  "a user's own layer.ts": `
    import { pointwise } from 'foldgrad/network'
    import { stopGradient } from 'foldgrad/ops'
    export const still = pointwise('still', (x) => stopGradient(x))`,
}

beforeAll(async () => {
  for (const [name, code] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), code)
  }
  execFileSync('mkfifo', [join(folder, 'pipe.ts')])
  const bundle = await rolldown({
    input: 'laws/cli/main.ts',
    platform: 'node',
    external: [/^(cmd-ts|jiti|fast-check|fp-ts|io-ts|immutable)/],
  })
  rmSync(bundled, { recursive: true, force: true })
  await bundle.write({ dir: bundled, format: 'esm' })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const tally = (stdout: string): string => stdout.trim().split('\n').at(-1)?.replace(/ \(.*/, '') ?? ''
interface Line {
  readonly export: string
  readonly law: string
  readonly tier: string
  readonly holds: boolean
  readonly seed: number
  readonly runs: number
  readonly counterexample?: readonly string[]
}
const linesOf = (stdout: string): readonly Line[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
const brokenOf = (stdout: string): readonly string[] =>
  linesOf(stdout).flatMap((line) => (line.holds ? [] : [`${line.export} ${line.law}`]))

describe('foldgrad-laws', () => {
  it('ends with 0 where all laws hold; without colours, where nobody looks; what has two names is tried once', () => {
    const { stdout, stderr, status } = laws('right.ts')
    expect([status, stderr, tally(stdout)]).toEqual([0, '', `${layerLawCount} laws hold`])
    expect(stdout).toMatch(/^default, a layer on \[3\]$/m)
    expect(stdout).toMatch(/^ {2}✓ layer\.adjoint +\d+ ms {2}⟨dy, J·v⟩ = /m)
    expect(stdout.split('').every((c) => c === '\n' || c >= ' ')).toBe(true)
  })
  it('prefers the shape that is given to that of the module', () =>
    expect(laws('right.ts', '--input', '2,2,1', '--runs', '3').stdout).toContain('a layer on [2, 2, 1]'))
  it('says which functions it does not try, and why', () => {
    const { stdout, status } = laws('half.ts', '--input', '5', '--runs', '3')
    expect(status).toBe(0)
    expect(stdout).toContain('scale is not tried: a function that refuses [5]: scale expects [4], receives [5]\n')
    expect(stdout).toContain('shout is not tried: a function of 2 arguments; a layer is a function of one, the network so far\n')
    expect(stdout).toContain('three, a layer on [5]\n')
  })
  it('prints one JSON object a law, and nothing else', () => {
    const { stdout, stderr, status } = laws('half.ts', '--input', '4', '--json', '--runs', '5', '--seed', '-3')
    expect(status).toBe(0)
    const lines = linesOf(stdout)
    expect(lines.filter(({ tier }) => tier === 'required')).toHaveLength(2 * requiredCount)
    for (const { holds, seed, runs } of lines) expect([holds, seed, runs]).toEqual([true, -3, 5])
    expect(stderr).toContain('shout is not tried')
  })

  it('sees impurity and derivatives that are none', () => {
    const { stdout, status } = laws('random.ts', '--input', '2', '--json')
    expect(status).toBe(1)
    expect(brokenOf(stdout)).toEqual(expect.arrayContaining(['restless layer.pure', 'constant layer.adjoint', 'unseeded layer.init']))
    expect(brokenOf(stdout)).not.toContain('constant layer.pure')
  })
  it.each([
    ['shape.ts', '4', 'but         wrong expects parameters that give [3], receives some that give [4]'],
    ['uninitialised.ts', '2', 'but         no weights'],
  ])('goes on to the end where %s throws in every law', (file, input, reason) => {
    const { stdout, stderr, status } = laws(file, '--input', input, '--runs', '5')
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout.match(/^ {2}[✓✗!]/gm)).toHaveLength(layerLawCount)
    expect(stdout).toContain(reason)
  })
  it('warns of a recommended law, unless it is to be strict', () => {
    const { stdout, status } = laws('optimisers.ts', '--runs', '5')
    expect(status).toBe(0)
    expect(tally(stdout)).toMatch(/^\d+ laws hold, 1 is recommended and broken$/)
    expect(stdout).toMatch(/^ {2}! optimiser\.ascent\.descends/m)
    expect(laws('optimisers.ts', '--runs', '5', '--strict').status).toBe(1)
    expect(laws('optimisers.ts', '--runs', '5', '--strict', '--tier', 'required').status).toBe(0)
  })
  it('runs laws of the module', () => {
    const { stdout, status } = laws('own-laws.ts')
    expect([status, tally(stdout)]).toEqual([1, '1 law holds, 1 is broken'])
    expect(stdout).toContain('but         it is 1')
  })
  it('tries a network on its own input, and follows imports', () =>
    expect(laws('network.ts', '--runs', '3').stdout).toContain('net, a network on [2]'))

  it('prints the command that finds the same example again', () => {
    const first = laws("a user's own layer.ts", '--input', '2')
    const replay = /replay {6}npx foldgrad-laws (.*)/.exec(first.stdout)?.[1] ?? ''
    expect(replay).toMatch(/^'a user'\\''s own layer\.ts' --input 2 --export still --only layer\.adjoint --seed -\d+ --runs 100$/)
    const [, ...options] = replay.replace(/^'.*' /, '').split(' ')
    const again = laws("a user's own layer.ts", '--input', ...options)
    const report = (stdout: string): string =>
      withoutTimes(stdout).slice(stdout.indexOf('the law') < 0 ? 0 : withoutTimes(stdout).indexOf('the law'))
    expect(report(again.stdout).split('\n\n')[0]).toBe(report(first.stdout).split('\n\n')[0])
    expect(tally(again.stdout)).toBe('0 laws hold, 1 is broken')
  })
  it('says of the layer that is wrong on purpose what docs/laws says it does', async () => {
    const wrong = spawnSync(process.execPath, [join(bundled, 'main.js'), 'docs/laws/wrong-layer.ts', '--input', '4'], { encoding: 'utf8' })
    expect(wrong.status).toBe(1)
    await expect(withoutTimes(wrong.stdout)).toMatchFileSnapshot('../../docs/laws/wrong-layer.txt')
  })
  it('is quoted in the README as it speaks', () => {
    const quoted = blocksOf(readFileSync('README.md', 'utf8')).find(({ code }) => code.startsWith('$ npx foldgrad-laws'))
    const [shell, ...lines] = quoted?.code.trimEnd().split('\n') ?? []
    expect(shell).toBe('$ npx foldgrad-laws docs/laws/wrong-layer.ts --input 4')
    const said = readFileSync('docs/laws/wrong-layer.txt', 'utf8').trimEnd().split('\n')
    const shown = lines.filter((line) => line.trim() !== '…')
    expect(said.filter((line) => shown.includes(line))).toEqual(shown)
  })
  it('leaves nothing behind', () =>
    expect(readdirSync(folder).sort()).toEqual([...new Set([...Object.keys(files), 'pipe.ts'].map((f) => f.split('/')[0]))].sort()))

  it.each([
    [[], 'expects a file, and the options that --help lists, receives nothing (No value provided for file)'],
    [['right.ts', '--runs', '12abc'], '--runs expects a whole number of at least 1, receives 12abc\n'],
    [['right.ts', '--runs', '0'], '--runs expects a whole number of at least 1, receives 0\n'],
    [['right.ts', '--seed='], '--seed expects a value, receives none\n'],
    [['right.ts', '--timeout', '0'], '--timeout expects a whole number of at least 1, receives 0'],
    [['right.ts', '--fast'], 'expects a file, and the options that --help lists, receives right.ts --fast (--fast: Unknown arguments)'],
    [['right.ts', '--seed', '1.5'], '--seed expects a whole number, receives 1.5'],
    [['right.ts', '--input', '3,x'], '--input expects a shape, such as 16 or 28,28,1, receives 3,x'],
    [['right.ts', '--only', 'layer.gone'], '--only expects a part of the name of a law, receives layer.gone (right.ts)'],
    [['right.ts', '--export', 'swash'], 'expects an export swash, receives default, input, slope, swish (right.ts)'],
    [['right.ts', '--export', 'slope'], 'expects a layer, a network, an optimiser or laws, receives slope, a number (right.ts)'],
    [['none.ts'], 'expects a file with your layer, receives none at none.ts'],
    [['own'], 'expects a file with your layer, receives a folder, own'],
    [['pipe.ts'], 'expects a file with your layer, receives what is neither a file nor a folder, pipe.ts'],
    [['nothing.ts'], 'expects a module that exports a layer, receives one that exports nothing (nothing.ts)'],
    [['torn.ts'], 'expects a module that loads, receives one that does not: Unexpected token (torn.ts:2)'],
    [['imports-thrower.ts'], `expects a module that loads, receives one that does not: not today (${join('own', 'thrower.ts')}:3)`],
    [['lost.ts'], 'expects a module that loads, receives one that does not: Cannot find module'],
    [['half.ts'], 'scale, a function; if it is a layer, say on which shape it is tried: --input 16'],
    [['half.ts', '--input', '2,2'], 'scale, a function that refuses [2, 2]: scale expects [4], receives [2, 2]'],
    [
      ['factory.ts', '--input', '2'],
      'scaled, a function that makes a function; if it makes layers, export one: export const layer = scaled(…)',
    ],
  ])('refuses %j in one sentence', (args, sentence) => {
    const { stdout, stderr, status } = laws(...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
  it('says in one sentence what a promise of the module says later', () =>
    expect(laws('late.ts', '--input', '3', '--runs', '2')).toMatchObject({ stderr: 'too late\n', status: 2 }))
  it.each([
    [
      ['never.ts', '--input', '3'],
      'a module that lets the laws end, receives one whose top-level await never settles (while it loads never.ts)',
    ],
    [['leaves.ts'], 'a module that lets the laws end, receives one that ends the process itself, with 0 (while it loads leaves.ts)'],
    [
      ['leaves-later.ts', '--input', '3'],
      'a module that lets the laws end, receives one that ends the process itself, with 0 (at layer.shape of leaving)',
    ],
    [
      ['endless.ts', '--input', '3', '--timeout', '2'],
      'the laws to end within 2 s, receives no end; give them longer by --timeout, or look for a loop without an end (at layer.shape of endless)',
    ],
  ])('%j ends with 2 and a word, though nothing is proven', (args, sentence) => {
    const { stderr, status } = laws(...args)
    expect([status, stderr]).toEqual([2, `foldgrad-laws expects ${sentence}\n`])
  })
  it('ends when the laws do, whatever the module still waits for', () =>
    expect(laws('waits.ts', '--input', '3', '--runs', '2').status).toBe(0))
  it('says its version', () => expect(laws('--version')).toMatchObject({ stdout: `${packageVersion()}\n`, status: 0 }))
  it('says what it is for', () => {
    const { stdout, status } = laws('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('A layer')
  })
})

it('a user may import every subpath of the package', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> }
  expect(Object.keys(modules).sort()).toEqual(
    Object.keys(exports)
      .map((path) => `foldgrad${path.slice(1)}`)
      .sort(),
  )
})
