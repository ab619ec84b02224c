/** What must compile, and what must not: one run of the compiler, its sentences compared word for word. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { mistakes } from './mistakes.js'
import * as compiled from './must-compile.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The diagnostics of every file, each with its indented lines. */
const diagnose = (): ReadonlyMap<string, readonly string[]> => {
  const compiler = `${root}node_modules/typescript/bin/tsc`
  const { stdout, error } = spawnSync(process.execPath, [compiler, '-p', 'test/types', '--noEmit', '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (error !== undefined) throw error
  const found = new Map<string, readonly string[]>()
  for (const diagnostic of stdout.split(/^(?=\S)/m).filter((text) => text.trim() !== '')) {
    const file = diagnostic.match(/^(.+?)\(\d+,\d+\): error /)?.[1] ?? 'no file'
    found.set(file, [...(found.get(file) ?? []), diagnostic])
  }
  return found
}
const diagnostics = diagnose()
const of = (name: string): readonly string[] => diagnostics.get(`test/types/must-fail/${name}`) ?? []

/** TypeScript's own sentence as it is; ours whole, as the type that carries it. */
const carried = (sentence: string): string => (/^(Argument of type|Type) '/.test(sentence) ? sentence : `ShapeError<"${sentence}">`)

test('nothing but the mistakes fails to compile', () => {
  const elsewhere = [...diagnostics].filter(([file]) => !file.startsWith('test/types/must-fail/'))
  expect(elsewhere).toEqual([])
})

describe('must not compile', () => {
  test('there is a file for every mistake', () => expect(mistakes.length).toBeGreaterThanOrEqual(13))

  for (const { name, compileTime } of mistakes)
    test(`${name}: ${compileTime}`, () => {
      expect(of(name)).toHaveLength(1)
      expect(of(name)[0]?.split('\n').slice(0, 4).join('\n')).toContain(carried(compileTime))
      expect(of(name)[0]?.length).toBeLessThan(1200)
    })
})

describe('values have the shapes that their types say', () => {
  const outputs: readonly (readonly [name: string, shape: readonly number[], shape: readonly number[]])[] = [
    ['784-128-10', compiled.net.output, [10]],
    ['generic hidden size', compiled.g64.output, [10]],
    ['generic join', compiled.a32.output, [784]],
    ['dims', compiled.tagged.output, [7]],
    ['dims joined', compiled.taggedJoin.output, [3]],
    ['parallel', compiled.beside.output, [2]],
    ['LeNet-5', compiled.lenet.output, [10]],
    ['an odd size', compiled.odd.output, [36]],
    ['a stride', compiled.strided.output, [3, 2, 2]],
    ['any side', compiled.anySide.output, [10]],
    ['a dim among sizes', compiled.tagSide.output, [10]],
    ['refined', compiled.rows.shape, [32, 784]],
    ['refined by a known dim', compiled.targets.shape, [32, 10]],
    ['refined product', compiled.scores.shape, [32, 10]],
    ['refined scalar', compiled.noAxes.shape, []],
    ['compiled generic function', compiled.forwarded.shape, [32, 10]],
    ['adam’s moment', compiled.moment.shape, [784, 128]],
    ['moment of generic code', compiled.fittedMoment.shape, [784, 128]],
    ['the hundredth repetition', compiled.w99?.shape ?? [], [64, 64]],
    ['a tied autoencoder', compiled.tied.output, [784]],
    ['shared at another shape', compiled.elsewhere.output, [6]],
    ['on a frozen network', compiled.tuned.output, [10]],
    ['inception', compiled.inception.output, [28, 28, 12]],
    ['a dense net', compiled.denseNet.output, [9]],
    ['joined rows', compiled.rowsAbove.output, [8, 6]],
    ['parts', compiled.parts.output, [12]],
    ['parallel of a generic size', compiled.genericBeside(2).output, [5]],
    ['polynomial features', compiled.polynomial.layers.toArray()[0]?.output ?? [], [35]],
    ['polynomial features without bias', compiled.withoutBias.output, [65]],
    ['named parameters', compiled.encoderWeights.shape, [12, 4]],
    ['own layer', compiled.factor.shape, [16]],
    ['stacked rows', compiled.stacked.shape, [7, 4]],
    ['states of a recurrence', compiled.hiddens.shape, [9, 1, 5]],
    ['drawn weights', compiled.drawn.shape, [3, 4]],
    ['mean along the first axis', compiled.alongAxes[0].shape, [3, 5]],
    ['sum along the second', compiled.alongAxes[1].shape, [2, 5]],
    ['slice', compiled.cut.shape, [2, 2, 4]],
    ['pad', compiled.padded.shape, [2, 5, 7]],
    ['permute', compiled.turned.shape, [5, 2, 3]],
    ['permute of the last two', compiled.turnedLast.shape, [2, 5, 3]],
    ['concat', compiled.besideCube.shape, [2, 7, 5]],
    ['batched', compiled.each.shape, [7, 3]],
    ['declared output', compiled.ofTwo.output, [3]],
    ['costs of an epoch', compiled.costs().shape, [3]],
    ['weights after an epoch', compiled.afterEpoch().params[0].weights.shape, [784, 128]],
  ]
  for (const [name, shape, expected] of outputs) test(name, () => expect(shape).toEqual(expected))

  test('LeNet-5’s first dense layer', () => {
    const key = compiled.state.key
    expect(compiled.lenet.init(key)[7].weights.shape).toEqual([400, 120])
    expect(compiled.f8.init(key)[3].weights.shape).toEqual([4608, 10])
  })
  test('gradient records are parameter records', () => {
    const [, gradients] = compiled.backPropagated()
    expect(compiled.gradients()[0].weights.shape).toEqual([784, 128])
    expect(gradients.map((record) => Object.keys(record))).toEqual([['weights', 'bias'], [], ['weights', 'bias']])
  })
})
