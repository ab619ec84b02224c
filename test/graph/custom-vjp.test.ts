/** A derivative of one's own, under every transformation: where it is that of the ops, nothing changes; where it is not, it is used as it is. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it, test } from 'vitest'
import { nearTrees } from '../../laws/compare.js'
import { layerLaws } from '../../laws/index.js'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { explain, wasm } from '../../src/engine/wasm/index.js'
import { batched, customVjp, freePlaceholders, grad, jvp, scan, trace, vjp } from '../../src/graph/index.js'
import { pointwise } from '../../src/network/index.js'
import { add, exp, log1p, maximum, minimum, mul, sigmoid, sin, stack, stopGradient, sub, sumAll } from '../../src/ops/index.js'
import type { Shape } from '../../src/shape/index.js'
import { matrix, type Scalar, scalar, type Tensor, toArray, toNumber, type Vector, vector } from '../../src/tensor/index.js'
import { all } from '../laws/all.js'

type Two = Vector<2>
type Args = readonly [x: Two, w: Two]
/** y = sin(x w) and z = x² + w, of which every derivative is one to compare with. */
const f = (x: Two, w: Two): { readonly y: Two; readonly z: Two } => ({ y: sin(mul(w)(x)), z: add(w)(mul(x)(x)) })
const own = customVjp(f, (...args: Args) => vjp((a: Args) => f(...a))(args))

const cost =
  (g: typeof f) =>
  ([x, w]: Args): Scalar => {
    const { y, z } = g(x, w)
    return sumAll(mul(z)(exp(y)))
  }
const [x, w] = [vector([0.5, -1.25]), vector([2, 0.75])]
const numbers = (t: Tensor): readonly number[] => Array.from(toArray(t))

/** Twice the derivative, by a rule and by ops: a derivative that is not that of f, so that nobody can forget the rule unseen. */
const twice = customVjp(f, (...args: Args) => {
  const [value, pullback] = vjp((a: Args) => f(...a))(args)
  return [value, ({ y, z }) => pullback({ y: add(y)(y), z: add(z)(z) })]
})
const twiceByOps: typeof f = (...args) => {
  const { y, z } = f(...args)
  const doubled = (v: Two): Two => sub(stopGradient(v))(add(v)(v))
  return { y: doubled(y), z: doubled(z) }
}

describe.each([
  ['with the derivative of the ops', own, f],
  ['with twice the derivative', twice, twiceByOps],
] as const)('%s, everything is as by ops', (_name, mine, byOps) => {
  const transformed: Readonly<Record<string, (g: typeof f) => (...args: Args) => readonly Tensor[]>> = {
    value: (g) => (a, b) => Object.values(g(a, b)),
    gradient: (g) => (a, b) => grad(cost(g))([a, b]),
    'second derivative': (g) => (a, b) => grad((at: Args) => sumAll(mul(w)(grad(cost(g))(at)[0])))([a, b]),
    'the value beside a derivative, differentiated': (g) => (a, b) => grad((at: Args) => vjp(cost(g))(at)[0])([a, b]),
    'forward mode': (g) => (a, b) => jvp(cost(g))([a, b], [b, a]),
    batches: (g) => (a, b) => [batched((v: Two) => grad(cost(g))([v, b])[1])(stack([a, b]) as never)],
    'batches, and one operand for all': (g) => (a, b) => {
      const xs = matrix([numbers(x), numbers(w)]) as never
      return [grad((v: Two) => sumAll(batched((u: Two) => cost(g)([u, v]))(xs) as never))(mul(b)(a))]
    },
    'loops and their gradients': (g) => (a, b) => {
      const last = (at: Args): Scalar => {
        const [end] = scan((c: Two, d: Two) => [g(c, d).y, c] as const)(at[0], matrix([numbers(x), numbers(w), numbers(x)]) as never)
        return sumAll(mul(at[1])(end as Two))
      }
      return grad(last)([a, b])
    },
  }
  describe.each(Object.entries(transformed))('%s', (_, of) => {
    /** Roundings of float32, in another order. */
    const near = (got: readonly Tensor[]): void => nearTrees('own', of(byOps)(x, w), got, 1e-5)
    it('at once', () => near(of(mine)(x, w)))
    it.each([reference, wasm])('compiled for $name', (engine) => near(compile(engine)(of(mine))(x, w)))
  })
  it('has no placeholders of others in it', () => expect(freePlaceholders(trace((at: Args) => grad(cost(mine))(at))([x, w]))).toEqual([]))
})

test('a program is the same program, so that the values cost what they did', () => {
  const program = (g: typeof f) => explain(trace((at: Args) => g(...at))([x, w]))
  expect(program(own)).toBe(program(f))
})
test('what a rule computes of the way forward again is computed once by a program', () => {
  const program = (g: typeof f) => explain(trace((at: Args) => grad(cost(g))(at))([x, w]))
  expect(program(own).split('\n').length).toBe(program(f).split('\n').length)
})
test('values keep their bits', () => {
  const same = customVjp(
    (v: Tensor) => v,
    (v) => [v, (dy) => [dy]],
  )
  const odd = vector([-0, Number.NaN, Number.POSITIVE_INFINITY])
  expect(numbers(vjp(same)(odd)[0])).toEqual([-0, Number.NaN, Number.POSITIVE_INFINITY])
})

describe('a rule is used as it is, though it be no derivative', () => {
  const straight = customVjp(
    (v: Scalar) => mul(0)(v),
    (v) => [v, (dy) => [dy]],
  )
  const clipped = customVjp(
    (v: Scalar) => v,
    (v) => [v, (dy) => [pipe(dy, minimum(1), maximum(-1))]],
  )
  it('straight through', () => expect(toNumber(grad(straight)(scalar(3)))).toBe(1))
  it('not linear', () => expect(toNumber(grad((v: Scalar) => mul(100)(clipped(v)))(scalar(3)))).toBe(1))
  it('with a cotangent of each example, clipped by itself', () => {
    const each = batched((v: Scalar) => grad((u: Scalar) => mul(mul(v)(v))(clipped(u)))(v))
    expect(numbers(each(vector([0.5, 30]) as never))).toEqual([0.25, 1])
  })
})

describe('what is no rule is refused, in a sentence', () => {
  const of = (rule: unknown) => () => grad(customVjp((v: Scalar) => v, rule as never))(scalar(1))
  const message = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return (error as Error).message
    }
    return 'nothing thrown'
  }
  it.each([
    [
      'a cotangent of another shape',
      of((v: Scalar) => [v, () => [vector([1, 2])]]),
      'customVjp expects cotangents like the arguments, float32 [] at [0], receives float32 [2]',
    ],
    [
      'a cotangent too few',
      of((v: Scalar) => [v, () => []]),
      'customVjp expects cotangents like the arguments, float32 [] at [0], receives nothing',
    ],
    [
      'a value of another shape',
      of(() => [vector([1, 2]), () => []]),
      'customVjp expects a value like that of the function, float32 [] at the root, receives float32 [2]',
    ],
    ['no pullback', of((v: Scalar) => [v, 1]), 'customVjp expects a pullback, receives 1'],
    ['no rule', of(1), 'customVjp expects a rule, from arguments to a value and its pullback, receives 1'],
    [
      'an unknown from outside',
      () =>
        grad((u: Scalar) =>
          customVjp(
            (v: Scalar) => mul(u)(v),
            (v) => [v, (dy) => [dy]],
          )(u),
        )(scalar(1)),
      'customVjp expects a function that uses nothing but its arguments, receives one that uses an unknown from outside; make it an argument',
    ],
    [
      'a rule with an unknown from outside',
      () =>
        grad((u: Scalar) =>
          customVjp(
            (v: Scalar) => v,
            (v) => [v, (dy) => [mul(u)(dy)]],
          )(u),
        )(scalar(1)),
      'customVjp expects a rule that uses nothing but its arguments, receives one that uses an unknown from outside; make it an argument',
    ],
  ])('%s', (_, run, expected) => expect(message(run)).toBe(expected))
})

/** log(1 + eˣ) without care: its own derivative is ∞/∞ where eˣ is infinite, and the rule's is σ. */
const careless = <S extends Shape>(v: Tensor<S>): Tensor<S> => pipe(v, minimum(80), exp, log1p, maximum<Shape>(v))
const softplus = pointwise(
  'softplus',
  customVjp(careless, (v) => [careless(v), (dy) => [mul(sigmoid(v))(dy)]]),
)
all('layers with a derivative of their own', layerLaws(softplus, { input: [3] }))
