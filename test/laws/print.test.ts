/** What a broken law prints: code that evaluates to the counterexample again, and a report, word for word. */
import * as fc from 'fast-check'
import { is } from 'immutable'
import { expect, it } from 'vitest'
import { check, code, law } from '../../laws/index.js'
import type { Precision } from '../../src/prim/index.js'
import type { Shape } from '../../src/shape/index.js'
import { full, scalar, type Tensor, tensor, vector } from '../../src/tensor/index.js'

const evaluate = (text: string): unknown =>
  new Function('full', 'scalar', 'tensor', 'vector', `return (${text})`)(full, scalar, tensor, vector)

const anyTensor: fc.Arbitrary<Tensor> = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
    fc.constantFrom<Precision>('float32', 'float64', 'int32', 'uint32', 'bool'),
  )
  .chain(([shape, precision]) => {
    const size = shape.reduce((a, b) => a * b, 1)
    const numbers = precision.startsWith('float') ? fc.double() : fc.integer({ min: 0, max: precision === 'bool' ? 1 : 2 ** 31 - 1 })
    return fc.array(numbers, { minLength: size, maxLength: size }).map((xs) => tensor(shape as Shape, xs, precision))
  })

it('code(x) evaluates to x, bit for bit', () => fc.assert(fc.property(anyTensor, (x) => is(evaluate(code(x)), x))))

it('code of arrays, records, strings and numbers evaluates to them', () =>
  fc.assert(
    fc.property(fc.jsonValue(), fc.double(), (json, x) => {
      expect(evaluate(code({ json, x }))).toStrictEqual({ json, x })
    }),
  ))

it.each([
  [tensor([2, 2], [0.1, 2, 3, 4]), 'tensor([2, 2], [0.1, 2, 3, 4])'],
  [vector([1, -0], 'float64'), "vector([1, -0], 'float64')"],
  [full([784, 128], 0), 'full([784, 128], 0)'],
  [scalar(Number.NaN), 'scalar(NaN)'],
  [{ input: [2], layers: [{ kind: 'dense', size: 3 }] }, "{ input: [2], layers: [{ kind: 'dense', size: 3 }] }"],
  [JSON.parse('{"__proto__":false}'), "{ ['__proto__']: false }"],
])('prints %#', (value, text) => expect(code(value)).toBe(text))

it('a broken law says everything that is needed to see it again', () => {
  const positive = law(
    { name: 'sum.positive', statement: 'x + y ≥ 0', source: 'nobody', given: ['const sum = x + y'] },
    fc.record({ x: fc.integer(), y: fc.constant(0) }),
    ({ x }) => {
      if (x < 0) throw new Error('it is negative')
    },
  )
  expect(() => check(positive, { seed: 1, runs: 100 })).toThrow(
    [
      'the law sum.positive is broken',
      '  it says     x + y ≥ 0',
      '  source      nobody',
      '  example     const x = -1',
      '              const y = 0',
      '              const sum = x + y',
      '  but         it is negative',
      '  replay      check(law, { seed: 1, runs: 100 })',
    ].join('\n'),
  )
})
