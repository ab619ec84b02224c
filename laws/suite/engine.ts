/**
 * The laws of an engine: op by op it is the reference within its budget (see `budget.ts`), whole programs are the reference
 * within a bound, and it always gives the same bits.
 *
 * Through a program of many ops errors add up: 1e-4 of the largest number is some 800 units of float32.
 */
import * as fc from 'fast-check'
import { zip } from 'fp-ts/lib/ReadonlyArray.js'
import { type AsyncEngine, compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { gaussian } from '../../src/likelihood/index.js'
import type { NetworkDescription } from '../../src/network/index.js'
import { apply, tensors } from '../../src/ops/apply.js'
import { abs, cast, prims } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { isFloat, operandsFor, type Prim } from '../../src/prim/index.js'
import { key, uniformIn } from '../../src/random/index.js'
import { sameShape } from '../../src/shape/index.js'
import { ones, scalar, type Tensor, toArray } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'
import { activation, descriptions, imageDescriptions, networkOf } from '../arbitrary/networks.js'
import { anyNumber, moderate, positive, tensorOf } from '../arbitrary/tensors.js'
import { type Asking, atOnce, later, type Steps } from '../asking.js'
import { atMost } from '../at-most.js'
import type { Allowance, EngineBudget } from '../budget.js'
import { identical, nearTensors, nearTrees, within } from '../compare.js'
import type { AsyncLaw, Law, LawOf } from '../law.js'
import { applications, engineBudget } from '../op/table.js'
import { nearUlps } from '../ulps.js'
import { engineLoopLaws } from './engine-loop.js'
import { enginePrecisionLaw } from './engine-precision.js'
import { sizeLaws } from './sizes.js'

export interface EngineOptions {
  readonly budget: EngineBudget
}

type Example = { readonly operands: readonly Tensor[]; readonly attributes: never }
type Float = 'float32' | 'float64'
const floatAs =
  (precision: Float) =>
  (x: Tensor): Tensor =>
    isFloat(x.precision) ? cast(precision)(x) : x
const applied = (prim: Prim, operands: readonly Tensor[], attributes: never): Tensor => apply(prim, operandsFor(prim, operands), attributes)

/** Any float: ±0, infinities, NaN, denormals, the largest. */
const anyOf = { float32: fc.float(), float64: anyNumber }
/** The same operands, but the first of them in the place of all that are like it: where numbers are equal, comparisons decide otherwise. */
const alike = ([first, ...others]: readonly Tensor[]): readonly Tensor[] =>
  first === undefined ? [] : [first, ...others.map((x) => (x.precision === first.precision && sameShape(x.shape, first.shape) ? first : x))]
/** Operands of moderate size, or any numbers at all where rounding is judged number by number. */
const examplesOf = (prim: Prim, allowance: Allowance, precision: Float): fc.Arbitrary<Example> =>
  (applications[prim] as unknown as fc.Arbitrary<Example>).chain(({ operands, attributes }) => {
    if (allowance.kind === 'terms') return fc.constant({ operands: operands.map(floatAs(precision)), attributes })
    const wild = (x: Tensor): fc.Arbitrary<Tensor> =>
      isFloat(x.precision) ? fc.oneof(tensorOf(x.shape, anyOf[precision], precision), fc.constant(floatAs(precision)(x))) : fc.constant(x)
    return fc
      .tuple(fc.tuple(...operands.map(wild)), fc.integer({ min: 0, max: 3 }))
      .map(([others, which]) => ({ operands: which === 3 ? alike(others) : others, attributes }))
  })

/**
 * The model of sums: with as many terms as the op of ones counts, and the size that the op of absolute values has. What is
 * expected is computed in float64: beside float32 it is exact, beside float64 rounded as often as what is got.
 */
const nearSum = (prim: Prim, { operands, attributes }: Example, got: Tensor, each: number): void => {
  const unit = got.precision === 'float64' ? 2 * 2 ** -53 : 2 ** -24
  const double = (f: (x: Tensor) => Tensor) => operands.map((x) => (isFloat(x.precision) ? f(cast('float64')(x)) : x))
  const of = (xs: readonly Tensor[]): Tensor => applied(prim, xs, attributes)
  const [counts, sizes] = [toArray(of(double((x) => ones(x.shape, 'float64')))), toArray(of(double(abs)))]
  within(prim, of(double((x) => x)), got, (i) => (each * (counts[i] ?? 0) + 1) * unit * (sizes[i] ?? 0))
}

/** Several applications make one program: to make it costs more than to run it. */
const opLaw =
  <L>({ name, compile: compiled, law }: Asking<L>, { budget }: EngineOptions, precision: Float) =>
  (prim: Prim): L => {
    const allowance = budget[prim]
    const [twice, what] = precision === 'float64' ? ['2·', 'op at float64'] : ['', 'op in float64, rounded']
    const says = allowance.kind === 'ulps' ? `at most ${allowance.ulps} floats away` : `within ${twice}(${allowance.each}·k + 1)·u·Σ|x|·|w|`
    return law(
      {
        name: `engine.${name}.op.${prim}${precision === 'float64' ? '.float64' : ''}`,
        statement: `compile(engine)(op) = ${what}: ${says}`,
        source: 'Higham (2002) §3.1',
      },
      fc.array(examplesOf(prim, allowance, precision), { minLength: 1, maxLength: 4, size: 'max' }),
      function* (all) {
        const examples = all.filter(({ operands }) => operands.length > 0)
        const given = examples.map(({ operands }) => operands)
        const run = compiled((xss: readonly (readonly Tensor[])[]) =>
          zip(examples, xss).map(([{ attributes }, xs]) => applied(prim, xs, attributes)),
        )
        const got = yield* run(given)
        for (const [example, y] of zip(examples, got))
          if (allowance.kind === 'ulps') nearUlps(prim, applied(prim, example.operands, example.attributes), y, allowance.ulps)
          else nearSum(prim, example, y, allowance.each)
        identical('again', got, yield* run(given))
      },
    )
  }

/** Ops that take no floats. */
const ofBits: readonly Prim[] = ['and', 'or', 'xor', 'not', 'shiftLeft', 'shiftRight', 'rotateLeft']

/** Long vectors through every elementary function, one after the other: remainders, tables, and memory that is used again. */
const long = <L>({ name, compile: compiled, law }: Asking<L>): L =>
  law(
    { name: `engine.${name}.long`, statement: 'long vectors through many ops: memory used again keeps nothing of what it held' },
    fc.integer({ min: 1, max: 3000 }).chain((n) => tensorOf([n], positive, 'float32')),
    function* (x) {
      const o = tensors
      const f = (v: Tensor): Tensor =>
        o.add(
          o.softplus(o.sin(o.log1p(o.exp(o.neg(o.tanh(v)))))),
          o.mul(o.cos(o.sqrt(v)), o.sub(o.pow(v, o.sigmoid(v)), o.expm1(o.div(o.log(v), o.constant(4, v))))),
        )
      nearTensors('f(x)', f(x), yield* compiled(f)(x), 1e-4)
    },
  )

/** `iterate`, with a stop for every step. */
const iterated = function* <S, B>(step: (state: S, batch: B) => Steps<S>, state: S, [batch, ...rest]: readonly B[]): Steps<S> {
  return batch === undefined ? state : yield* iterated(step, yield* step(state, batch), rest)
}

/** Training networks of random type: on vectors, or on images, which are flat before the last layer. */
const training = <L>(
  { name, compile: compiled, law }: Asking<L>,
  what: 'network' | 'image',
  examples: fc.Arbitrary<NetworkDescription>,
): L =>
  law(
    {
      name: `engine.${name}.${what}`,
      statement: `three steps of Adam on a network of random type (${what}) are the steps of the reference`,
    },
    fc.tuple(examples, activation, fc.nat(1000), fc.integer({ min: 1, max: 9 })),
    function* ([description, last, seed, size]) {
      const flat = networkOf(description).output.length === 1 ? [] : [{ kind: 'flatten' }]
      const net = networkOf({ ...description, layers: [...description.layers, ...flat, last, { kind: 'dense', size: 2 }] })
      const { init, step } = train(gaussian(net), adam({ learningRate: 1e-2 }))
      const [x] = fc.sample(tensorOf([size, ...net.input], moderate(1 / 128), 'float32'), { numRuns: 1, seed })
      const [y] = fc.sample(tensorOf([size, ...net.output], moderate(1 / 64), 'float32'), { numRuns: 1, seed })
      const batches = Array.from({ length: 3 }, () => ({ x: x as never, y: y as never }))
      const start = init(key(seed))
      const there = compiled(step)
      const [slow, fast] = [iterate(compile(reference)(step))(start, batches), yield* iterated(there, start, batches)]
      nearTrees('cost', slow.cost, fast.cost, 1e-4)
      identical('key and step', [slow.key, slow.step], [fast.key, fast.step])
      identical('again', fast, yield* iterated(there, start, batches))
    },
  )

/** Two numbers of one shape that become each other, and a third that grows: a state that can be mistaken for another one. */
const turn = ([x, y, n]: readonly [Tensor, Tensor, Tensor], z: Tensor): readonly [Tensor, Tensor, Tensor] => {
  const o = tensors
  return [o.sub(o.mul(y, z), x), o.add(x, o.tanh(z)), o.add(n, o.constant(1, n))]
}
const histories = fc.record({
  size: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(1000),
  /** Which of the states so far is stepped from, by which of three batches, and whether two of its tensors change places. */
  calls: fc.array(fc.record({ from: fc.nat(20), batch: fc.nat(2), exchanged: fc.boolean() }), { minLength: 1, maxLength: 8 }),
})
type State = readonly [Tensor, Tensor, Tensor]
const history = <L>({ name, compile: compiled, law }: Asking<L>): L =>
  law(
    {
      name: `engine.${name}.history`,
      statement: 'what was run before does not matter: from any earlier state, in any order, the bits of a program just compiled',
    },
    histories,
    function* ({ size, seed, calls }) {
      const drawn = (i: number): Tensor => uniformIn([size], -2, 2)(key(seed + i))
      const run = compiled(turn)
      const next = function* (states: readonly State[], { from, batch, exchanged }: (typeof calls)[number]): Steps<readonly State[]> {
        const [x, y, n] = states[from % states.length] as State
        const state = exchanged ? ([y, x, n] as const) : ([x, y, n] as const)
        const [got, expected] = [yield* run(state, drawn(2 + batch)), yield* compiled(turn)(state, drawn(2 + batch))]
        identical('state', expected, got)
        return states.concat([got])
      }
      yield* iterated(next, [[drawn(0), drawn(1), scalar(0)]], calls)
    },
  )

const lawsBy = <R>(by: Asking<LawOf<R>>, options: Partial<EngineOptions>): readonly LawOf<R>[] => [
  ...prims.map(opLaw(by, { budget: engineBudget, ...options }, 'float32')).map(atMost(24)),
  ...prims
    .filter((prim) => !ofBits.includes(prim))
    .map(opLaw(by, { budget: engineBudget, ...options }, 'float64'))
    .map(atMost(24)),
  // some ten networks say as much as a hundred, and each is compiled anew
  ...[training(by, 'network', descriptions), training(by, 'image', imageDescriptions)].map(atMost(12)),
  atMost(20)(long(by)),
  atMost(40)(history(by)),
  enginePrecisionLaw(by),
  ...sizeLaws(by).map(atMost(60)),
  ...engineLoopLaws(by).map(atMost(40)),
]

/**
 * Every law of an engine.
 *
 * @example
 * engineLaws(mine, { budget: { ...engineBudget, exp: ulps(3) } })
 */
export const engineLaws = (engine: Engine, options: Partial<EngineOptions> = {}): readonly Law[] => lawsBy(atOnce(engine), options)

/**
 * The same laws of an engine that answers later.
 *
 * @example
 * for (const law of asyncEngineLaws(worker)) it(law.name, () => checkAsync(law))
 */
export const asyncEngineLaws = <E>(engine: AsyncEngine<E>, options: Partial<EngineOptions> = {}): readonly AsyncLaw[] =>
  lawsBy(later(engine), options)
