/** Batch normalisation: what a batch is in training, what the population is in use, and that no composition loses either. */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it, test } from 'vitest'
import { nearTrees } from '../../laws/compare.js'
import { perturbed } from '../../laws/drawn.js'
import { check, objectiveLaws, trainingLaws } from '../../laws/index.js'
import { inFloat64 } from '../../laws/suite/layer/tried.js'
import { type Dataset, inSequence } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched } from '../../src/graph/index.js'
import { batchNorm, dense, dropout, input, relu, tanh } from '../../src/layer/index.js'
import { bernoulli, meanSquaredError } from '../../src/likelihood/index.js'
import {
  batchwiseOf,
  freeze,
  named,
  parallel,
  repeat,
  residual,
  type SomeNetwork,
  share,
  split,
  trainingBackprop,
} from '../../src/network/index.js'
import { add, cast, concat, slice, stack } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { mapTree, sameTree } from '../../src/params/index.js'
import { type Key, key, normal, splitMany } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { type Batch, matrix, type Tensor, toArray, toNumber, vector } from '../../src/tensor/index.js'
import { iterate, population, train } from '../../src/train/index.js'

const net = pipe(input(3), dense(4), batchNorm(), tanh, dense(2))
const x = normal([12, 3], 'float64')(key(1)) as Batch<readonly [3]>
const y = normal([12, 2], 'float64')(key(2)) as Batch<readonly [2]>
const params = perturbed(3)(inFloat64(net.init(key(3))))
const data: Dataset<readonly [3], readonly [2]> = { x, y }
const bound = 1e-12
const inFloat32 = <T>(tree: T): T => mapTree(cast('float32'))(tree)
const trained = (network: unknown, theta: unknown, h: unknown): Tensor =>
  trainingBackprop({})(network as SomeNetwork)(theta as readonly unknown[])(h as Batch<Shape>).output as Tensor
const used = (network: unknown, theta: unknown, h: unknown): Tensor =>
  batched((one: never) => (network as (p: unknown) => (x: never) => never)(theta)(one))(h as never) as unknown as Tensor
const seenOf = (theta: typeof params, batches: Iterable<{ readonly x: typeof x }>, step = population(net).step): typeof params =>
  iterate(step)(population(net).init(theta), batches).params

describe('the population', () => {
  it('of one batch: using the network on it is what training on it was', () => {
    const after = seenOf(params, [data])
    nearTrees('outputs', trained(net, params, x), used(net, after, x), bound)
    const [, { gain, bias }] = after
    expect(sameTree([after[0], gain, bias, after[3]], [params[0], params[1].gain, params[1].bias, params[3]])).toBe(true)
  })

  it('begins anew: what parameters held before does not matter', () => {
    const once = seenOf(params, inSequence(data, { size: 5 }))
    nearTrees('statistics', once, seenOf(once, inSequence(data, { size: 5 })), bound)
  })

  it('is the same however the data is cut, where nothing below depends on the batch, padded and compiled, too', () => {
    const whole = seenOf(params, [data])
    for (const options of [{ size: 5 }, { size: 4 }, { size: 2 }, { size: 5, pad: true }])
      nearTrees(`in batches of ${options.size}`, whole, seenOf(params, inSequence(data, options)), bound)
    nearTrees('compiled', whole, seenOf(params, inSequence(data, { size: 5, pad: true }), compile(wasm)(population(net).step)), bound)
  })

  it('counts an example of weight 2 as two, and one of weight 0 not at all', () => {
    const weighted = { x, weights: vector([2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 3], 'float64') }
    const rows = [0, 0, 2, 3, 11, 11, 11].flatMap((i) => Array.from(toArray(x)).slice(3 * i, 3 * i + 3))
    const repeated = {
      x: matrix(
        Array.from({ length: 7 }, (_, i) => rows.slice(3 * i, 3 * i + 3)),
        'float64',
      ) as unknown as typeof x,
    }
    nearTrees('statistics', seenOf(params, [repeated]), seenOf(params, [weighted]), bound)
    nearTrees('after others', seenOf(params, [data, repeated]), seenOf(params, [data, weighted]), bound)
  })

  it('refuses what is no batch of inputs', () => {
    const { init, step } = population(net)
    expect(() => step(init(params), { x: y as never })).toThrow('population expects x of [N, 3], receives [12, 2]')
    expect(() => step(init(params), { x, weights: vector([1]) })).toThrow('population expects weights of [12]')
  })
})

describe('in training', () => {
  const model = meanSquaredError(net)
  test('a batch filled up with examples of weight 0 has the same cost and gradients, bit for bit', () => {
    const [single, plain] = [inFloat32(params), inFloat32(data)]
    const [padded] = inSequence(plain, { size: 17, pad: true })
    expect(
      sameTree(
        model.gradient(single, key(1))(padded?.x as never, padded?.y as never, padded?.weights),
        model.gradient(single, key(1))(plain.x, plain.y),
      ),
    ).toBe(true)
  })

  test('examples without any weight are no division by 0', () => {
    const [cost, gradients] = model.gradient(params, key(1))(x, y, vector(Array(12).fill(0)))
    expect(toNumber(cost)).toBe(0)
    expect(
      gradients.flatMap((record) => Object.values(record).flatMap((t) => Array.from(toArray(t as Tensor)))).every((d) => d === 0),
    ).toBe(true)
  })

  test('a batch with one number of a channel is refused', () =>
    expect(() => model.gradient(params, key(1))(matrix([[1, 2, 3]], 'float64'), matrix([[1, 2]], 'float64'))).toThrow(
      'batchNorm expects two numbers or more of every channel in a batch, receives 1',
    ))

  /** The cost beside a gradient is that of the batch, `cost` that of the population: they differ on purpose. */
  const [xor, half] = [
    {
      x: matrix([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
      y: matrix([[0], [1], [1], [0]]),
    },
    {
      x: matrix([
        [0, 1],
        [1, 1],
        [0, 0],
      ]),
      y: matrix([[1], [0], [0]]),
    },
  ]
  const small = bernoulli(pipe(input(2), dense(3), batchNorm({ epsilon: 0.1 }), tanh, dense(1)))
  for (const law of objectiveLaws(small, [xor, half]).filter(({ name }) => name !== 'objective.cost'))
    it(law.name, () => check(law, { strict: true }))
  for (const law of trainingLaws(train(small, adam({ learningRate: 0.05 })), [xor, half]))
    it(law.name, () => check(law, { strict: true, runs: 6 }))
})

describe('in compositions', () => {
  const norm = batchNorm({ epsilon: 0.1 })
  const [p, q] = [1, 2].map((seed) => perturbed(seed + 4)(inFloat64(norm(input(3)).init(key(seed))))) as unknown as readonly [
    readonly [unknown],
    readonly [unknown],
  ]
  const columns = (h: unknown, start: number, size: number): Tensor =>
    slice({ starts: [0, start], sizes: [12, size] })(h as Batch<readonly [number]>) as Tensor
  const cutAt = (theta: unknown, start: number, size: number): readonly unknown[] =>
    mapTree((v) => slice({ starts: [start], sizes: [size] })(v as never) as Tensor)(theta) as readonly unknown[]
  const alone = (theta: unknown, h: Tensor): readonly [Tensor, readonly unknown[]] =>
    batchwiseOf(norm(input(h.shape[1] ?? 0)) as unknown as SomeNetwork)({})(theta as readonly unknown[])(h)
  const [one, seen] = alone(p, x as Tensor)
  const [two, seenTwo] = alone(q, one)
  const [other, seenOther] = alone(q, x as Tensor)
  const cases: readonly (readonly [name: string, builder: unknown, theta: unknown, output: Tensor, seen: unknown])[] = [
    ['named', named('block')(norm as never), { block: p }, one, { block: seen }],
    ['residual', residual(norm as never), p, add(x as Tensor)(one), seen],
    ['repeat', repeat(2)(norm as never), [p, q], two, [seen, seenTwo]],
    ['parallel', parallel(norm as never, norm as never), [p, q], concat({ axis: -1 })([one, other]) as Tensor, [seen, seenOther]],
    [
      'split',
      split(1)(norm as never, norm as never),
      [cutAt(p, 0, 1), cutAt(q, 1, 2)],
      concat({ axis: -1 })([alone(cutAt(p, 0, 1), columns(x, 0, 1))[0], alone(cutAt(q, 1, 2), columns(x, 1, 2))[0]]) as Tensor,
      [alone(cutAt(p, 0, 1), columns(x, 0, 1))[1], alone(cutAt(q, 1, 2), columns(x, 1, 2))[1]],
    ],
    ['nested', residual(named('block')(norm as never) as never), [{ block: p }], add(x as Tensor)(one), [{ block: seen }]],
  ]
  test.each(cases)('%s', (_, builder, theta, output, after) => {
    const block = (builder as (before: unknown) => SomeNetwork)(input(3))
    expect(sameTree(batchwiseOf(block)({})([theta])(x as Tensor), [output, [after]])).toBe(true)
  })

  it('the body of what is shared may hold one, what is shared may not', () => {
    const tied = pipe(
      input(3),
      share('map')(dense(3), (map) => flow(map, norm, map)),
    )
    const theta = perturbed(8)(inFloat64(tied.init(key(8))))
    const [{ shared, body }] = theta
    const mapOf = (h: Tensor): Tensor => used(dense(3)(input(3)), shared, h)
    const [between, seenThere] = alone([body[1]], mapOf(x as Tensor))
    nearTrees('in training', [mapOf(between), [{ shared, body: [{}, seenThere[0], {}] }]], batchwiseOf(tied)({})(theta)(x as Tensor), bound)
    expect(() => share('norm')(norm as never, (same) => flow(same, same) as never)(input(3))).toThrow(
      'share expects a block whose layers see one example each, receives one that looks at batches; its statistics are others in every place: put batchNorm into the body',
    )
  })

  it('a frozen network is used with the population it has, in training, too', () => {
    const frozen = pipe(input(3), freeze(net)(seenOf(params, [data])))
    const theta = frozen.init(key(1))
    nearTrees('outputs', used(net, seenOf(params, [data]), x), trained(frozen, theta, x), bound)
    expect(sameTree(batchwiseOf(frozen)({})(theta)(x as Tensor)[1], theta)).toBe(true)
  })

  const keys = stack(splitMany(12)(key(9))) as unknown as Batch<readonly [2]>
  const noise = (network: unknown, theta: unknown): Tensor =>
    trainingBackprop({ keys })(network as SomeNetwork)(theta as readonly unknown[])(x as Batch<Shape>).output as Tensor
  /** Where a block begins, its first layer draws the same noise, whatever the block. */
  const masking = pipe(input(3), named('block')(dropout(0.5)))
  const block = pipe(input(3), residual(flow(dropout(0.5), norm)))
  const expected = (masked: Tensor): Tensor => add(alone(p, masked)[0])(x as Tensor)
  it('noise beside it is that of every example, as without it', () => {
    const masked = noise(masking, [{ block: [{}] }])
    expect(sameTree(masked, x)).toBe(false)
    expect(sameTree(noise(block, [[{}, p[0]]]), expected(masked))).toBe(true)
  })

  it('a network under the noise of a key keeps it, for every example', () => {
    const k: Key = key(4)
    const masked = used(masking.sampled(k), [{ block: [{}] }], x)
    expect(sameTree(noise(block.sampled(k), [[{}, p[0]]]), expected(masked))).toBe(true)
    expect(sameTree(trained(block.sampled(k), [[{}, p[0]]], x), expected(masked))).toBe(true)
  })
})

it('is refused where it makes no sense', () => {
  expect(() => batchNorm({ epsilon: 0 })).toThrow('batchNorm expects an epsilon above 0, receives 0')
  expect(() => pipe(input(), batchNorm())).toThrow('batchNorm expects at least one axis, receives []')
})

it('learns, and is used with the population', () => {
  const labels = matrix(Array.from({ length: 12 }, (_, i) => [(toArray(x)[3 * i] ?? 0) > 0 ? 1 : 0]))
  const model = pipe(input(3), dense(8), batchNorm(), relu, dense(1))
  const { init, step } = train(bernoulli(model), adam({ learningRate: 0.05 }))
  const batch = { x: inFloat32(x), y: labels }
  const state = iterate(compile(wasm)(step))(init(key(1)), Array(60).fill(batch))
  const after = population(model)
  const theta = iterate(after.step)(after.init(state.params), [batch]).params
  expect(toNumber(bernoulli(model).cost(theta)(batch.x, batch.y as Batch<readonly [1]>))).toBeLessThan(0.1)
})
