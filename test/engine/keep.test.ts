/** A compiled function keeps the programs of the shapes it was used for last, and no more. */
import { expect, test } from 'vitest'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { mul } from '../../src/ops/index.js'
import { ones, type Tensor } from '../../src/tensor/index.js'

/** The sizes for which programs were made. */
const counting = (): { readonly engine: Engine; readonly made: number[] } => {
  const made: number[] = []
  const prepare: Engine['prepare'] = (program) => {
    made.push(program.inputs[0]?.shape[0] ?? 0)
    return reference.prepare(program)
  }
  return { engine: { name: 'counting', prepare }, made }
}

test('the program that was not used for longest makes room', () => {
  const { engine, made } = counting()
  const f = compile(engine, { keep: 2 })((x: Tensor) => mul(2)(x))
  for (const size of [1, 2, 1, 3, 1, 2]) expect(f(ones([size])).shape).toEqual([size])
  expect(made).toEqual([1, 2, 3, 2])
})

test('eight are kept unless another number is given', () => {
  const { engine, made } = counting()
  const f = compile(engine)((x: Tensor) => mul(2)(x))
  for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 9, 3]) f(ones([size]))
  expect(made).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 3])
})

test.each([0, -1, 1.5, Number.NaN])('%f programs cannot be kept', (keep) =>
  expect(() => compile(reference, { keep })((x: Tensor) => x)).toThrow(
    'compile expects a whole number of programs to keep, at least 1, receives',
  ),
)
