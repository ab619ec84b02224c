/**
 * The laws of an engine: it is the reference, within a bound, and always the same bits.
 *
 * float32 has 24 bits: an engine may round each op once more than the reference, which computes in float64 and rounds at the
 * end, and sum in another order. On numbers below some 10 and sums of some 20 terms that is below 1e-5 of the largest number.
 */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { gaussian } from '../../src/likelihood/index.js'
import type { NetworkDescription } from '../../src/network/index.js'
import { apply, tensors } from '../../src/ops/apply.js'
import { cast, prims } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { isFloat, type OperandsOf, type Prim } from '../../src/prim/index.js'
import { key } from '../../src/random/index.js'
import type { Tensor } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'
import { activation, descriptions, imageDescriptions, networkOf } from '../arbitrary/networks.js'
import { applications } from '../arbitrary/operands.js'
import { moderate, positive, tensorOf } from '../arbitrary/tensors.js'
import { identical, nearTensors, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'

export const engineBound = 1e-5

const single = (x: Tensor): Tensor => (isFloat(x.precision) ? cast('float32')(x) : x)

const opLaw =
  (engine: Engine) =>
  (prim: Prim): Law =>
    law(
      { name: `engine.${engine.name}.op.${prim}`, statement: 'compile(engine)(op) = op, within 1e-5 of the largest number' },
      applications[prim] as unknown as fc.Arbitrary<{ readonly operands: readonly Tensor[]; readonly attributes: never }>,
      ({ operands, attributes }) => {
        const run = compile(engine)((xs: readonly Tensor[]) => apply(prim, xs as unknown as OperandsOf<Prim, Tensor>, attributes))
        const given = operands.map(single)
        if (given.length === 0) return
        const expected = apply(prim, given as unknown as OperandsOf<Prim, Tensor>, attributes)
        nearTensors(prim, expected, run(given), engineBound)
        identical('again', run(given), run(given))
      },
    )

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

/** Every law of an engine. */
export const engineLaws = (engine: Engine): readonly Law[] => [
  ...prims.map(opLaw(engine)),
  long(engine),
  training(engine, 'network', descriptions),
  training(engine, 'image', imageDescriptions),
]
