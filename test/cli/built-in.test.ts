/** `train mnist` and `train xor` are runs like any other: they are stopped and resumed, read, judged and asked again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { type Config, Config as ConfigCodec, completeConfig, configDefaults, decodeConfig } from '../../src/cli/tabular/config.js'
import { evaluateRun } from '../../src/cli/tabular/evaluate.js'
import { filesOf, readModel, readSchema } from '../../src/cli/tabular/folder.js'
import { describeRun, exportRun, historyOf } from '../../src/cli/tabular/inspect.js'
import { predictTable } from '../../src/cli/tabular/predict.js'
import { trainRun } from '../../src/cli/tabular/train-run.js'
import { readMnist } from '../../src/codec/files/index.js'
import { decodeModel, decodeSafetensors } from '../../src/codec/index.js'
import { orThrow } from '../../src/error/index.js'
import { leaves, sameTree } from '../../src/params/index.js'
import { type Batch, toArray, toNested } from '../../src/tensor/index.js'
import { digitsTable, writeDigits } from './digits.js'

const folder = mkdtempSync(join(tmpdir(), 'foldgrad-built-in-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeDigits(folder, 'train', 200)
writeDigits(folder, 't10k', 50)

const mnist: Config = { ...configDefaults.mnist, data: folder, network: 'dense 16, relu, dropout 0.1', epochs: 6, batch: 16 }
const xor: Config = { ...configDefaults.xor, epochs: 200 }
const runs = [
  ['mnist', mnist],
  ['mnist, some to stop by', { ...mnist, validation: 0.2 }],
  ['xor', xor],
] as const

/** A run of a configuration, stopped when so many epochs are done; what it printed and told, and how it ended. */
const trained = async (out: string, config: Config, stopAfter = Number.POSITIVE_INFINITY, resume = false) => {
  const [lines, events]: [string[], unknown[]] = [[], []]
  let looks = 0
  const signal = { get aborted() { looks += 1; return looks > stopAfter } } as AbortSignal // biome-ignore format: one line
  const end = await trainRun(
    { config, out: join(folder, out), resume },
    { print: (line) => lines.push(line), tell: (event) => events.push(event), stream: process.stdout, listen: () => signal },
  )()
  return { end, events, said: lines.join('\n') }
}
const text = (path: string): string => readFileSync(path, 'utf8')
const bytes = (path: string): string => readFileSync(path, 'base64')
const speaking = () => {
  const [printed, remarks]: [string[], string[]] = [[], []]
  return { printed, remarks, print: (line: string) => printed.push(line), remark: (line: string) => remarks.push(line) }
}
const jsonOf = async (run: string, data?: string): Promise<Readonly<Record<string, number>>> => {
  const said = speaking()
  orThrow(await evaluateRun({ run: join(folder, run), json: true, ...(data === undefined ? {} : { data }) }, said)())
  return JSON.parse(said.printed.join(''))
}

/** The runs, whole. */
const whole = new Map<string, Awaited<ReturnType<typeof trained>>>()
beforeAll(async () => {
  for (const [name, config] of runs) whole.set(name, await trained(name, config))
})

describe('a run', () => {
  it.each(runs)('of %s that is stopped ends, resumed, in the bits of one that was not', async (name, config) => {
    const [unbroken, stopped] = [filesOf(join(folder, name)), filesOf(join(folder, `${name}, stopped`))]
    const first = await trained(`${name}, stopped`, config, 3)
    expect(first.said).toContain('stopped after epoch 3; it goes on with: foldgrad resume')
    expect(isRight(await readModel(join(folder, `${name}, stopped`))())).toBe(true)
    const second = await trained(`${name}, stopped`, config, undefined, true)
    expect(second.said).toContain('goes on after epoch 3')
    for (const file of ['model', 'results', 'report', 'table', 'config'] as const) expect(bytes(stopped[file])).toBe(bytes(unbroken[file]))
    await trained('another', { ...config, seed: 43 })
    expect(bytes(filesOf(join(folder, 'another')).model)).not.toBe(bytes(unbroken.model))
  })
  it.each(runs)('of %s is told by the configuration that it writes', (name, config) => {
    const written = text(filesOf(join(folder, name)).config)
    expect(pipe(orThrow(decodeConfig('config.json')(written)), completeConfig)).toEqual({ _tag: 'Right', right: config })
    expect(ConfigCodec.decode(JSON.parse(written))).toEqual({ _tag: 'Right', right: config })
  })
  it.each(runs)('of %s is judged again as it was judged, and not with other data', async (name, config) => {
    const { judged } = (whole.get(name)?.events ?? []).at(-1) as {
      readonly judged: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[]
    }
    const { name: own, ...measures } = judged[0] ?? { name: '' }
    const { rows, ...again } = await jsonOf(name)
    expect([own, again, rows]).toEqual(['network', measures, config.source === 'xor' ? 4 : 50])
  })
  it('of MNIST does not go on with other images', async () => {
    const other = mkdtempSync(join(folder, 'other-'))
    writeDigits(other, 'train', 200)
    writeDigits(other, 't10k', 50)
    await trained('changed', { ...mnist, data: other }, 2)
    writeDigits(other, 't10k', 40)
    const left = (who: string) => ({
      left: { message: `${who} expects the data that the run began with, receives other data; foldgrad train begins anew (${other})` },
    })
    expect((await trained('changed', { ...mnist, data: other }, undefined, true)).end).toMatchObject(left('resume'))
    expect(await evaluateRun({ run: join(folder, 'changed'), json: true }, speaking())()).toMatchObject(left('evaluate'))
  })
  it.each(runs)('of %s is described, shown by its epochs, and exported', async (name, config) => {
    const own = join(folder, name)
    const said = async (task: (print: (line: string) => void) => ReturnType<typeof describeRun>): Promise<string> => {
      const lines: string[] = []
      orThrow(await task((line) => lines.push(line))())
      return lines.join('\n')
    }
    const described = await said((print) => describeRun(own, false, print))
    expect(described.split('\n').length).toBeLessThan(80)
    expect(JSON.parse(await said((print) => describeRun(own, true, print)))).toMatchObject({ config: { source: config.source } })
    const epochs = (await said((print) => historyOf(own, true, print))).split('\n').map((line) => JSON.parse(line))
    expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from(epochs, (_, i) => i + 1))
    expect(await said((print) => historyOf(own, false, print))).toContain('kept')
    const { params } = orThrow(await readModel(own)())
    const [json, weights] = [join(folder, 'exported.json'), join(folder, 'exported.safetensors')]
    await said((print) => exportRun(own, 'json', json, print))
    expect(sameTree(orThrow(decodeModel(json)(text(json))).params, params)).toBe(true)
    await said((print) => exportRun(own, 'safetensors', weights, print))
    const bias = orThrow(decodeSafetensors(weights)(readFileSync(weights))).tensors.find(({ name: tensor }) => tensor === '0.bias')?.tensor
    expect(sameTree(bias, (params[0] as { readonly bias: unknown }).bias)).toBe(true)
  })
  test.each(runs)('of %s has a page with curves and classes, and nothing of columns', (name) => {
    const page = text(filesOf(join(folder, name)).report)
    for (const heading of ['Learning curves', 'Confusion matrix', 'Calibration']) expect(page).toContain(`<h2>${heading}</h2>`)
    for (const heading of ['Columns', 'What the predictions rest on']) expect(page).not.toContain(`<h2>${heading}</h2>`)
    expect(page).not.toMatch(/NaN|undefined/)
  })
})

describe('mnist', () => {
  it('learns from all images, keeps the last epoch, and says so', async () => {
    const { said } = await trained('all', { ...mnist, network: 'dense 16, relu', epochs: 12 })
    for (const line of [
      'images to learn from 200, to judge by 50; none to stop by: the last epoch is kept',
      '12 epochs: cost',
      'judged by 50 images that it has not seen',
      ' linear model',
      ' frequencies alone',
      'true class by row',
    ])
      expect(said).toContain(line)
    expect(said).toMatch(/^ network +0\.\d+ +0\.\d+ +0\.\d+$/m)
    expect(said).toMatch(/^epoch 12 {2}cost \d\.\d{4} nats {2}[\d,]+ samples\/s {2}\d+\.\d\d s$/m)
    expect(said.match(/^epoch /gm)).toHaveLength(12)
    expect(said).not.toContain('what it goes by')
  })
  it('keeps some images to stop by, if it is asked to', async () => {
    const { said } = await trained('stopping', { ...mnist, validation: 0.2, patience: 1, epochs: 50, optimiser: 'adam 0.3' })
    expect(said).toContain('images to learn from 160, to stop by 40, to judge by 50')
    expect(said).toMatch(/^epoch {2}1 {2}cost \d+\.\d{4} nats {2}validation \d+\.\d{4} /m)
    expect((said.match(/^epoch /gm) ?? []).length).toBeLessThan(50)
  })
  it('reads other rows as it reads its own images', async () => {
    const [table, images] = [join(folder, 'digits.csv'), join(folder, 'images.csv')]
    writeFileSync(table, digitsTable(50, true))
    writeFileSync(images, digitsTable(10, false))
    expect(await jsonOf('mnist', table)).toEqual(await jsonOf('mnist'))
    const said = speaking()
    orThrow(await predictTable({ run: join(folder, 'mnist'), data: images, json: true }, said)())
    const rows = said.printed.join('').trim().split('\n').map((line) => JSON.parse(line)) // biome-ignore format: a chain
    expect(rows.map(({ label }) => label)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    const { transform } = orThrow(await readSchema(join(folder, 'mnist'))())
    const { test: part } = orThrow(await readMnist(folder)())
    const columns = Object.fromEntries(Array.from({ length: 784 }, (_, i) => [`pixel${i}`, [Math.floor(i / 28) === 0 ? 255 : 0]]))
    expect(toNested(transform.apply(columns as never) as unknown as Batch<[784]>)[0]).toEqual(toNested(part.x)[0])
  })
  it('that diverges in its first epoch keeps the last good state, says so, and fails', async () => {
    const { end, said } = await trained('diverged', { ...mnist, optimiser: 'sgd 1e10', epochs: 1 })
    expect(end).toMatchObject({ left: { name: 'DivergenceError' } })
    expect(said).toContain('it diverged: the last good state is kept')
    expect(said).toContain('judged by 50 images')
    const { params } = orThrow(await readModel(join(folder, 'diverged'))())
    const numbers = leaves(params).flatMap((x) => Array.from(toArray(x)))
    expect(numbers.every(Number.isFinite)).toBe(true)
    // Those after its first steps, not those it began with.
    expect(Math.max(...numbers.map(Math.abs))).toBeGreaterThan(1e3)
  })
})

describe('xor', () => {
  it('tells that no linear model can, that a network can, and by which rows it is judged', async () => {
    const { said } = await trained('story', xor)
    expect(said).toContain('four rows to learn from, to stop by, and to judge by: there are no others')
    expect(said).toContain('judged by the four rows that it has learned from')
    expect(said).toMatch(/^ linear model +0\.500 {2}0\.500 {2}0\.500 {2}0\.500$/m)
    expect(said).toMatch(/^ network +0\.0\d\d {2}(0\.9|1\.0)\d\d {2}(0\.9|1\.0)\d\d {2}0\.0\d\d$/m)
  })
  it('answers for rows of a file', async () => {
    const rows = join(folder, 'rows.csv')
    writeFileSync(rows, 'b,a\n1,0\n1,1\n0,0\n')
    const said = speaking()
    orThrow(await predictTable({ run: join(folder, 'xor'), data: rows, json: true }, said)())
    expect(said.printed.join('').trim().split('\n').map((line) => JSON.parse(line).xor)).toEqual(['1', '0', '0']) // biome-ignore format: a chain
  })
})

describe('a configuration', () => {
  test.each<readonly [object, string]>([
    [
      { source: 'xor', target: 'y' },
      'train expects what xor can be told: source, network, optimiser, epochs, batch, seed, weightDecay, patience, receives target',
    ],
    [{ source: 'mnist', folds: 3 }, 'receives folds'],
    [{ source: 'mnist', data: ' ' }, 'train expects a data that is a text that is not empty, receives " "'],
    [{ source: 'mnist', validation: 1 }, 'train expects a validation that is a number of at least 0 and below 1, receives 1'],
    [{ data: 'a.csv' }, 'train expects a target, --target and the name of a column, receives nothing'],
  ])('%j is refused', (given, message) =>
    expect(completeConfig(given)).toMatchObject({ left: { message: expect.stringContaining(message) } }),
  )
  it('without a source is of a table, as it was before there were others', () => {
    const config = { ...configDefaults.table, data: 'a.csv', target: 'y' }
    const { source: _, ...older } = config
    expect(ConfigCodec.decode(older)).toEqual({ _tag: 'Right', right: config })
  })
  test.each([
    ['{"source":"cifar"}', 'receives "cifar" for source'],
    ['{"source":"__proto__"}', 'receives "__proto__" for source'],
    ['{"source":"xor","epochs":1e400}', 'for epochs: whole number of at least 1'],
    ['{"source":"mnist","validation":-0.5}', 'for validation'],
    ['[]', '--config expects a configuration'],
  ])('%s is refused', (json, message) =>
    expect(decodeConfig('c.json')(json)).toMatchObject({ left: { message: expect.stringContaining(message) } }),
  )
  test.each([[null], [[]], [{}], [{ source: 'cifar' }], [{ source: 'xor' }], [{ ...xor, batch: 0 }], [{ ...mnist, data: 3 }]])(
    '%j is none of a run',
    (input) => expect(isRight(ConfigCodec.decode(input))).toBe(false),
  )
})
