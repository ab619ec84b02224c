/** What loops mean, by examples: trees, ends, errors word for word, what is shared, and what is printed. */
import { pipe } from 'fp-ts/lib/function.js'
import { Record as ImmutableRecord, is } from 'immutable'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { batched, foriLoop, freePlaceholders, grad, printProgram, pruned, scan, trace, vjp } from '../../src/graph/index.js'
import { topological } from '../../src/graph/walk.js'
import { add, cast, exp, expandFirst, mul, sin, sub, sum, sumAll, tanh } from '../../src/ops/index.js'
import {
  placeholder,
  type Scalar,
  scalar,
  type Tensor,
  tensor,
  toArray,
  toNumber,
  type Vector,
  vector,
  zeros,
} from '../../src/tensor/index.js'
import { Loop } from '../../src/tensor/node.js'

const numbers = (x: Tensor): readonly number[] => Array.from(toArray(x))
const running = scan((c: Scalar, x: Scalar) => [add(x)(c), add(x)(c)])

describe('scan', () => {
  test('sums, and gives the sums on the way', () => {
    const [total, sums] = running(scalar(0), vector([1, 2, 3]))
    expect([toNumber(total), numbers(sums)]).toEqual([6, [1, 3, 6]])
  })
  test('backwards, with every slice in its place', () => {
    const [total, sums] = scan((c: Scalar, x: Scalar) => [add(x)(c), add(x)(c)], { reverse: true })(scalar(0), vector([1, 2, 3]))
    expect([toNumber(total), numbers(sums)]).toEqual([6, [6, 5, 3]])
  })
  test('along nothing, the carry is what it was and the stacks are empty', () => {
    const [total, sums] = running(scalar(7), zeros([0]))
    expect([toNumber(total), sums.shape]).toEqual([7, [0]])
    expect(is(running(scalar(7), zeros([0]))[0], scalar(7))).toBe(true)
  })
  test('keeps trees: records, tuples, Immutable records, integers', () => {
    const State = ImmutableRecord({ step: scalar(0, 'uint32'), total: scalar(0) })
    const [last, { squares }] = scan((state: InstanceType<typeof State>, [x, y]: readonly [Scalar, Scalar]) => {
      const next = state.set('step', add(1)(state.step)).set('total', add(mul(y)(x))(state.total))
      return [next, { squares: [mul(x)(x), mul(y)(y)] as const }]
    })(State(), [vector([1, 2]), vector([3, 4])] as const)
    expect(last).toBeInstanceOf(State)
    expect([toNumber(last.step), last.step.precision, toNumber(last.total)]).toEqual([2, 'uint32', 11])
    expect(squares.map(numbers)).toEqual([
      [1, 4],
      [9, 16],
    ])
  })
  test('a carry may come back with its fields in another order', () => {
    const [{ a, b }] = scan(({ a: x, b: y }: { readonly a: Scalar; readonly b: Scalar }, t: Scalar) => [{ b: x, a: add(t)(y) }, []])(
      { a: scalar(1), b: scalar(10) },
      vector([100, 1000]),
    )
    expect([toNumber(a), toNumber(b)]).toEqual([1001, 110])
  })
  test('foriLoop counts', () => {
    expect(toNumber(foriLoop(10)((c: Scalar) => mul(2)(c))(scalar(1)))).toBe(1024)
    expect(toNumber(foriLoop(4)((c: Scalar, t) => add(cast('float32')(t) as Scalar)(c))(scalar(0)))).toBe(6)
    expect(toNumber(foriLoop(0)((c: Scalar) => mul(2)(c))(scalar(3)))).toBe(3)
  })
})

describe('scan refuses', () => {
  const cases: readonly (readonly [sentence: string, mistake: () => unknown])[] = [
    [
      'scan expects one length along every first axis, receives [2] and [3]',
      () => scan((c: Scalar, [x]: readonly [Scalar, Scalar]) => [c, x])(scalar(0), [vector([1, 2]), vector([1, 2, 3])] as never),
    ],
    [
      'scan expects one length along every first axis, receives []',
      () => scan((c: Scalar, x: Scalar) => [c, x])(scalar(0), scalar(1) as never),
    ],
    [
      'scan expects at least one tensor to go along, receives none; go along a range',
      () => scan((c: Scalar) => [c, c])(scalar(0), [] as never),
    ],
    [
      'scan expects a carry of [] after an iteration, receives [2] (at .a)',
      () => scan(({ a }: { readonly a: Scalar }, x: Vector<2>) => [{ a: x as never }, a])({ a: scalar(0) }, tensor([1, 2], [1, 2])),
    ],
    [
      'scan expects a carry of float32 after an iteration, receives int32 (at the root)',
      () => scan((c: Scalar, x: Scalar) => [cast('int32')(x) as Scalar, c])(scalar(0), vector([1, 2])),
    ],
    [
      'scan expects a carry of tensors at .a, receives tensors at .b (after an iteration)',
      () => scan(({ a }: { readonly a: Scalar }, x: Scalar) => [{ b: a } as never, x])({ a: scalar(0) }, vector([1])),
    ],
    [
      'scan expects a carry of tensors at .a, receives tensors at .a, .b (after an iteration)',
      () => scan(({ a }: { readonly a: Scalar }, x: Scalar) => [{ a, b: a }, x])({ a: scalar(0) }, vector([1])),
    ],
    [
      'scan expects a tree of tensors, receives a number; make it a tensor, with scalar or vector (3 at the root)',
      () => scan((c: Scalar, _: Scalar) => [c, 3])(scalar(0), vector([1])),
    ],
    [
      'scan expects a tree of tensors, receives a number; make it a tensor, with scalar or vector (0 at .n)',
      () => scan((c: { readonly n: Scalar }, x: Scalar) => [c, x])({ n: 0 as never }, vector([1])),
    ],
    [
      'scan expects a body that returns [carry, y], receives one tree; where there is no y, return [carry, []]',
      () => scan(((c: Scalar) => c) as never)(scalar(0), vector([1])),
    ],
    [
      'toNumber expects a literal, receives placeholder x float32 [], whose numbers are not known while a function is traced; choose between tensors with select, repeat with scan',
      () => scan((c: Scalar, x: Scalar) => [mul(toNumber(x))(c), x])(scalar(0), vector([1])),
    ],
  ]
  test.each(cases)('%s', (sentence, mistake) => {
    const said = (() => {
      try {
        return mistake()
      } catch (error) {
        return error instanceof Error ? error.message : error
      }
    })()
    expect(said).toBe(sentence)
  })
})

describe('nested derivatives', () => {
  /** Σₜ d/dv [x·v·v] at v = aₜ is Σₜ 2·x·aₜ, whose derivative by x is 2·Σₜ aₜ; confused placeholders would add the inner variable’s. */
  test('a body that takes a gradient of something that closes over the outer variable', () => {
    const along = tensor([3], [1, 2, 4], 'float64')
    const f = (x: Scalar): Scalar =>
      scan((c: Scalar, a: Scalar) => [add(grad((v: Scalar) => mul(mul(v)(v))(x))(a))(c), []])(scalar(0, 'float64'), along)[0]
    expect(toNumber(f(scalar(5, 'float64')))).toBe(70)
    expect(toNumber(grad(f)(scalar(5, 'float64')))).toBe(14)
    expect(toNumber(grad(grad(f))(scalar(5, 'float64')))).toBe(0)
  })
  test('d/dx [x · d/dy (x + y)] = 1, in a loop', () => {
    const f = (x: Scalar): Scalar => foriLoop(1)((c: Scalar) => mul(grad((y: Scalar) => add(y)(x))(c))(x))(x)
    for (const at of [0, 1, 5]) expect(toNumber(grad(f)(scalar(at)))).toBe(1)
  })
  test('x to the power of 2⁵ by squaring: 32·x³¹, and 32·31·x³⁰', () => {
    const power = (x: Scalar): Scalar => foriLoop(5)((c: Scalar) => mul(c)(c))(x)
    expect([power, grad(power), grad(grad(power))].map((f) => toNumber(f(scalar(1, 'float64'))))).toEqual([1, 32, 32 * 31])
  })
})

describe('the graph of a loop', () => {
  const loopsIn = (text: string): number => text.split('\n').filter((line) => line.includes('= loop')).length
  const printed = <A, B>(f: (a: A) => B, a: A): string => printProgram(pruned(trace(f)(a)))
  const decay = ([k, xs]: readonly [Scalar, Tensor<readonly [number]>]): readonly [Scalar, Tensor] =>
    scan((c: Scalar, x: Scalar) => {
      const next = tanh(add(x)(mul(exp(k))(c)))
      return [next, next]
    })(scalar(0), xs)
  const at = [scalar(2), vector([1, 2, 3])] as const

  test('prints its body, indented; what the body captures whole is computed outside', () => {
    expect(printed(decay, at)).toBe(
      [
        '%0 = literal : float32 []',
        '%1 = input [1] : float32 [3]',
        '%2 = input [0] : float32 []',
        '%3 = exp %2 : float32 []',
        '%4 = loop 3, from %0, along %1, with %3',
        '  %0 = input carry : float32 []',
        '  %1 = input x : float32 []',
        '  %2 = input constant 0 : float32 []',
        '  %3 = mul %0 %2 : float32 []',
        '  %4 = add %3 %1 : float32 []',
        '  %5 = tanh %4 : float32 []',
        '  next %5, give %5',
        '%5 = result 0 of %4 : float32 []',
        '%6 = result 1 of %4 : float32 [3]',
        'return %5 %6',
      ].join('\n'),
    )
  })
  test('is as large for 784 iterations as for two, and so is its derivative', () => {
    const cost = (a: readonly [Scalar, Tensor<readonly [number]>]): Scalar => sumAll(decay(a)[1])
    const lines = (n: number): number => printed(grad(cost), [scalar(2), zeros([n])] as const).split('\n').length
    expect(lines(784)).toBe(lines(2))
  })
  test('goes forward once, keeps what the way back needs, and goes back once', () => {
    const both = (a: typeof at) => {
      const [y, back] = vjp(decay)(a)
      return [y, back(y)] as const
    }
    const text = printed(both, at)
    expect(loopsIn(text)).toBe(2)
    expect(text.split('\n').filter((line) => line.includes('= tanh'))).toHaveLength(1)
    /** The next carry is given anyway, and is not kept twice; of the carry before, the way back needs its own stack. */
    expect(printProgram(trace(both)(at))).toContain('  next %5, give %5 %0\n')
  })
  test('so do loops inside loops', () => {
    const f = (x: Vector<2>): Scalar =>
      foriLoop(3)((c: Scalar) => sumAll(scan((d: Scalar, v: Scalar) => [tanh(mul(v)(d)), sin(d)])(c, x)[1]))(sumAll(x))
    const text = printed((x: Vector<2>) => vjp(f)(x)[1](scalar(1)), vector([1, 2]))
    expect(loopsIn(text)).toBe(4)
    expect(text.split('\n').filter((line) => line.includes('= tanh'))).toHaveLength(1)
  })
  test('pruned, has only what is used, and a carry that never changes is a constant', () => {
    const f = ([x, k]: readonly [Vector<3>, Scalar]) =>
      scan((state: { readonly a: Scalar; readonly b: Scalar; readonly k: Scalar }, y: Scalar) => {
        const { a, b, k: same } = state
        return [{ a: sin(mul(same)(a)), b: add(y)(b), k: same }, [b, y]]
      })({ a: scalar(1), b: scalar(0), k }, x)[0]
    const text = printed((a: readonly [Vector<3>, Scalar]) => [f(a).a, f(a).k], [vector([1, 2, 3]), scalar(2)])
    expect(text).toBe(
      [
        '%0 = literal : float32 []',
        '%1 = input [1] : float32 []',
        '%2 = loop 3, from %0, with %1',
        '  %0 = input carry.a : float32 []',
        '  %1 = input carry.k : float32 []',
        '  %2 = mul %0 %1 : float32 []',
        '  %3 = sin %2 : float32 []',
        '  next %3',
        '%3 = result 0 of %2 : float32 []',
        'return %3 %1',
      ].join('\n'),
    )
  })
  test('keeps what a view looks at, not the view', () => {
    const f = (xs: Tensor<readonly [number, 3]>): Scalar =>
      scan((c: Scalar, x: Vector<3>) => [sumAll(mul(x)(expandFirst(3)(sin(c)))), []])(scalar(1), xs)[0]
    const outputs = trace((xs: Tensor<readonly [number, 3]>) => vjp(f)(xs)[1](scalar(1)))(zeros([5, 3])).outputs
    const kept = topological(outputs).flatMap((node) => (node.kind === 'projection' ? node.loop.body.ys.map(({ shape }) => shape) : []))
    expect(kept.filter((shape) => shape.length > 0)).toEqual([[3]])
  })
  test('goes along only what its body uses', () => {
    expect(
      printed(
        foriLoop(9)((c: Scalar) => sin(c)),
        scalar(1),
      ),
    ).toContain('= loop 9, from %0\n')
    const program = trace(
      (xs: readonly [Vector<2>, Vector<2>]) => scan((c: Scalar, [x]: readonly [Scalar, Scalar]) => [add(x)(c), []])(scalar(0), xs)[0],
    )([vector([1, 2]), vector([3, 4])])
    expect(printProgram(program)).not.toContain('input [1]')
  })
  test('has no free placeholder, and a stray one in a body is found', () => {
    expect(freePlaceholders(trace(grad((a: typeof at) => sumAll(decay(a)[1])))(at))).toEqual([])
    const [stray] = trace((x: Scalar) => x)(scalar(0)).inputs as readonly [Scalar]
    const program = trace((xs: Vector<3>) => scan((c: Scalar, x: Scalar) => [add(mul(stray)(x))(c), []])(scalar(0), xs)[0])(
      vector([1, 2, 3]),
    )
    expect(freePlaceholders(program)).toEqual([stray])
  })
  test('made by hand with a body that is not closed, is found out', () => {
    const [carry, stray] = [placeholder([]), placeholder([])] as const
    const body = { carry: [carry], xs: [], constants: [], nextCarry: [add(stray)(carry)], ys: [] }
    const { results } = new Loop({ length: 2, reverse: false, carry: [scalar(0)], xs: [], constants: [] }, body)
    expect(freePlaceholders({ inputs: [], outputs: results })).toEqual([stray])
  })
  test('is known at once where all of it is', () => {
    expect(topological([running(scalar(0), vector([1, 2, 3]))[0]]).map(({ kind }) => kind)).toEqual(['literal'])
  })
})

describe('long loops', () => {
  const length = 20_000
  const walk = (xs: Vector<number>): Scalar => scan((c: Scalar, x: Scalar) => [sub(x)(c), []])(scalar(0, 'float64'), xs)[0]
  test('run, differentiate and batch', () => {
    const xs = tensor([length], new Float64Array(length).fill(1), 'float64')
    expect(toNumber(walk(xs))).toBe(-length)
    expect(toNumber(sum(-1)(grad(walk)(xs)))).toBe(-length)
    const both = tensor([2, length], new Float64Array(2 * length).fill(1), 'float64')
    expect(numbers(batched(walk)(both) as unknown as Tensor)).toEqual([-length, -length])
  })
  test('compiled for the reference engine are the same', () => {
    const f = (x: Scalar): Scalar =>
      pipe(
        x,
        foriLoop(100)((c: Scalar) => sin(c)),
      )
    expect(is(compile(reference)(f)(scalar(1)), f(scalar(1)))).toBe(true)
  })
})
