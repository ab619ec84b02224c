/**
 * A caller without types makes the same mistakes, and is told the same sentences: by the rule, at run time. The files of
 * `must-fail` are run as they are, since types are gone by then.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { ShapeError, ValueError } from '../../src/error/index.js'
import { avgPool2d, conv2d, dense, dropout, input, maxPool2d } from '../../src/layer/index.js'
import { layer, repeat } from '../../src/network/index.js'
import { type Scalar, scalar } from '../../src/tensor/index.js'
import { mistakes } from './mistakes.js'

const thrownBy = (f: () => unknown): unknown => {
  try {
    f()
  } catch (error) {
    return error
  }
  return undefined
}
const saying = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : `nothing thrown, but ${String(error)}`

/** Mistakes whose sentence also says which number, and where. */
const numbers = {
  'number-in-compile.ts': '0.1 at [1]',
  'number-in-compile-async.ts': '0.1 at [1]',
  'number-out-of-compile.ts': '0 at the root',
}

describe('the mistakes that do not compile', () => {
  for (const { name, path, runTime } of mistakes.filter((m) => m.runTime !== undefined && !(m.name in numbers)))
    test(`${name}: ${runTime}`, async () => {
      const { mistake } = (await import(path)) as { readonly mistake: () => unknown }
      const error = thrownBy(mistake)
      expect(saying(error)).toBe(`ShapeError: ${runTime}`)
      expect(error).toBeInstanceOf(ShapeError)
    })

  for (const [name, where] of Object.entries(numbers))
    test(`${name}: the same sentence, and which number it is, and where`, async () => {
      const found = mistakes.find((m) => m.name === name)
      const { mistake } = (await import(found?.path ?? '')) as { readonly mistake: () => unknown }
      const error = thrownBy(mistake)
      expect(saying(error)).toBe(`ValueError: ${found?.compileTime} (${where})`)
      expect(error).toBeInstanceOf(ValueError)
    })
})

describe('what compile receives, and the compiler could not see', () => {
  const run = compile(reference)((x: Scalar, _: object) => x)
  const cases: readonly (readonly [argument: unknown, received: string, where: string])[] = [
    [{ rate: 0.1 }, 'a number', '0.1 at [1].rate'],
    [{ mode: ['fast'] }, 'a string', '"fast" at [1].mode[0]'],
    [{ train: true }, 'a boolean', 'true at [1].train'],
    [null, 'null', 'null at [1]'],
    [{ key: undefined }, 'undefined', 'undefined at [1].key'],
  ]
  for (const [argument, received, where] of cases)
    test(`${received}, ${where}`, () =>
      expect(saying(thrownBy(() => run(scalar(1), argument as object)))).toBe(
        `ValueError: compile expects a tree of tensors, receives ${received}; make it a tensor, with scalar or vector (${where})`,
      ))
})

describe('sizes that are none', () => {
  const block = dense(4)
  const cases: readonly (readonly [make: () => unknown, sentence: string])[] = [
    [() => input(0), 'input expects whole sizes of at least 1, receives [0]'],
    [() => input(28, -28, 1), 'input expects whole sizes of at least 1, receives [28, -28, 1]'],
    [() => input(2.5), 'input expects whole sizes of at least 1, receives [2.5]'],
    [() => input(Number.NaN), 'input expects whole sizes of at least 1, receives [NaN]'],
    [() => input('784' as never), 'input expects whole sizes of at least 1, receives ["784"]'],
    [() => dense(0), 'dense expects whole sizes of at least 1, receives [0]'],
    [() => dense(-3), 'dense expects whole sizes of at least 1, receives [-3]'],
    [() => dense(1.5), 'dense expects whole sizes of at least 1, receives [1.5]'],
    [() => dense(undefined as never), 'dense expects whole sizes of at least 1, receives [undefined]'],
    [() => conv2d({ kernel: 5 } as never), 'conv2d expects whole sizes of at least 1, receives [undefined, 1]'],
    [() => conv2d({ filters: 0, kernel: 5 }), 'conv2d expects whole sizes of at least 1, receives [0, 1]'],
    [
      () => conv2d({ filters: 6, kernel: -5 }),
      'conv2d expects windows, strides and dilations of whole sizes of at least 1, receives -5, 1, 1',
    ],
    [
      () => conv2d({ filters: 6, kernel: 2.5 }),
      'conv2d expects windows, strides and dilations of whole sizes of at least 1, receives 2.5, 1, 1',
    ],
    [
      () => conv2d({ filters: 6, kernel: 5, stride: 0 }),
      'conv2d expects windows, strides and dilations of whole sizes of at least 1, receives 5, 0, 1',
    ],
    [
      () => conv2d({ filters: 6, kernel: 5, padding: -1 }),
      'conv2d expects padding valid, same, a whole number, or [low, high] of every axis, receives -1',
    ],
    [() => avgPool2d(0), 'avgPool2d expects windows, strides and dilations of whole sizes of at least 1, receives 0, 0, 1'],
    [
      () => conv2d({ filters: 6, kernel: 3, dilation: 0 }),
      'conv2d expects windows, strides and dilations of whole sizes of at least 1, receives 3, 1, 0',
    ],
    [
      () => conv2d({ filters: 6, kernel: [3, 0] }),
      'conv2d expects windows, strides and dilations of whole sizes of at least 1, receives [3, 0], 1, 1',
    ],
    [
      () => conv2d({ filters: 6, kernel: 3, padding: [[1, 1]] }),
      'conv2d expects padding valid, same, a whole number, or [low, high] of every axis, receives [[…]]',
    ],
    [
      () => maxPool2d({ size: 2, stride: 0 }),
      'maxPool2d expects windows, strides and dilations of whole sizes of at least 1, receives 2, 0, 1',
    ],
    [() => pipe(input(9, 9, 2), conv2d({ filters: 2, kernel: 5, dilation: 3 } as never)), 'conv2d: a 5x5 window does not fit'],
    [() => pipe(input(4), repeat(-1)(block)), 'repeat expects whole sizes of at least 0, receives [-1]'],
    [() => pipe(input(4), repeat(1.5)(block)), 'repeat expects whole sizes of at least 0, receives [1.5]'],
    [
      () => layer({ name: 'scale', input: [0], output: [0], init: () => ({}), apply: () => (x) => x }),
      'scale expects whole sizes of at least 1, receives [0, 0]',
    ],
  ]
  for (const [make, sentence] of cases) test(sentence, () => expect(saying(thrownBy(make))).toBe(`ShapeError: ${sentence}`))

  test('none at all: repeat(0) is the identity', () => expect(pipe(input(4), repeat(0)(block)).output).toEqual([4]))
  test('a rate that is none', () =>
    expect(saying(thrownBy(() => dropout(1)))).toBe('ValueError: dropout expects a rate in [0, 1), receives 1'))
})
