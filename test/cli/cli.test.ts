/** The command line, run as a process: what it prints, what it writes, how it ends. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeModel } from '../../src/codec/index.js'
import { orThrow } from '../../src/error/index.js'

const folder = mkdtempSync(join(tmpdir(), 'foldgrad-cli-'))
/** Beside node_modules, so that the bundle finds what it does not hold. */
const command = join('node_modules', '.vitest', 'foldgrad.mjs')
const run = (...args: readonly string[]) => spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' })

const words = (...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])
/** A small data set in the format of MNIST: the digit is written in the brightness of a row. */
const writeDigits = (name: string, count: number, badLabel = false): void => {
  const labels = Array.from({ length: count }, (_, i) => i % 10)
  const pixels = labels.flatMap((label) => Array.from({ length: 784 }, (_, p) => (Math.floor(p / 28) === 2 * label ? 255 : 0)))
  writeFileSync(join(folder, `${name}-images-idx3-ubyte`), Uint8Array.from([...words(2051, count, 28, 28), ...pixels]))
  writeFileSync(
    join(folder, `${name}-labels-idx1-ubyte`),
    Uint8Array.from([...words(2049, count), ...labels.map((label) => (badLabel ? label + 5 : label))]),
  )
}

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
  it('tells the story of XOR', () => {
    const { stdout, status } = run('train', 'xor')
    expect(stdout).toContain('answers  0.500  0.500  0.500  0.500   cost 0.2500')
    expect(status).toBe(0)
  })

  it('trains, evaluates and saves; piped, it prints plain lines', () => {
    writeDigits('train', 200)
    writeDigits('t10k', 50)
    const out = join(folder, 'saved', 'digits.safetensors')
    const { stdout, stderr, status } = run('train', 'mnist', '--data', folder, '--epochs', '12', '--batch', '16', '--out', out)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^test accuracy 100\.00 %$/m)
    expect(stdout).toMatch(/^epoch 12 {2}cost \d\.\d{4} nats/m)
    expect(stdout).toContain(`model saved to ${out}`)
    expect(existsSync(out)).toBe(true)
    expect(stdout.split('').every((c) => c === '\n' || c >= ' ')).toBe(true)
  })

  it('says at which step training diverged, with which cost before, and keeps the last good state', () => {
    const out = join(folder, 'diverged.safetensors')
    const { stdout, stderr, status } = run('train', 'mnist', '--data', folder, '--epochs', '3', '--learning-rate', '1e38', '--out', out)
    expect(stderr).toMatch(
      /^foldgrad: training diverged at step \d+: its cost is (NaN|Infinity), the cost before it was [\d.e+]+; try a smaller learning rate\n$/,
    )
    expect(stdout).toContain(`the last good state was saved to ${out}`)
    expect(status).toBe(1)
  })

  it('a place that cannot be written is noticed before training', () => {
    const { stdout, stderr, status } = run('train', 'mnist', '--data', folder, '--out', folder)
    expect([stdout, status]).toEqual(['', 1])
    expect(stderr).toMatch(/^foldgrad: canWrite expects a writable place, receives .*something else than a file/)
  })

  it.skipIf(process.platform === 'win32')(
    'a reader that goes away is no mistake, and an output that is full is one: the model is saved',
    async () => {
      const out = join(folder, 'unheard.safetensors')
      const args = ['train', 'mnist', '--data', folder, '--epochs', '2', '--batch', '16', '--out', out]
      const shell = (script: string) => spawnSync('bash', ['-c', script, 'bash', process.execPath, command, ...args], { encoding: 'utf8' })
      const heard = shell('set -o pipefail; "$@" | head -1')
      expect([heard.status, heard.stderr, heard.stdout.split('\n').length]).toEqual([0, '', 2])
      expect(existsSync(out)).toBe(true)
      rmSync(out)
      const full = shell('"$@" > /dev/full')
      expect([full.status, full.stderr.includes('ENOSPC'), existsSync(out)]).toEqual([1, true, true])
    },
  )

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: what was learned is saved, and said', async (signal, code) => {
    const out = join(folder, `${signal}.safetensors`)
    const child = spawn(process.execPath, [
      command,
      'train',
      'mnist',
      '--data',
      folder,
      '--epochs',
      '100000',
      '--batch',
      '16',
      '--out',
      out,
    ])
    const printed: string[] = []
    child.stdout.on('data', (text) => {
      if (printed.push(String(text)) === 1) setTimeout(() => child.kill(signal), 300)
    })
    const [status] = (await once(child, 'exit')) as [number]
    expect(status).toBe(code)
    expect(printed.join('')).toMatch(/stopped after [\d,]+ steps; the model so far was saved to .*\n$/)
    expect(orThrow(decodeModel(out)(readFileSync(out))).model.network.output).toEqual([10])
  })

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
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('a table: %s is said how to go on from, and it goes on', async (signal, code) => {
    const [path, out] = [table(), join(folder, `table-${signal}`)]
    const child = spawn(process.execPath, [
      command,
      'train',
      path,
      '--target',
      'c',
      '--epochs',
      '100000',
      '--patience',
      '100000',
      '--out',
      out,
    ])
    const printed: string[] = []
    child.stdout.on('data', (text) => {
      if (printed.push(String(text)) === 1) setTimeout(() => child.kill(signal), 700)
    })
    const [status] = (await once(child, 'exit')) as [number]
    expect(status).toBe(code)
    const [, epoch = '0'] = /stopped after epoch (\d+); it goes on with: foldgrad resume .*\n$/.exec(printed.join('')) ?? []
    expect(Number(epoch)).toBeGreaterThan(0)
    const config = join(out, 'config.json')
    writeFileSync(config, readFileSync(config, 'utf8').replace('"patience": 100000', '"patience": 1'))
    const resumed = run('resume', out)
    expect([resumed.status, resumed.stderr]).toEqual([0, ''])
    expect(resumed.stdout).toContain(`goes on after epoch ${epoch}`)
  })

  it.each([
    [['train', 'mnist', '--epochs', '0'], 'foldgrad: --epochs expects a whole number of at least 1, receives 0\n'],
    [['train', 'mnist', '--batch', '2.5'], 'foldgrad: --batch expects a whole number of at least 1, receives 2.5\n'],
    [['train', 'mnist', '--learning-rate', '-1', '--data', folder], 'foldgrad: --learning-rate expects a number above 0, receives -1\n'],
    [['train', 'xor', '--seed', '2^40'], 'foldgrad: --seed expects a whole number of at least 0, receives 2^40\n'],
    [['train', 'mnist', '--epochs', '1e1x'], 'foldgrad: --epochs expects a whole number of at least 1, receives 1e1x\n'],
    [['train', 'mnist', '--batch', '1,000'], 'foldgrad: --batch expects a whole number of at least 1, receives 1,000\n'],
    [['train', 'xor', '--seed', ''], 'foldgrad: --seed expects a value, receives none\n'],
    [
      ['train', 'xor', '--batch', '3'],
      'foldgrad: the command line expects a command, and the options that --help lists, receives train xor --batch 3 (--batch 3: Unknown arguments)\n',
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
    writeDigits('train', 20, true)
    const { stderr, status } = run('train', 'mnist', '--data', folder)
    expect(stderr).toBe('foldgrad: oneHotLabels expects a class from 0 to 9, receives 10 (train-labels-idx1-ubyte, label 5)\n')
    expect(status).toBe(1)
  })
})
