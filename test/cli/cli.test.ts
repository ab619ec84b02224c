/** The command line, run as a process: what it prints, what it writes, how it ends. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesOf } from '../../src/cli/tabular/folder.js'
import { writeDigits } from './digits.js'

const folder = mkdtempSync(join(tmpdir(), 'foldgrad-cli-'))
/** Beside node_modules, so that the bundle finds what it does not hold. */
const command = join('node_modules', '.vitest', 'foldgrad.mjs')
const run = (...args: readonly string[]) => spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })

beforeAll(async () => {
  const bundle = await rolldown({
    input: 'src/cli/main.ts',
    platform: 'node',
    external: [/^(cmd-ts|cli-progress|cli-table3|fp-ts|io-ts|immutable)/],
  })
  await bundle.write({ file: command, format: 'esm' })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('foldgrad train', () => {
  it('tells the story of XOR, and answers for rows of a file', () => {
    const [out, rows] = [join(folder, 'xor'), join(folder, 'rows.csv')]
    const { stdout, status, stderr } = run('train', 'xor', '--out', out)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('linear model       0.500  0.500  0.500  0.500')
    writeFileSync(rows, 'a,b\n1,0\n1,1\n')
    expect(run('predict', out, rows).stdout).toMatch(/^xor,p\(0\),p\(1\)\n1,.*\n0,.*\n$/)
    expect(run('evaluate', out).stdout).toMatch(/^ the four rows that it has learned from *\n accuracy +1\n/m)
  })

  it('trains, evaluates and saves; piped, it prints plain lines', () => {
    writeDigits(folder, 'train', 200)
    writeDigits(folder, 't10k', 50)
    const out = join(folder, 'saved', 'digits')
    const { stdout, stderr, status } = run('train', 'mnist', '--data', folder, '--epochs', '20', '--batch', '16', '--out', out)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ network +1 +1 /m)
    expect(stdout).toMatch(/^epoch 12 {2}cost \d\.\d{4} nats {2}[\d,]+ samples\/s/m)
    expect(stdout).toContain(`saved to ${out}`)
    expect(existsSync(filesOf(out).model)).toBe(true)
    expect(stdout.split('').every((c) => c === '\n' || c >= ' ')).toBe(true)
    expect(run('evaluate', out).stdout).toMatch(/^ 50 images that it has not seen *\n accuracy +1\n/m)
    expect(run('history', out).stdout).toMatch(/^ 20 .* kept$/m)
    expect(run('describe', out).stdout).toMatch(/^dense +\[128\] +100,480$/m)
    const events = run('train', 'mnist', '--config', join(out, 'config.json'), '--epochs', '2', '--out', out, '--json')
      .stdout.trim()
      .split('\n')
    expect(events.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(['epoch', 'epoch', 'target'])
    expect(run('train', '--config', join(out, 'config.json'), '--out', out).stdout).toContain('images to learn from 200')
  })

  it('says at which step training diverged, with which cost before, and keeps the last good state', () => {
    const out = join(folder, 'diverged')
    const { stdout, stderr, status } = run('train', 'mnist', '--data', folder, '--epochs', '3', '--optimiser', 'adam 1e38', '--out', out)
    expect(stderr).toMatch(
      /^foldgrad: training diverged at step \d+: its cost is (NaN|Infinity), the cost before it was [\d.e+]+; try a smaller learning rate\n$/,
    )
    expect(stdout).toContain('it diverged: the last good state is kept')
    expect(stdout).toContain(`saved to ${out}`)
    expect(existsSync(filesOf(out).model)).toBe(true)
    expect(status).toBe(1)
  })

  it('a place that cannot be written is noticed before training', () => {
    const inTheWay = join(folder, 'train-labels-idx1-ubyte')
    const { stdout, stderr, status } = run('train', 'mnist', '--data', folder, '--out', inTheWay)
    expect([stdout, status]).toEqual(['', 1])
    expect(stderr).toMatch(/^foldgrad: canWrite expects a writable place, receives .*\n$/)
  })

  it.skipIf(process.platform === 'win32')(
    'a reader that goes away is no mistake, and an output that is full is one: the model is saved',
    async () => {
      const out = join(folder, 'unheard')
      const args = ['train', 'mnist', '--data', folder, '--epochs', '2', '--batch', '16', '--out', out]
      const shell = (script: string) => spawnSync('bash', ['-c', script, 'bash', process.execPath, command, ...args], { encoding: 'utf8' })
      const heard = shell('set -o pipefail; "$@" | head -1')
      expect([heard.status, heard.stderr, heard.stdout.split('\n').length]).toEqual([0, '', 2])
      expect(existsSync(filesOf(out).model)).toBe(true)
      rmSync(out, { recursive: true })
      const full = shell('"$@" > /dev/full')
      expect([full.status, full.stderr.includes('ENOSPC'), existsSync(filesOf(out).model)]).toEqual([1, true, true])
    },
  )

  /** A table on which a network can learn for long. */
  const table = (): string => {
    const path = join(folder, 'table.csv')
    const rows = Array.from(
      { length: 400 },
      (_, i) => `${Math.sin(i).toFixed(4)},${Math.cos(3 * i).toFixed(4)},${i % 3 === 0 ? 'yes' : 'no'}`,
    )
    writeFileSync(path, `a,b,c\n${rows.join('\n')}\n`)
    return path
  }
  it('trains on a table, and predicts from its folder', () => {
    const [path, out] = [table(), join(folder, 'table-run')]
    const { status, stdout, stderr } = run('train', path, '--target', 'c', '--epochs', '3', '--out', out)
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('target c: categorical, 2 different texts')
    const said = run('predict', out, path)
    expect([said.status, said.stdout.split('\n')[0], said.stdout.split('\n').length]).toEqual([0, 'c,p(no),p(yes)', 402])
    expect(run('describe', out).stdout).toMatch(/dense +\[64\]/)
    const events = run('train', path, '--target', 'c', '--epochs', '3', '--out', out, '--json').stdout.trim().split('\n')
    expect(events.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(['epoch', 'epoch', 'epoch', 'target'])
    expect(run('train', path, '--target', 'colour')).toMatchObject({
      status: 1,
      stderr: 'foldgrad: --target expects one of the columns a, b, c, receives colour\n',
    })
    expect(run('train', path)).toMatchObject({
      status: 1,
      stderr: 'foldgrad: train expects a target, --target and the name of a column, receives nothing\n',
    })
  })
  it.each([
    ['SIGINT', 130, 'table'],
    ['SIGTERM', 143, 'table'],
    ['SIGINT', 130, 'mnist'],
    ['SIGTERM', 143, 'xor'],
  ] as const)('%s, exit code %i: %s is saved, and it is said how to go on', async (signal, code, source) => {
    const out = join(folder, `${source}-${signal}`)
    const sources = {
      table: [table(), '--target', 'c'],
      mnist: ['mnist', '--data', folder],
      xor: ['xor'],
    } as const
    const args = ['train', ...sources[source], '--epochs', '100000', '--patience', '100000', '--out', out]
    const child = spawn(process.execPath, [command, ...args])
    const printed: string[] = []
    child.stdout.on('data', (text) => {
      if (printed.push(String(text)) === 1) setTimeout(() => child.kill(signal), 700)
    })
    const [status] = (await once(child, 'exit')) as [number]
    expect(status).toBe(code)
    const [, epoch = '0'] = /stopped after epoch (\d+); it goes on with: foldgrad resume .*\n$/.exec(printed.join('')) ?? []
    expect(Number(epoch)).toBeGreaterThan(0)
    expect(existsSync(filesOf(out).model)).toBe(true)
    // The others would learn for long: how they go on is a test of its own.
    if (source !== 'table') return
    const { config } = filesOf(out)
    writeFileSync(config, readFileSync(config, 'utf8').replace('"patience": 100000', '"patience": 1'))
    const resumed = run('resume', out)
    expect([resumed.status, resumed.stderr]).toEqual([0, ''])
    expect(resumed.stdout).toContain(`goes on after epoch ${epoch}`)
  })

  it.each([
    [['train', 'mnist', '--epochs', '0'], 'foldgrad: --epochs expects a whole number of at least 1, receives 0\n'],
    [['train', 'mnist', '--batch', '2.5'], 'foldgrad: --batch expects a whole number of at least 1, receives 2.5\n'],
    [
      ['train', 'mnist', '--optimiser', 'adam -1', '--data', folder],
      'foldgrad: --optimiser expects a learning rate above 0 behind adam, receives "adam -1"\n',
    ],
    [['train', 'mnist', '--validation', '1'], 'foldgrad: --validation expects a number of at least 0 and below 1, receives 1\n'],
    [['train', 'xor', '--seed', '2^40'], 'foldgrad: --seed expects a whole number of at least 0, receives 2^40\n'],
    [['train', 'mnist', '--epochs', '1e1x'], 'foldgrad: --epochs expects a whole number of at least 1, receives 1e1x\n'],
    [['train', 'mnist', '--batch', '1,000'], 'foldgrad: --batch expects a whole number of at least 1, receives 1,000\n'],
    [['train', 'xor', '--seed', ''], 'foldgrad: --seed expects a value, receives none\n'],
    [
      ['train', 'xor', '--test', '0.3'],
      'foldgrad: the command line expects a command, and the options that --help lists, receives train xor --test 0.3 (--test 0.3: Unknown arguments)\n',
    ],
  ])('refuses %j in one sentence', (args, sentence) => {
    const { stderr, status } = run(...args)
    expect(stderr).toBe(sentence)
    expect(status).toBe(1)
  })

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
    expect(run('--version')).toMatchObject({ stdout: `${version}\n`, status: 0 })
  })

  it('refuses a missing folder and a label out of range', () => {
    expect(run('train', 'mnist', '--data', join(folder, 'nowhere')).status).toBe(1)
    writeDigits(folder, 'train', 20, true)
    const { stderr, status } = run('train', 'mnist', '--data', folder)
    expect(stderr).toBe('foldgrad: oneHotLabels expects a class from 0 to 9, receives 10 (train-labels-idx1-ubyte, label 5)\n')
    expect(status).toBe(1)
  })
})
