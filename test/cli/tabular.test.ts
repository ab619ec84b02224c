/** Training on tables: what columns are taken for, what follows from the target, and runs that are stopped, resumed, read and asked again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chain, isLeft, isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, describe, expect, it, test } from 'vitest'
import { completeConfig, configDefaults, decodeConfig, type TableConfig } from '../../src/cli/tabular/config.js'
import { evaluateRun } from '../../src/cli/tabular/evaluate.js'
import { readModel, readSchema } from '../../src/cli/tabular/folder.js'
import { describeRun, exportRun, historyOf } from '../../src/cli/tabular/inspect.js'
import { columnsOf, type Kind } from '../../src/cli/tabular/kinds.js'
import { predictTable } from '../../src/cli/tabular/predict.js'
import { foldsOf, look, partsOf } from '../../src/cli/tabular/prepare.js'
import { targetIn } from '../../src/cli/tabular/target.js'
import { type Run, trainRun } from '../../src/cli/tabular/train-run.js'
import { networkFrom, optimiserFrom } from '../../src/cli/tabular/words.js'
import { decodeModel, decodeSafetensors, paramsFor } from '../../src/codec/index.js'
import { readTable, type Table } from '../../src/codec/tables/index.js'
import { orThrow } from '../../src/error/index.js'
import { descriptionOf } from '../../src/network/index.js'
import { sameTree } from '../../src/params/index.js'

const folder = mkdtempSync(join(tmpdir(), 'foldgrad-tables-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const config = (given: Partial<TableConfig>): TableConfig => ({ ...configDefaults.table, data: 'data.csv', target: 'y', ...given })

/** A table of made-up flowers: two numbers, one of them missing now and then, a colour, a date, a number of the row, and a class that follows from them. */
const flowers = (count: number, unknown = 'red'): string => {
  const lines = Array.from({ length: count }, (_, i) => {
    const [u, v] = [((i * 0.618034) % 1) * 4, ((i * 0.754878) % 1) * 4]
    const colour = i % 7 === 0 ? unknown : ['red', 'blue', 'white'][i % 3]
    const kind = u + (colour === 'red' ? 1 : 0) > 2.5 ? 'tall' : v > 2 ? 'wide' : 'small'
    return [
      i,
      u.toFixed(3),
      i % 11 === 0 ? 'NA' : v.toFixed(3),
      colour,
      `2024-0${(i % 9) + 1}-11`,
      'earth',
      kind,
      (3 * u - v + 10).toFixed(4),
    ].join(',')
  })
  return `row,length,width,colour,found,planet,kind,size\n${lines.join('\n')}\n`
}
const path = join(folder, 'flowers.csv')
writeFileSync(path, flowers(120))
const tableOf = (csv: string): Table => orThrow(readTable('data.csv')(csv))
const columnOf = (...cells: readonly string[]) => columnsOf({ columns: ['c'], rows: cells.map((cell) => [cell]) })[0]

describe('columns', () => {
  const words = Array.from({ length: 30 }, (_, i) => `word ${i}`)
  test.each<readonly [Kind, readonly string[]]>([
    ['numeric', ['1.5', '2', '-3e2', 'NA', '']],
    ['numeric', ['3', '1', '2']],
    ['date', ['2024-01-31', '2023-12-01', '?']],
    ['date', ['2024-01-31T12:00Z', '2023-12-01 10:30:00']],
    ['categorical', ['red', 'blue', 'red']],
    ['categorical', ['1', '2', 'many']],
    ['categorical', ['2024-01-31', '2024-99-99']],
    ['identifier', ['7', '8', '9', '10']],
    ['identifier', words],
    ['constant', ['x', 'x', 'none']],
    ['empty', ['', 'NaN', 'null']],
  ])('%s: %j', (kind, cells) => expect(columnOf(...cells)?.kind).toBe(kind))
})

describe('a target', () => {
  const found = (cells: readonly string[], likelihood: TableConfig['likelihood'] = 'auto') =>
    targetIn(columnsOf({ columns: ['y'], rows: cells.map((cell) => [cell]) }), config({ likelihood }))
  const many = Array.from({ length: 40 }, (_, i) => String((i * 7) % 40))
  test.each<readonly [string, readonly string[], TableConfig['likelihood'], object]>([
    ['two texts', ['no', 'yes', 'no'], 'auto', { kind: 'classes', classes: ['no', 'yes'] }],
    ['two numbers', ['1', '0', '0'], 'auto', { kind: 'classes', classes: ['0', '1'] }],
    ['whole numbers without a gap, in their order', ['10', '9', '8', '10'], 'auto', { kind: 'classes', classes: ['8', '9', '10'] }],
    ['fractions', ['1.5', '2', '3.25'], 'auto', { kind: 'number', likelihood: 'gaussian' }],
    ['many whole numbers', many, 'auto', { kind: 'number', likelihood: 'gaussian' }],
    ['whole numbers, as a quantity', ['1', '2', '3'], 'laplace', { kind: 'number', likelihood: 'laplace' }],
    ['counts, as such', many, 'poisson', { kind: 'number', likelihood: 'poisson' }],
    ['numbers, as classes', ['1.5', '2', '2'], 'categorical', { kind: 'classes', classes: ['1.5', '2'] }],
  ])('of %s', (_, cells, likelihood, target) => expect(found(cells, likelihood)).toMatchObject({ right: { target } }))
  test.each<readonly [string, readonly string[], TableConfig['likelihood'], string]>([
    ['one value', ['a', 'a'], 'auto', '--target expects a target with different values, receives one in y'],
    [
      'texts as numbers',
      ['a', 'b', 'c'],
      'gaussian',
      '--target expects a column of numbers, receives y, of 3 categorical values; try --likelihood categorical',
    ],
    [
      'a fraction as a count',
      ['1', '2.5', '4'],
      'poisson',
      '--target expects counts, whole numbers of at least 0 for poisson, receives 2.5 in y',
    ],
    ['nothing above 0', ['0', '2.5', '4'], 'gamma', '--target expects numbers above 0 for gamma, receives 0 in y'],
  ])('%s is refused', (_, cells, likelihood, message) => expect(found(cells, likelihood)).toMatchObject({ left: { message } }))
  it('that there is not is refused with the one that was meant', () =>
    expect(targetIn(columnsOf({ columns: ['kind'], rows: [['a'], ['b']] }), config({ target: 'kin' }))).toMatchObject({
      left: { message: '--target expects one of the columns kind, receives kin; did you mean kind?' },
    }))
})

describe('words', () => {
  it('are layers', () => {
    const net = orThrow(networkFrom('dense 8, relu, dropout 0.2, dense 4, tanh', 3, 2))
    expect(descriptionOf(net).layers.map(({ kind }) => kind)).toEqual(['dense', 'relu', 'dropout', 'dense', 'tanh', 'dense'])
    expect([net.input, net.output]).toEqual([[3], [2]])
    expect(descriptionOf(orThrow(networkFrom('linear', 3, 2))).layers.map(({ kind }) => kind)).toEqual(['dense'])
  })
  test.each([
    'dense 8, relu',
    'dense 8, leakyRelu 0.1',
    'dense 8, gelu, elu, selu, silu, softplus, hardTanh, absoluteValue, sigmoid',
    'dense 8, layerNorm',
    'dense 8, batchNorm, relu',
  ])('%s', (text) => expect(isRight(networkFrom(text, 3, 2))).toBe(true))
  test.each(['adam 1e-3', 'adamW 0.001', 'lion 1e-4', 'momentum 0.1', 'nesterov .1', 'rmsProp 1e-3', 'sgd 1'])('%s', (text) =>
    expect(isRight(optimiserFrom(text))).toBe(true),
  )
  test.each<readonly [string, ReturnType<typeof networkFrom> | ReturnType<typeof optimiserFrom>, string]>([
    ['a layer that there is not', networkFrom('dens 3', 3, 2), 'did you mean dense?'],
    ['a layer without its number', networkFrom('dense', 3, 2), '--network expects a number behind dense, receives dense'],
    ['a number too many', networkFrom('relu 3', 3, 2), '--network expects relu without a number, receives relu 3'],
    ['a size that is none', networkFrom('dense 0.5', 3, 2), 'receives'],
    ['no words', networkFrom('!', 3, 2), '--network expects names, each with at most one number behind it, receives "!"'],
    ['an optimiser that there is not', optimiserFrom('adamw 1'), 'did you mean adamW?'],
    ['one from the prototype', optimiserFrom('constructor 1'), '--optimiser expects one of'],
    ['no learning rate', optimiserFrom('sgd'), '--optimiser expects a learning rate above 0 behind sgd, receives "sgd"'],
  ])('%s is refused', (_, either, said) => expect(isLeft(either) && either.left.message).toContain(said))
})

describe('a configuration', () => {
  it('is what a file says, and what a run is told besides', () => {
    const file = orThrow(decodeConfig('c.json')(JSON.stringify({ target: 'kind', epochs: 5 })))
    expect(completeConfig({ ...file, data: 'x.csv', epochs: 7 })).toMatchObject({ right: { target: 'kind', epochs: 7, batch: 32 } })
  })
  test.each([
    ['{"epochs":0}', '--config expects a configuration, receives 0 for epochs: whole number of at least 1 (c.json)'],
    ['{"likelihood":"normal"}', 'receives "normal" for likelihood'],
    ['nothing', '--config expects JSON, receives'],
  ])('%s is refused', (json, said) =>
    expect(decodeConfig('c.json')(json)).toMatchObject({ left: { message: expect.stringContaining(said) } }),
  )
})

describe('rows', () => {
  const looked = orThrow(look(tableOf(flowers(120)), config({ target: 'kind' })))
  it('stand in one part each, with their share of every class', () => {
    const { train, validation = [], test: judging } = partsOf(looked, config({}))
    expect([...train, ...validation, ...judging].sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, i) => i))
    expect([train.length, validation.length, judging.length]).toEqual([77, 19, 24])
    const share = (rows: readonly number[], k: number): number => rows.filter((i) => looked.ys[i] === k).length / rows.length
    for (const k of [0, 1, 2])
      for (const part of [validation, judging]) expect(Math.abs(share(part, k) - share(train, k))).toBeLessThan(0.06)
  })
  it('judge once each, in folds', () => {
    const folds = foldsOf(looked, config({ folds: 4 }))
    expect(folds.flatMap(({ test: judging }) => judging).sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, i) => i))
    for (const { train, validation = [], test: judging } of folds) expect(new Set([...train, ...validation, ...judging]).size).toBe(120)
  })
  it('say nothing of what counts them, or is the same everywhere', () =>
    expect(looked.features.map(({ name }) => name)).toEqual(['length', 'width', 'colour', 'found', 'size']))
})

describe('a run', () => {
  /** A run of these words, stopped when so many epochs are done; what it printed, and how it ended. */
  const trained = async (out: string, given: Partial<TableConfig>, stopAfter = Number.POSITIVE_INFINITY, resume = false) => {
    const lines: string[] = []
    const controller = new AbortController()
    let looks = 0
    const signal = { get aborted() { looks += 1; return looks > stopAfter } } as AbortSignal // biome-ignore format: one line
    const run: Run = {
      config: config({ data: path, target: 'kind', epochs: 12, network: 'dense 8, relu, dropout 0.1', ...given }),
      out: join(folder, out),
      resume,
    }
    const end = await trainRun(run, {
      print: (line) => lines.push(line),
      tell: () => undefined,
      stream: process.stdout,
      listen: () => (stopAfter === Number.POSITIVE_INFINITY ? controller.signal : signal),
    })()
    return { end, lines: lines.join('\n') }
  }
  const text = (out: string, file: string): string => readFileSync(join(folder, out, file), 'utf8')
  const bytes = (out: string, file: string): string => readFileSync(join(folder, out, file), 'hex')
  const speaking = () => {
    const [printed, remarks]: [string[], string[]] = [[], []]
    return { printed, remarks, print: (text: string) => printed.push(text), remark: (line: string) => remarks.push(line) }
  }

  it('says what it takes the table for, and how good it is beside simpler models', async () => {
    const { end, lines } = await trained('whole', { epochs: 60, network: 'dense 16, relu' })
    expect(end).toMatchObject({ _tag: 'Right' })
    for (const said of [
      'left out: row, identifier: it counts the rows',
      'left out: planet, constant: every value is earth',
      'target kind: categorical, 3 different texts',
      'rows to learn from 77, to stop by 19, to judge by 24',
      ' linear model',
      ' frequencies alone',
      'true class by row',
    ])
      expect(lines).toContain(said)
    const { judged } = JSON.parse(text('whole', 'results.json'))
    expect(judged[0].accuracy).toBeGreaterThan(judged[2].accuracy)
    expect(text('whole', 'report.html')).toContain('kind of flowers.csv')
  })
  it('of the same configuration has the same bits, from the file that it wrote, too', async () => {
    await trained('one', {})
    await trained('two', orThrow(decodeConfig('config.json')(text('one', 'config.json'))) as TableConfig)
    expect(bytes('two', 'model.safetensors')).toBe(bytes('one', 'model.safetensors'))
    await trained('other', { seed: 43 })
    expect(bytes('other', 'model.safetensors')).not.toBe(bytes('one', 'model.safetensors'))
  })
  it.each([0, 1, 7, 11])('that is stopped after %i epochs ends, resumed, in the bits of one that was not', async (after) => {
    await trained('one', {})
    const stopped = await trained(`stopped-${after}`, {}, after)
    expect(stopped.lines).toContain(`stopped after epoch ${after}; it goes on with: foldgrad resume`)
    const resumed = await trained(`stopped-${after}`, {}, undefined, true)
    expect(resumed.lines).toContain(`goes on after epoch ${after}`)
    for (const file of ['model.safetensors', 'results.json']) expect(bytes(`stopped-${after}`, file)).toBe(bytes('one', file))
  })
  it('does not go on with what was in its folder before', async () => {
    await trained('again', { seed: 7 })
    await trained('again', {}, 0)
    expect(await readModel(join(folder, 'again'))()).toMatchObject({ left: { name: 'SystemError' } })
    await trained('again', {}, 2)
    expect(await readModel(join(folder, 'again'))()).toMatchObject({ _tag: 'Right' })
    expect((await trained('again', { target: 'nothing' })).end).toMatchObject({ _tag: 'Left' })
    expect((await trained('again', {}, undefined, true)).lines).toContain('goes on after epoch 2')
    await trained('one', {})
    expect(bytes('again', 'model.safetensors')).toBe(bytes('one', 'model.safetensors'))
  })
  it('of an earlier version, whose model was JSON, is read, and another in its place is not taken for it', async () => {
    await trained('older', {})
    const own = join(folder, 'older')
    const { model, params } = orThrow(await readModel(own)())
    orThrow(await exportRun(own, 'json', join(own, 'model.json'), () => undefined)())
    rmSync(join(own, 'model.safetensors'))
    expect(sameTree(orThrow(pipe(orThrow(await readModel(own)()), paramsFor(model))), params)).toBe(true)
    await trained('older', {}, 0)
    expect(await readModel(own)()).toMatchObject({ left: { name: 'SystemError' } })
  })
  it('does not go on with other data', async () => {
    const own = join(folder, 'own.csv')
    writeFileSync(own, flowers(60))
    await trained('changed', { data: own }, 2)
    writeFileSync(own, flowers(61))
    expect((await trained('changed', { data: own }, undefined, true)).end).toMatchObject({
      left: { message: `resume expects the data that the run began with, receives other data; foldgrad train begins anew (${own})` },
    })
  })
  it('that diverges keeps the best state before it, and fails', async () => {
    const { end, lines } = await trained('diverged', { optimiser: 'sgd 1e5', network: 'dense 8, relu', epochs: 50 })
    expect(end).toMatchObject({ left: { name: 'DivergenceError' } })
    expect(lines).toContain('judged by')
    expect(await readModel(join(folder, 'diverged'))()).toMatchObject({ _tag: 'Right' })
  })
  it('of numbers gives intervals that hold about as often as they say', async () => {
    await trained('numbers', { target: 'size', network: 'dense 16, relu', epochs: 80 })
    const said = speaking()
    orThrow(await predictTable({ run: join(folder, 'numbers'), data: path, json: true }, said)())
    const rows = said.printed
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const truths = flowers(120).trim().split('\n').slice(1).map((line) => Number(line.split(',')[7])) // biome-ignore format: a chain
    const inside = rows.filter((row, i) => row['low 90 %'] <= (truths[i] ?? 0) && (truths[i] ?? 0) <= row['high 90 %']).length
    expect(inside).toBeGreaterThan(96)
  })
  it.each(['laplace', 'gamma'] as const)('of a %s distribution', async (likelihood) =>
    expect((await trained(likelihood, { target: 'size', likelihood })).end).toMatchObject({ _tag: 'Right' }),
  )
  it('in folds, balanced, says the spread', async () =>
    expect((await trained('folds', { folds: 3, classWeight: 'balanced', epochs: 4 })).lines).toContain('over the folds, mean ± deviation'))

  it('reads other rows: categories that it does not know, columns that are not used, cells that are no numbers', async () => {
    await trained('one', {})
    const other = join(folder, 'other.csv')
    writeFileSync(other, flowers(14, 'green').replace('0.000', 'long').replace('row,', 'number,'))
    const said = speaking()
    orThrow(await predictTable({ run: join(folder, 'one'), data: other, json: false }, said)())
    const [head, ...rows] = said.printed.join('').trim().split('\n')
    expect(head).toBe('kind,p(small),p(tall),p(wide)')
    expect(rows).toHaveLength(14)
    expect(said.remarks).toEqual([
      'colour: 2 rows of categories that were not learned, "green" say',
      'length: 1 cells that are no numbers count as missing, "long" say',
      'columns that are not used: number, planet',
    ])
    const judged = speaking()
    orThrow(await evaluateRun({ run: join(folder, 'one'), data: other, json: true }, judged)())
    expect(JSON.parse(judged.printed.join(''))).toMatchObject({ rows: 14, accuracy: expect.any(Number) })
  })
  it('refuses rows without a column that it goes by', async () => {
    await trained('one', {})
    const short = join(folder, 'short.csv')
    writeFileSync(short, 'lenght,width,colour,found,size\n1,2,red,2024-01-01,3\n')
    expect(await predictTable({ run: join(folder, 'one'), data: short, json: false }, speaking())()).toMatchObject({
      left: {
        message: expect.stringContaining(
          'length among them, receives the columns ["lenght", "width", "colour", "found", "size"]; did you mean lenght?',
        ),
      },
    })
    expect(await evaluateRun({ run: join(folder, 'one'), data: short, json: false }, speaking())()).toMatchObject({
      left: { message: expect.stringContaining('evaluate expects the target kind') },
    })
    expect(await readSchema(join(folder, 'nowhere'))()).toMatchObject({ left: { name: 'SystemError' } })
  })
  it('is described, shown by its epochs, and exported', async () => {
    await trained('one', {})
    const lines: string[] = []
    const [own, print] = [join(folder, 'one'), (line: string) => lines.push(line)]
    for (const task of [
      describeRun(own, false, print),
      historyOf(own, false, print),
      historyOf(own, true, print),
      describeRun(own, true, print),
    ])
      orThrow(await task())
    expect(lines[0]).toContain('target kind: categorical of small, tall, wide')
    expect(lines[1]).toContain('kept')
    expect(JSON.parse((lines[2] ?? '').split('\n')[0] ?? '')).toMatchObject({ epoch: 1 })
    expect(JSON.parse(lines[3] ?? '')).toMatchObject({ features: expect.arrayContaining(['length', 'colour=red', 'width missing']) })
    const [out, json] = [join(folder, 'weights.safetensors'), join(folder, 'model.json')]
    orThrow(await exportRun(own, 'json', json, print)())
    orThrow(await exportRun(own, 'safetensors', out, print)())
    const { model, params } = orThrow(await readModel(own)())
    expect(readFileSync(out)).toEqual(readFileSync(join(own, 'model.safetensors')))
    expect(sameTree(orThrow(pipe(readFileSync(json, 'utf8'), decodeModel(json), chain(paramsFor(model)))), params)).toBe(true)
    const stored = orThrow(decodeSafetensors(out)(readFileSync(out)))
    expect(stored.tensors.map(({ name }) => name).sort()).toEqual(['0.bias', '0.weights', '3.bias', '3.weights'])
    expect(sameTree(stored.tensors.find(({ name }) => name === '0.bias')?.tensor, (params[0] as { bias: unknown }).bias)).toBe(true)
  })
})
