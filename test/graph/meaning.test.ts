/** What the transformations mean, by examples that wrong ones are known to get wrong. */
import { pipe } from 'fp-ts/lib/function.js'
import { is } from 'immutable'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { batched, freePlaceholders, grad, jvp, printProgram, trace, valueAndGrad, vjp } from '../../src/graph/index.js'
import { topological } from '../../src/graph/walk.js'
import { input } from '../../src/layer/index.js'
import { inBatches } from '../../src/network/backprop.js'
import { backprop, pointwise, type SomeLayer } from '../../src/network/index.js'
import { add, div, greater, less, log, mean, mul, relu, select, sqrt, square, sub, sum, sumAll, takeRows } from '../../src/ops/index.js'
import { key, uniformIn } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import {
  matrix,
  placeholder,
  type Scalar,
  scalar,
  type Tensor,
  tensor,
  toArray,
  toNumber,
  type Vector,
  vector,
} from '../../src/tensor/index.js'

const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))

describe('nested derivatives', () => {
  /** Were placeholders compared by value, the inner one would be taken for the outer, and this would be 2. */
  test('d/dx [x · d/dy (x + y)] = 1', () => {
    const f = (x: Scalar): Scalar => mul(grad((y: Scalar) => add(y)(x))(x))(x)
    for (const at of [0, 1, 2, 5]) expect(toNumber(grad(f)(scalar(at)))).toBe(1)
  })

  test('d/dx [x · d/dy (x · y)] = 2x', () => {
    const f = (x: Scalar): Scalar => mul(grad((y: Scalar) => mul(y)(x))(scalar(7)))(x)
    expect(toNumber(grad(f)(scalar(3)))).toBe(6)
  })

  test('the derivatives of x⁵', () => {
    const power = (x: Scalar): Scalar => pipe(x, mul(x), mul(x), mul(x), mul(x))
    expect(toNumber(grad(power)(scalar(2)))).toBe(80)
    expect(toNumber(grad(grad(power))(scalar(2)))).toBe(160)
    expect(toNumber(grad(grad(grad(power)))(scalar(2)))).toBe(240)
    expect(toNumber(grad(grad(grad(grad(grad(power)))))(scalar(2)))).toBe(120)
    expect(toNumber(grad(grad(grad(grad(grad(grad(power))))))(scalar(2)))).toBe(0)
  })

  test('forward mode inside reverse mode and the other way', () => {
    const f = (x: Scalar): Scalar => mul(x)(square(x))
    const slope = (x: Scalar): Scalar => jvp(f)(x, scalar(1))[1]
    expect(toNumber(slope(scalar(2)))).toBe(12)
    expect(toNumber(grad(slope)(scalar(2)))).toBe(12)
    expect(toNumber(jvp(grad(f))(scalar(2), scalar(1))[1])).toBe(12)
  })
})

describe('derivatives', () => {
  test('of an unused argument are 0, of one used twice are added', () => {
    const [da, db] = grad(([a, b]: readonly [Vector<2>, Vector<2>]) => sumAll(add(mul(a)(a))(sub(b)(b))))([vector([1, 2]), vector([3, 4])])
    expect(numbers(da)).toEqual([2, 4])
    expect(numbers(db)).toEqual([0, 0])
    expect(numbers(grad((_: Vector<2>) => scalar(3))(vector([1, 2])))).toEqual([0, 0])
  })

  test('select keeps the branch not taken out, where it is written safely', () => {
    const safeRoot = (x: Vector<3>): Scalar => {
      const positive = pipe(x, greater(0))
      const inside: Tensor = pipe(positive, select(x, 1))
      return sumAll(pipe(positive, select(sqrt(inside), 0)) as Tensor)
    }
    const [value, gradient] = valueAndGrad(safeRoot)(vector([4, 0, -1]))
    expect(toNumber(value)).toBe(2)
    expect(numbers(gradient)).toEqual([0.25, 0, 0])
  })

  test('a pullback may be used many times', () => {
    const [y, pullback] = vjp((x: Vector<2>) => square(x))(vector([3, 4]))
    expect(numbers(y)).toEqual([9, 16])
    expect(numbers(pullback(vector([1, 0])))).toEqual([6, 0])
    expect(numbers(pullback(vector([0, 1])))).toEqual([0, 8])
    expect(numbers(pullback(vector([1, 0])))).toEqual([6, 0])
  })

  test('grad refuses anything but one float', () => {
    expect(() => grad((x: Vector<2>) => x as unknown as Scalar)(vector([1, 2]))).toThrow('grad expects a function to [], receives [2]')
    expect(() => grad((x: Scalar) => less(1)(x))(scalar(1))).toThrow('grad expects a function to a float, receives bool')
  })
})

describe('batching', () => {
  const centre = pointwise('centre', <S extends Shape>(x: Tensor<S>) => sub(mean(-1)(x) as Tensor)(x as Tensor) as Tensor<S>)
  const net = pipe(input(3), centre)
  const layer = net.layers.first() as SomeLayer
  const examples = (n: number): Tensor => uniformIn([n, 3], -2, 2)(key(n))
  const mapped = (x: Tensor): readonly number[] =>
    Array.from({ length: x.shape[0] ?? 0 }, (_, i) =>
      numbers(net([{}])(tensor([3], toArray(takeRows(vector([i], 'int32'))(x as never))))),
    ).flat()

  /** Right-aligned broadcasting gets this silently wrong for exactly three rows, where [3, 3] − [3] subtracts along the other axis. */
  test.each([1, 2, 3, 4, 17])("a user's x − mean(x) over %i rows is itself on every row", (n) => {
    const x = examples(n)
    expect(numbers(inBatches(layer)({})(x))).toEqual(mapped(x))
    expect(numbers(batched(net([{}]))(x as never))).toEqual(mapped(x))
    expect(numbers(backprop(net)([{}])(x as never).output)).toEqual(mapped(x))
    expect(numbers(compile(reference)((z: Tensor) => batched(net([{}]))(z as never) as unknown as Tensor)(x))).toEqual(mapped(x))
  })

  test.each([1, 2, 3, 4])('and so is its gradient over %i rows', (n) => {
    const x = examples(n)
    const weights = vector([1, -2, 0.5])
    const f = (v: Vector<3>): Scalar => sumAll(mul(weights)(net([{}])(v)))
    const whole = numbers(batched(grad(f))(x as never) as unknown as Tensor)
    const single = Array.from({ length: n }, (_, i) => numbers(grad(f)(tensor([3], toArray(takeRows(vector([i], 'int32'))(x as never))))))
    expect(whole).toEqual(single.flat())
  })

  test('arguments must agree in the number of examples', () => {
    const f = (a: Tensor, b: Tensor): Tensor => add(b)(a)
    expect(() => batched(f)(tensor([2, 1], [1, 2]) as never, tensor([3, 1], [1, 2, 3]) as never)).toThrow(
      'batched expects one number of examples along every first axis, receives [2, 1] and [3, 1]',
    )
    expect(() => batched(f)(scalar(1) as never, scalar(1) as never)).toThrow(
      'batched expects one number of examples along every first axis, receives [] and []',
    )
  })

  test('what does not depend on the batch is repeated', () => {
    expect(numbers(batched((_: Vector<1>) => vector([7, 8]))(tensor([3, 1], [0, 0, 0]) as never) as unknown as Tensor)).toEqual([
      7, 8, 7, 8, 7, 8,
    ])
  })

  test('of no examples at all is a batch of none', () => {
    expect(batched(net([{}]))(tensor([0, 3], []) as never).shape).toEqual([0, 3])
  })

  test('nests', () => {
    const x = tensor([2, 2, 3], [1, 2, 3, 4, 5, 9, 0, 0, 3, 1, 1, 1])
    const twice = batched(batched(net([{}])) as never) as unknown as (x: Tensor) => Tensor
    expect(numbers(twice(x))).toEqual(numbers(batched(net([{}]))(tensor([4, 3], toArray(x)) as never)))
  })
})

describe('size', () => {
  const links = 100_000
  const chain = (x: Scalar): Scalar =>
    Array.from({ length: links }).reduce<Scalar>((y, _, i) => (i % 2 === 0 ? add(1)(y) : sub(1)(y)), mul(3)(x))

  test('a chain of 100,000 ops evaluates, differentiates, batches, compiles, and prints', () => {
    expect(toNumber(chain(scalar(2)))).toBe(6)
    const [value, gradient] = valueAndGrad(chain)(scalar(2))
    expect([toNumber(value), toNumber(gradient)]).toEqual([6, 3])
    expect(numbers(batched(chain)(vector([1, 2]) as never) as unknown as Tensor)).toEqual([3, 6])
    expect(toNumber(compile(reference)(chain)(scalar(2)))).toBe(6)
    const program = trace(chain)(scalar(2))
    expect(printProgram(program).split('\n').length).toBeGreaterThan(links)
  })

  test('what is shared is one node: 60 doublings are 61 nodes, and 2⁶⁰ in value and slope', () => {
    const doublings = (x: Scalar): Scalar => Array.from({ length: 60 }).reduce<Scalar>((y) => add(y)(y), x)
    expect(topological(trace(doublings)(scalar(1)).outputs).length).toBe(61)
    expect(valueAndGrad(doublings)(scalar(1)).map(toNumber)).toEqual([2 ** 60, 2 ** 60])
  })
})

describe('programs', () => {
  test('print a line for every node', () => {
    const program = trace(([x, w]: readonly [Vector<2>, Vector<2>]) => sum(-1)(mul(w)(x)))([vector([1, 2]), vector([3, 4])])
    expect(printProgram(program)).toBe(
      [
        '%0 = input [0] : float32 [2]',
        '%1 = input [1] : float32 [2]',
        '%2 = mul %0 %1 : float32 [2]',
        '%3 = sum %2 {axes:[-1]} : float32 []',
        'return %3',
      ].join('\n'),
    )
  })
  test('free placeholders are found', () => {
    const stray = placeholder([2])
    const program = trace((x: Vector<2>) => add(stray)(x))(vector([1, 2]))
    expect(freePlaceholders(program)).toEqual([stray])
    expect(freePlaceholders(trace((x: Vector<2>) => relu(x))(vector([1, 2])))).toEqual([])
  })
  test('compiled functions keep structure: tuples, records, constants', () => {
    const f = compile(reference)(({ a, rest }: { readonly a: Vector<2>; readonly rest: readonly [Scalar, Scalar] }) => ({
      sum: add(rest[0])(rest[1]),
      same: a,
      one: scalar(1),
      log: log(rest[0]),
      half: div(2)(a),
    }))
    const { sum: total, same, one, half } = f({ a: vector([1, 2]), rest: [scalar(3), scalar(4)] })
    expect([toNumber(total), numbers(same), toNumber(one), numbers(half)]).toEqual([7, [1, 2], 1, [0.5, 1]])
    expect(is(f({ a: vector([1, 2]), rest: [scalar(3), scalar(4)] }).same, vector([1, 2]))).toBe(true)
  })
  test('compile tells arguments apart that differ only in structure', () => {
    const difference = compile(reference)(({ a, b }: { readonly a: Scalar; readonly b: Scalar }) => sub(b)(a))
    expect(toNumber(difference({ a: scalar(5), b: scalar(2) }))).toBe(3)
    expect(toNumber(difference({ b: scalar(2), a: scalar(5) }))).toBe(3)
    const second = compile(reference)((x: readonly Scalar[], y: readonly Scalar[]) => (x.length === 2 ? x[1] : y[1]) as Scalar)
    expect([toNumber(second([scalar(1)], [scalar(2), scalar(3)])), toNumber(second([scalar(1), scalar(2)], [scalar(3)]))]).toEqual([3, 2])
  })
  test('compile recompiles for other shapes and refuses numbers', () => {
    const f = compile(reference)((x: Tensor) => sumAll(square(x)))
    expect([
      toNumber(f(vector([1, 2]))),
      toNumber(
        f(
          matrix([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
      toNumber(f(vector([3], 'float64'))),
    ]).toEqual([5, 30, 9])
    // @ts-expect-error -- compile expects trees of tensors, receives a number; make it a scalar tensor
    const loose = compile(reference)((x: Scalar, n: number) => mul(n)(x))
    expect(() => (loose as (x: Scalar, n: number) => Scalar)(scalar(1), 2)).toThrow(
      'compile expects a tree of tensors, receives a number; make it a tensor, with scalar or vector (2 at [1])',
    )
  })
})
