/**
 * Degenerate functions and graphs: nothing in between, nothing used, everything twice, axes of one and of none, and the edges of
 * the floats. By the library's own transformations, or by others that are to be shown wrong, and through every engine given.
 */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { batched, vjp } from '../../src/graph/index.js'
import { type ApplyTo, algebraOf } from '../../src/ops/algebra.js'
import { apply, tensors } from '../../src/ops/apply.js'
import { add, prims, sumAll, tanh } from '../../src/ops/index.js'
import { operandsFor } from '../../src/prim/index.js'
import { type Shape, show } from '../../src/shape/index.js'
import { ones, type Precision, type Tensor, tensor, toArray, zeros } from '../../src/tensor/index.js'
import { appliedBy } from '../algebra/evaluation.js'
import { moderate, shapeOf, tensorOf } from '../arbitrary/tensors.js'
import { Broken, identical, near, nearTensors, nearTrees } from '../compare.js'
import { axisCases } from '../degenerate/axes.js'
import { limits } from '../degenerate/limits.js'
import { specials } from '../degenerate/special.js'
import { fact, type Law, law } from '../law.js'
import { applications } from '../op/table.js'

export interface DegenerateOptions {
  readonly vjp: typeof vjp
  readonly batched: typeof batched
  readonly apply: ApplyTo<Tensor>
  readonly engines: readonly Engine[]
}

/** A few ops on numbers below some 100, each within 3 units of float32: 1e-6 of the largest is eight units. */
const bound = 1e-6
const zerosLike = (x: Tensor): Tensor => zeros(x.shape, x.precision)
const anyPrecision = fc.constantFrom<Precision>('float32', 'float64', 'int32', 'uint32', 'bool')
/** Tensors of any precision and any small shape, empty ones among them. */
const anything: fc.Arbitrary<Tensor> = fc
  .tuple(shapeOf(0, 3, 0), anyPrecision)
  .chain(([shape, precision]) => tensorOf(shape, fc.integer({ min: 0, max: 1 }), precision))
const floating: fc.Arbitrary<Tensor> = shapeOf(0, 2, 0).chain((shape) => tensorOf(shape, moderate(), 'float64'))
const two = (x: Tensor): fc.Arbitrary<readonly [Tensor, Tensor, Tensor]> => {
  const like = tensorOf(x.shape, moderate(1 / 64), x.precision)
  return fc.tuple(fc.constant(x), like, like)
}
const withTwo = floating.chain(two)

/** Laws of a derivative, asked of functions with as little in them as there can be. */
const graphs = ({ vjp: derive }: DegenerateOptions): readonly Law[] => [
  law({ name: 'degenerate.identity', statement: 'the derivative of x ↦ x is dy ↦ dy' }, withTwo, ([x, dy]) => {
    const [y, pullback] = derive((a: Tensor) => a)(x)
    identical('value', x, y)
    identical('cotangent', dy, pullback(dy))
  }),
  law({ name: 'degenerate.constant', statement: 'the derivative of x ↦ c is zeros' }, fc.tuple(anything, withTwo), ([x, [c, dy]]) => {
    const [y, pullback] = derive((_: Tensor) => c)(x)
    identical('value', c, y)
    identical('cotangent', zerosLike(x), pullback(dy))
  }),
  law(
    { name: 'degenerate.unused', statement: 'an unused input has zeros of its shape and precision' },
    fc.tuple(anything, withTwo),
    ([unused, [x, dy]]) => {
      const [, pullback] = derive(({ a }: { readonly a: Tensor; readonly b: Tensor }) => tanh(a))({ a: x, b: unused })
      const [, alone] = derive((a: Tensor) => tanh(a))(x)
      identical('cotangents', { a: alone(dy), b: zerosLike(unused) }, pullback(dy))
    },
  ),
  law(
    { name: 'degenerate.twice', statement: 'an input used twice has the sum of both cotangents' },
    fc.tuple(withTwo, fc.constantFrom<'add' | 'sub' | 'mul' | 'div'>('add', 'sub', 'mul', 'div')),
    ([[x, dy], prim]) => {
      const [, apart] = derive(([a, b]: readonly [Tensor, Tensor]) => apply(prim, [a, b], null))([x, x])
      const [, together] = derive((a: Tensor) => apply(prim, [a, a], null))(x)
      const [da, db] = apart(dy)
      nearTensors('cotangent', add(da)(db), together(dy), 1e-12)
    },
  ),
  law({ name: 'degenerate.duplicated', statement: 'an output given twice sends back the sum of its cotangents' }, withTwo, ([x, a, b]) => {
    const [, once] = derive((z: Tensor) => tanh(z))(x)
    const [values, pullback] = derive((z: Tensor) => {
      const y = tanh(z)
      return [y, y] as const
    })(x)
    identical('values', [tanh(x), tanh(x)], values)
    nearTensors('cotangent', once(add(a)(b)), pullback([a, b]), 1e-12)
  }),
  law(
    { name: 'degenerate.passed', statement: 'an input that is also two outputs sends back both cotangents and what it is used for' },
    withTwo,
    ([x, a, b]) => {
      const [, once] = derive((z: Tensor) => tanh(z))(x)
      const [, pullback] = derive((z: Tensor) => [z, z, tanh(z)] as const)(x)
      nearTensors('cotangent', add(add(a)(b))(once(a)), pullback([a, b, a]), 1e-12)
    },
  ),
]

/** The same through an engine, which may give back what it was given, but must not mistake one for the other. */
const compiled = (engine: Engine): Law =>
  law(
    { name: `degenerate.${engine.name}.passed`, statement: 'inputs, constants and duplicates among the outputs are what they are' },
    fc.tuple(anything, anything, anything),
    ([x, y, c]) => {
      const f = (a: Tensor, b: Tensor) => [b, a, c, a, [b]] as const
      identical('outputs', f(x, y), compile(engine)(f)(x, y))
      identical('again, exchanged', f(y, x), compile(engine)(f)(y, x))
    },
  )

const axes = ({ vjp: derive, apply: by, engines }: DegenerateOptions): readonly Law[] => {
  const o = algebraOf<Tensor>(by, { constant: tensors.constant, range: tensors.range })
  return axisCases.map(({ name, shape, f, result, value, slope = 1 }) => {
    const withSlope = (a: Tensor): readonly [Tensor, Tensor] => {
      const [y, pullback] = derive(f(o))(a)
      return [y, pullback(ones(y.shape, y.precision))]
    }
    const runs = engines.map((engine) => ({ by: engine.name, run: compile(engine)(withSlope) }))
    return law(
      { name: `degenerate.axes.${name}`, statement: `${name}: ${show(shape)} → ${show(result)}, value and gradient, by every engine` },
      tensorOf(shape, moderate(), 'float32'),
      (x) => {
        const [y, dx] = withSlope(x)
        nearTensors('value', tensor(result, value(Array.from(toArray(x)))), y, bound)
        if (!Number.isNaN(toArray(y)[0]))
          nearTensors(
            'gradient',
            tensor(
              shape,
              Array.from(toArray(x), () => slope),
            ),
            dx,
            bound,
          )
        for (const { by: engine, run } of runs) nearTrees(engine, [y, dx], run(x), bound)
      },
    )
  })
}

const refusals = ({ apply: by, engines }: DegenerateOptions): Law =>
  fact({ name: 'degenerate.axes.max of none', statement: 'the maximum of nothing is refused, before any engine sees it' }, () => {
    const refuses = (f: () => unknown): boolean => {
      try {
        return f() === undefined
      } catch (error) {
        return String(error).includes('max expects at least one element along axis -1, receives [2, 0]')
      }
    }
    const max = (x: Tensor): Tensor => by('max', [x], { axis: -1 })
    const none = zeros([2, 0])
    if (![() => max(none), ...engines.map((engine) => () => compile(engine)(max)(none))].every(refuses))
      throw new Broken('the maximum of nothing', 'a refusal', 'an answer')
  })

/** Special numbers, by one way to apply an op: bit for bit, the sign of zero included, unless an elementary function rounds. */
const special = (name: string, precision: 'float32' | 'float64', by: ApplyTo<Tensor>): readonly Law[] => {
  const [largest, smallest] = precision === 'float32' ? [3.4028234663852886e38, 2 ** -149] : [Number.MAX_VALUE, Number.MIN_VALUE]
  return specials(largest, smallest).map(({ prim, operands, expected }) =>
    fact(
      { name: `degenerate.special.${name}.${prim}`, statement: `${prim} at ±0, infinities, NaN, the largest`, source: 'IEEE 754-2019 §6' },
      () => {
        const xs = operands.map((numbers) => tensor([numbers.length], numbers, precision))
        const y = by(prim, operandsFor(prim, xs), null)
        identical(`${prim} of ${xs.join(' and ')}`, tensor([expected.length], expected, y.precision), y)
      },
    ),
  )
}

const edges = ({ vjp: derive, engines }: DegenerateOptions): readonly Law[] =>
  limits.flatMap(({ name, f, x, value, slope }) =>
    (['float32', 'float64'] as const).map((precision) =>
      fact(
        { name: `degenerate.limit.${name}.${precision}`, statement: `${name} at the edges: no NaN from nowhere, in the gradient too` },
        () => {
          const withSlope = (a: Tensor): readonly [Tensor, Tensor] => {
            const [y, pullback] = derive((z: Tensor) => sumAllOr(f(z), value.length))(a)
            return [f(a), pullback(ones(y.shape, y.precision))]
          }
          const at = tensor([x.length], x, precision)
          for (const run of [withSlope, ...engines.map((engine) => compile(engine)(withSlope))]) {
            const [y, dx] = run(at)
            /** Number by number: beside 1e38, an error of the others would not be seen. */
            value.forEach((expected, i) => {
              near(`value ${i}`, expected, toArray(y)[i] ?? Number.NaN, bound)
            })
            slope?.forEach((expected, i) => {
              near(`gradient ${i}`, expected, toArray(dx)[i] ?? Number.NaN, bound)
            })
          }
        },
      ),
    ),
  )
/** A cost of several numbers: their sum. */
const sumAllOr = (y: Tensor, count: number): Tensor => (count === 1 ? y : sumAll(y))

const emptyLike = (x: Tensor): Tensor => zeros([0, ...x.shape], x.precision)
const batches = ({ batched: lift, vjp: derive, engines }: DegenerateOptions): readonly Law[] => [
  law(
    { name: 'degenerate.batched.one', statement: 'batched(f)([x]) = [f(x)]' },
    shapeOf(1, 2).chain((shape) => tensorOf(shape, moderate(), 'float64')),
    (x) => {
      const f = (a: Tensor): Tensor => tanh(add(sumAll(a))(a))
      const one = tensor([1, ...x.shape] as Shape, toArray(x), 'float64')
      const expected = tensor([1, ...x.shape], toArray(f(x)), 'float64')
      nearTensors('batched', expected, (lift as unknown as (g: typeof f) => (y: Tensor) => Tensor)(f)(one), 1e-12)
    },
  ),
  law(
    { name: 'degenerate.batched.none', statement: 'batched(f) of no examples is none, of the shape and precision of f(x), for every op' },
    fc.constantFrom(...prims).chain((prim) =>
      applications[prim].map((a) => ({
        prim,
        ...a,
      })),
    ),
    ({ prim, operands, attributes }) => {
      const f = (...xs: readonly Tensor[]): Tensor => apply(prim, xs, attributes)
      const together = (lift as unknown as (g: typeof f) => typeof f)(f)
      const none = operands.map(emptyLike)
      const expected = emptyLike(f(...operands))
      identical(prim, expected, together(...none))
      for (const engine of engines)
        identical(`${prim} by ${engine.name}`, expected, compile(engine)((xs: readonly Tensor[]) => together(...xs))(none))
    },
  ),
  law(
    { name: 'degenerate.batched.shared', statement: 'what is shared by no examples has a gradient of zeros' },
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).chain(([k, n]) => tensorOf([k, n], moderate(), 'float32')),
    (w) => {
      const [k = 0, n = 0] = w.shape
      const f = (m: Tensor): Tensor => {
        const one = (x: Tensor): Tensor => tensors.reshape(tensors.matmul(tensors.reshape(x, { shape: [1, k] }), m), { shape: [n] })
        return lift(one)(zeros([0, k], 'float32'))
      }
      const gradient = (m: Tensor): Tensor => derive(f)(m)[1](zeros([0, n], 'float32'))
      identical('gradient', zerosLike(w), gradient(w))
      for (const engine of engines) identical(engine.name, zerosLike(w), compile(engine)(gradient)(w))
    },
  ),
]

/**
 * Every law of degenerate functions and graphs.
 *
 * @example
 * degenerateLaws({ engines: [reference, wasm] })
 */
export const degenerateLaws = (options: Partial<DegenerateOptions> = {}): readonly Law[] => {
  const all: DegenerateOptions = { vjp, batched, apply, engines: [reference], ...options }
  return [
    ...graphs(all),
    ...all.engines.map(compiled),
    ...axes(all),
    refusals(all),
    ...special('float32', 'float32', all.apply),
    ...special('float64', 'float64', all.apply),
    ...all.engines.flatMap((engine) => special(engine.name, 'float32', appliedBy(engine))),
    ...edges(all),
    ...batches(all),
  ]
}
