/**
 * The laws of an engine: op by op it is the reference within its budget (see `budget.ts`), whole programs are the reference
 * within a bound, and it always gives the same bits.
 *
 * Through a program of many ops errors add up: 1e-4 of the largest number is some 800 units of float32.
 */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { gaussian } from '../../src/likelihood/index.js'
import type { NetworkDescription } from '../../src/network/index.js'
import { apply, tensors } from '../../src/ops/apply.js'
import { abs, cast, prims } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { isFloat, type OperandsOf, type Prim } from '../../src/prim/index.js'
import { key, uniformIn } from '../../src/random/index.js'
import { ones, scalar, type Tensor, toArray } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'
import { activation, descriptions, imageDescriptions, networkOf } from '../arbitrary/networks.js'
import { anyNumber, moderate, positive, tensorOf } from '../arbitrary/tensors.js'
import { atMost } from '../at-most.js'
import type { Allowance, EngineBudget } from '../budget.js'
import { identical, nearTensors, nearTrees, within } from '../compare.js'
import { type Law, law } from '../law.js'
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
const applied = (prim: Prim, operands: readonly Tensor[], attributes: never): Tensor =>
  apply(prim, operands as unknown as OperandsOf<Prim, Tensor>, attributes)

/** Any float: ±0, infinities, NaN, denormals, the largest. */
const anyOf = { float32: fc.float(), float64: anyNumber }
/** Operands of moderate size, or any numbers at all where rounding is judged number by number. */
const examplesOf = (prim: Prim, allowance: Allowance, precision: Float): fc.Arbitrary<Example> =>
  (applications[prim] as unknown as fc.Arbitrary<Example>).chain(({ operands, attributes }) => {
    if (allowance.kind === 'terms') return fc.constant({ operands: operands.map(floatAs(precision)), attributes })
    const wild = (x: Tensor): fc.Arbitrary<Tensor> =>
      isFloat(x.precision) ? fc.oneof(tensorOf(x.shape, anyOf[precision], precision), fc.constant(floatAs(precision)(x))) : fc.constant(x)
    return fc.tuple(...operands.map(wild)).map((others) => ({ operands: others, attributes }))
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

const opLaw =
  (engine: Engine, { budget }: EngineOptions, precision: Float) =>
  (prim: Prim): Law => {
    const allowance = budget[prim]
    const [twice, what] = precision === 'float64' ? ['2·', 'op at float64'] : ['', 'op in float64, rounded']
    const says = allowance.kind === 'ulps' ? `at most ${allowance.ulps} floats away` : `within ${twice}(${allowance.each}·k + 1)·u·Σ|x|·|w|`
    return law(
      {
        name: `engine.${engine.name}.op.${prim}${precision === 'float64' ? '.float64' : ''}`,
        statement: `compile(engine)(op) = ${what}: ${says}`,
        source: 'Higham (2002) §3.1',
      },
      examplesOf(prim, allowance, precision),
      (example) => {
        const { operands, attributes } = example
        if (operands.length === 0) return
        const run = compile(engine)((xs: readonly Tensor[]) => applied(prim, xs, attributes))
        const got = run(operands)
        if (allowance.kind === 'ulps') nearUlps(prim, applied(prim, operands, attributes), got, allowance.ulps)
        else nearSum(prim, example, got, allowance.each)
        identical('again', got, run(operands))
      },
    )
  }

/** Ops that take no floats. */
const ofBits: readonly Prim[] = ['and', 'or', 'xor', 'not', 'shiftLeft', 'shiftRight', 'rotateLeft']

/** Long vectors through every elementary function, one after the other: remainders, tables, and memory that is used again. */
const long = (engine: Engine): Law =>
  law(
    { name: `engine.${engine.name}.long`, statement: 'long vectors through many ops: memory used again keeps nothing of what it held' },
    fc.integer({ min: 1, max: 3000 }).chain((n) => tensorOf([n], positive, 'float32')),
    (x) => {
      const o = tensors
      const f = (v: Tensor): Tensor =>
        o.add(
          o.softplus(o.sin(o.log1p(o.exp(o.neg(o.tanh(v)))))),
          o.mul(o.cos(o.sqrt(v)), o.sub(o.pow(v, o.sigmoid(v)), o.expm1(o.div(o.log(v), o.constant(4, v))))),
        )
      nearTensors('f(x)', f(x), compile(engine)(f)(x), 1e-4)
    },
  )

/** Training networks of random type: on vectors, or on images, which are flat before the last layer. */
const training = (engine: Engine, what: 'network' | 'image', examples: fc.Arbitrary<NetworkDescription>): Law =>
  law(
    {
      name: `engine.${engine.name}.${what}`,
      statement: `three steps of Adam on a network of random type (${what}) are the steps of the reference`,
    },
    fc.tuple(examples, activation, fc.nat(1000), fc.integer({ min: 1, max: 9 })),
    ([description, last, seed, size]) => {
      const flat = networkOf(description).output.length === 1 ? [] : [{ kind: 'flatten' }]
      const net = networkOf({ ...description, layers: [...description.layers, ...flat, last, { kind: 'dense', size: 2 }] })
      const { init, step } = train(gaussian(net), adam({ learningRate: 1e-2 }))
      const [x] = fc.sample(tensorOf([size, ...net.input], moderate(1 / 128), 'float32'), { numRuns: 1, seed })
      const [y] = fc.sample(tensorOf([size, ...net.output], moderate(1 / 64), 'float32'), { numRuns: 1, seed })
      const batches = Array.from({ length: 3 }, () => ({ x: x as never, y: y as never }))
      const start = init(key(seed))
      const [slow, fast] = [iterate(compile(reference)(step))(start, batches), iterate(compile(engine)(step))(start, batches)]
      nearTrees('cost', slow.cost, fast.cost, 1e-4)
      identical('key and step', [slow.key, slow.step], [fast.key, fast.step])
      identical('again', fast, iterate(compile(engine)(step))(start, batches))
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
const history = (engine: Engine): Law =>
  law(
    {
      name: `engine.${engine.name}.history`,
      statement: 'what was run before does not matter: from any earlier state, in any order, the bits of a program just compiled',
    },
    histories,
    ({ size, seed, calls }) => {
      const drawn = (i: number): Tensor => uniformIn([size], -2, 2)(key(seed + i))
      const run = compile(engine)(turn)
      calls.reduce<readonly (readonly [Tensor, Tensor, Tensor])[]>(
        (states, { from, batch, exchanged }) => {
          const [x, y, n] = states[from % states.length] as readonly [Tensor, Tensor, Tensor]
          const state = exchanged ? ([y, x, n] as const) : ([x, y, n] as const)
          const [got, expected] = [run(state, drawn(2 + batch)), compile(engine)(turn)(state, drawn(2 + batch))]
          identical('state', expected, got)
          return states.concat([got])
        },
        [[drawn(0), drawn(1), scalar(0)]],
      )
    },
  )

/**
 * Every law of an engine.
 *
 * @example
 * engineLaws(mine, { budget: { ...engineBudget, exp: ulps(3) } })
 */
export const engineLaws = (engine: Engine, options: Partial<EngineOptions> = {}): readonly Law[] => [
  ...prims.map(opLaw(engine, { budget: engineBudget, ...options }, 'float32')).map(atMost(60)),
  ...prims
    .filter((prim) => !ofBits.includes(prim))
    .map(opLaw(engine, { budget: engineBudget, ...options }, 'float64'))
    .map(atMost(60)),
  // some ten networks say as much as a hundred, and each is compiled anew
  ...[long(engine), training(engine, 'network', descriptions), training(engine, 'image', imageDescriptions)].map(atMost(20)),
  history(engine),
  enginePrecisionLaw(engine),
  ...sizeLaws(engine),
  ...engineLoopLaws(engine).map(atMost(40)),
]
