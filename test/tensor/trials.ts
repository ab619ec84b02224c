/**
 * What is handed to the public functions, and how to see whether what they made of it is still the same. The tables of ops,
 * layers and the rest are total over what their folders export: a new function is tried, or said to take no data.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { TensorCodec } from '../../src/codec/index.js'
import { batches, dataset, inSequence } from '../../src/data/index.js'
import { printProgram, vjp } from '../../src/graph/index.js'
import * as layers from '../../src/layer/index.js'
import { categorical, type Likelihood, modelOf, regularised, weightDecay } from '../../src/likelihood/index.js'
import { descriptionOf as described, identity, layer, type Network, pointwise } from '../../src/network/index.js'
import * as ops from '../../src/ops/index.js'
import * as optimise from '../../src/optimise/index.js'
import { leavesWithPaths, unravel, withLeaves } from '../../src/params/index.js'
import * as random from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import * as tensors from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

/** What was made: what of it anybody may lay hands on, and what it says when it is asked again. */
interface Made {
  readonly gives: readonly unknown[]
  readonly see: () => unknown
}
/** Makes something of data, all of which passes through `hand`. */
export type Trial = (hand: <T>(data: T) => T) => Made
type Tried<Module, Except extends string = never> = { readonly [K in Exclude<keyof Module & string, Except>]: Trial | 'no data' }

const { tensor, toArray, placeholder } = tensors
type Tensor = tensors.Tensor
const k = random.key(3)
const x: Tensor = tensor([2, 3], [1, 2, 3, 4, 5, 6])
/** Everything that can be seen of trees of tensors; of a graph, its program. */
const seen = (tree: unknown): unknown =>
  leavesWithPaths(tree).map(({ path, tensor: t }) => [
    path,
    t.precision,
    [...t.shape],
    tensors.isLiteral(t) ? [...toArray(t)] : printProgram({ inputs: [], outputs: [t] }),
  ])

/** An op of attributes: the function, and the graph that it makes. */
const op =
  <A>(attributes: () => A, f: (attributes: A) => (x: Tensor) => Tensor, example: Tensor = x): Trial =>
  (hand) => {
    const apply = f(hand(attributes()))
    const [literal, node] = [apply(example), apply(placeholder(example.shape, example.precision))]
    return {
      gives: [literal, node],
      see: () => seen([literal, node, apply(example), apply(placeholder(example.shape, example.precision))]),
    }
  }

const opTrials: Tried<typeof ops> = {
  ...(Object.fromEntries(Object.keys(ops).map((name) => [name, 'no data'])) as Tried<typeof ops>),
  concat: (hand) => {
    const join = ops.concat(hand({ axis: -1 }))
    const parts = hand([placeholder([2, 3]), placeholder([2, 3])])
    const node = join(parts)
    return { gives: [node], see: () => seen([join([x, x]), node]) }
  },
  expand: op(() => ({ axes: [-1], sizes: [2] }), ops.expand),
  overlapAdd: op(() => ({ axis: -1, size: 3, stride: 1, dilation: 1, length: 4 }), ops.overlapAdd),
  pad: op(() => ({ low: [1], high: [2], value: 5 }), ops.pad),
  permute: op(() => [-1, -2], ops.permute),
  reshape: op(() => [3, 2], ops.reshape as (shape: readonly number[]) => (x: Tensor) => Tensor),
  slice: op(() => ({ starts: [1], sizes: [2] }), ops.slice),
  windows: op(() => ({ axis: -1, size: 2, stride: 1, dilation: 1 }), ops.windows),
}

/** A tensor made of data. */
const made =
  <A>(data: () => A, f: (data: A) => Tensor): Trial =>
  (hand) => {
    const result = f(hand(data()))
    return { gives: [result, ...(tensors.isLiteral(result) ? [toArray(result)] : [])], see: () => seen(result) }
  }
const shape = (): readonly number[] => [2, 2]

const tensorTrials: Tried<typeof tensors> = {
  full: made(shape, (s) => tensors.full(s, 3)),
  ones: made(shape, (s) => tensors.ones(s)),
  zeros: made(shape, (s) => tensors.zeros(s)),
  tensor: (hand) => {
    const result = tensor(hand(shape()), hand(Float32Array.of(1, 2, 3, 4)))
    return { gives: [result, toArray(result)], see: () => seen(result) }
  },
  vector: made(
    () => [1, 2, 3],
    (xs) => tensors.vector(xs),
  ),
  matrix: made(
    () => [
      [1, 2],
      [3, 4],
    ],
    (rows) => tensors.matrix(rows),
  ),
  fromNested: made(
    () => [
      [1, 2],
      [3, 4],
    ],
    (nested) => tensors.fromNested(nested),
  ),
  toNested: (hand) => ({ gives: [hand(tensors.toNested(x))], see: () => seen(x) }),
  placeholder: made(shape, (s) => placeholder(s)),
  range: 'no data',
  scalar: 'no data',
  isLiteral: 'no data',
  nodeOf: 'no data',
  toArray: 'no data',
  toNumber: 'no data',
  refine: (hand) => {
    const refined = tensors.refine(hand(['n', 3]))
    return { gives: [], see: () => [refined(x), refined(tensors.zeros([3, 2]))].map(String) }
  },
}

/** A draw of a shape. */
const draw = (f: (shape: Shape) => (key: random.Key) => Tensor): Trial =>
  op(
    () => [1, 3],
    (s) => f(s) as unknown as (key: Tensor) => Tensor,
    k as unknown as Tensor,
  )
const randomTrials: Tried<typeof random> = {
  bernoulli: draw((s) => random.bernoulli(s, 0.5)),
  bits: draw(random.bits),
  normal: draw(random.normal),
  uniform: draw(random.uniform),
  uniformIn: draw((s) => random.uniformIn(s, 2, 3)),
  foldIn: 'no data',
  key: 'no data',
  next: 'no data',
  split: 'no data',
  splitMany: 'no data',
}

type SomeNetwork = Network<readonly unknown[], Shape, Shape>
const network =
  <A>(data: () => A, f: (data: A) => SomeNetwork): Trial =>
  (hand) => {
    const net = f(hand(data()))
    const params = net.init(k)
    return {
      gives: [net, described(net)],
      see: () => [
        described(net),
        net.input,
        net.output,
        net.layers.map(({ kind, input, output }) => ({ kind, input, output })).toArray(),
        seen(net.init(k)),
        seen(net(params)(tensors.ones(net.input))),
      ],
    }
  }
const weights = (initialiser: layers.Initialiser): Trial => draw((s) => initialiser(s))

const layerTrials: Tried<typeof layers> = {
  ...(Object.fromEntries(Object.keys(layers).map((name) => [name, 'no data'])) as Tried<typeof layers>),
  conv2d: network(
    () => ({ filters: 2, kernel: 2, padding: 1, stride: 1 }),
    (options) => pipe(layers.input(3, 3, 1), layers.conv2d(options)) as unknown as SomeNetwork,
  ),
  dense: network(
    () => ({ weights: layers.glorot, bias: layers.constant(1) }),
    (options) => pipe(layers.input(3), layers.dense(2, options)) as unknown as SomeNetwork,
  ),
  constant: weights(layers.constant(2)),
  glorot: weights(layers.glorot),
  he: weights(layers.he),
  lecun: weights(layers.lecun),
  ofVariance: weights(layers.ofVariance(() => 1)),
  small: weights(layers.small(1)),
  rebuild: network(
    () => ({
      input: [3],
      layers: [
        { kind: 'dense', size: 2 },
        { kind: 'leakyRelu', slope: 0.5 },
      ],
    }),
    (description) => {
      const result = layers.rebuild(description)
      if (result._tag === 'Left') throw result.left
      return result.right
    },
  ),
}

const params = [{ weights: tensors.ones([2, 2]), bias: tensors.zeros([2]) }]
const gradients = [{ weights: tensor([2, 2], [1, -2, 3, -4]), bias: tensor([2], [0.5, -0.5]) }]
type Some = optimise.GradientTransformation<optimise.StateOf>
const optimiser =
  <A>(options: () => A, f: (options: A) => unknown): Trial =>
  (hand) => {
    const t = f(hand(options())) as Some
    const see = (): unknown => {
      const [updates, state] = t.update(gradients, t.init(params), params)
      return [seen(updates), seen(t.update(gradients, state, params)[0])]
    }
    return { gives: [], see }
  }
const rate = { learningRate: 0.1 }
const optimiserTrials: Readonly<Record<string, Trial>> = {
  adaGrad: optimiser(() => ({ ...rate, initial: 0.1 }), optimise.adaGrad),
  adaMax: optimiser(() => ({ ...rate, beta1: 0.5 }), optimise.adaMax),
  adam: optimiser(() => ({ ...rate, beta1: 0.5 }), optimise.adam),
  adamW: optimiser(() => ({ ...rate, weightDecay: 0.5 }), optimise.adamW),
  amsGrad: optimiser(() => ({ ...rate, beta1: 0.5 }), optimise.amsGrad),
  centredRmsProp: optimiser(() => ({ ...rate, decay: 0.5 }), optimise.centredRmsProp),
  gradientDescent: optimiser(() => ({ ...rate }), optimise.gradientDescent),
  momentum: optimiser(() => ({ ...rate, decay: 0.5, nesterov: true }), optimise.momentum),
  nAdam: optimiser(() => ({ ...rate, beta1: 0.5 }), optimise.nAdam),
  nesterov: optimiser(() => ({ ...rate, decay: 0.5 }), optimise.nesterov),
  nesterovLookAhead: optimiser(() => ({ ...rate, decay: 0.5 }), optimise.nesterovLookAhead),
  rAdam: optimiser(() => ({ ...rate, beta1: 0.5 }), optimise.rAdam),
  rmsProp: optimiser(() => ({ ...rate, decay: 0.5 }), optimise.rmsProp),
  averageParameters: optimiser(() => ({ decay: 0.5 }), optimise.averageParameters),
  accumulateDamped: optimiser(() => ({ decay: 0.5, dampening: 0.5 }), optimise.accumulateDamped),
  clipByGlobalNorm: optimiser(
    () => ({ epsilon: 1 }),
    (options) => optimise.clipByGlobalNorm(1, options),
  ),
  chain: (hand) =>
    optimiser(
      () => hand(optimise.scaleByAdam()),
      (t) => optimise.chain(t, hand(optimise.scale(-1))),
    )(hand),
  multiSteps: optimiser(() => optimise.scaleByAdam(), optimise.multiSteps(2)),
  masked: optimiser(
    () => optimise.scaleByAdam(),
    optimise.masked((path) => path.endsWith('weights')),
  ),
  partition: optimiser(
    () => ({ all: optimise.scaleByAdam() }),
    (groups) => optimise.partition(() => 'all', groups),
  ),
  piecewiseConstant: optimiser(
    () => ({ values: [1, 2] as const, boundaries: [1] }),
    (options) => optimise.gradientDescent({ learningRate: optimise.piecewiseConstant(options) }),
  ),
  joinSchedules: (hand) => {
    const [schedules, boundaries] = [hand([optimise.constantSchedule(1), optimise.constantSchedule(2)] as const), hand([1])]
    const schedule = optimise.joinSchedules(schedules, boundaries)
    return { gives: [], see: () => [0, 1, 2].map((t) => toArray(schedule(tensors.scalar(t)))) }
  },
}

const net = pipe(layers.input(2), layers.dense(2))
const data = { x: tensor([3, 2], [1, 2, 3, 4, 5, 6]), y: tensor([3, 2], [1, 0, 0, 1, 1, 0]) }
const others: Readonly<Record<string, Trial>> = {
  layer: network(
    () => ({ name: 'double', input: [2], output: [2], init: () => ({}), apply: () => ops.mul(2), attributes: { sizes: [1, { deep: 2 }] } }),
    (definition) => pipe(layers.input(2), layer(definition as never)) as unknown as SomeNetwork,
  ),
  pointwise: network(
    () => ({ slope: [1, 2] }),
    (attributes) => pipe(layers.input(2), pointwise('mine', ops.neg, { attributes })) as unknown as SomeNetwork,
  ),
  identity: network(
    () => [2, 3],
    (s) => identity(s) as unknown as SomeNetwork,
  ),
  unravel: (hand) => {
    const back = unravel(hand([{ a: tensors.zeros([2]) }, tensors.zeros([1])]))
    return { gives: [], see: () => seen(back(tensors.vector([1, 2, 3]))) }
  },
  vjp: (hand) => {
    const [y, pullback] = vjp(({ a, b }: { readonly a: Tensor; readonly b: Tensor }) => ops.mul(a)(b))(hand({ a: x, b: ops.square(x) }))
    return { gives: [y], see: () => seen([y, pullback(tensors.ones([2, 3]))]) }
  },
  leaves: (hand) => {
    const tree = hand([{ a: x }])
    const copy = withLeaves(tree, [x])
    return { gives: [leavesWithPaths(copy)], see: () => seen(copy) }
  },
  dataset: (hand) => {
    const result = dataset(hand({ ...data }), hand({ input: [2], target: [2] }))
    if (result._tag === 'Left') throw result.left
    return { gives: [hand(result.right)], see: () => seen(result.right) }
  },
  batches: (hand) => {
    const all = batches(hand({ ...data }), hand({ size: 2, key: k }))
    return { gives: [], see: () => [...all].map(seen) }
  },
  inSequence: (hand) => {
    const all = inSequence(hand({ ...data }), hand({ size: 2 }))
    return { gives: [], see: () => [...all].map(seen) }
  },
  TensorCodec: (hand) => {
    const result = TensorCodec.decode(hand(TensorCodec.encode(x)))
    if (result._tag === 'Left') throw new Error('not decoded')
    const decoded = result.right
    return { gives: [decoded, TensorCodec.encode(decoded)], see: () => seen(decoded) }
  },
  modelOf: (hand) => {
    const model = modelOf(
      hand({
        name: 'mine',
        output: [...net.output],
        target: [...net.output],
        mean: ops.neg,
        negativeLogLikelihood: (z: Tensor, y: Tensor) => ops.sumAll(ops.sub(z)(y)),
      }) as never as Likelihood<typeof net.output, typeof net.output, typeof net.output>,
    )(net)
    return { gives: [model], see: () => [seen(model.cost(net.init(k))(data.x, data.y)), seen(model.predict(net.init(k))(data.x))] }
  },
  regularised: (hand) => {
    const model = regularised(weightDecay(1))(hand({ ...categorical(net) }))
    return { gives: [model], see: () => seen(model.cost(net.init(k))(data.x, data.y)) }
  },
  train: (hand) => {
    const { init, step } = train(
      hand({ ...categorical(net) }),
      hand<ReturnType<typeof optimise.adam<number>>>({ ...optimise.adam(rate) }),
      hand({ parts: 2 }),
    )
    return { gives: [], see: () => seen(step(init(k), data)) }
  },
}

export const trials: Readonly<Record<string, Trial | 'no data'>> = {
  ...opTrials,
  ...tensorTrials,
  ...randomTrials,
  ...layerTrials,
  ...optimiserTrials,
  ...others,
}
