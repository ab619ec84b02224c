/**
 * What must compile, and what it must infer. Every value here is also made: `types.test.ts` imports this file and compares
 * shapes with the types. Nothing is cast where a user would not cast.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { flow, identity, pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { csv, csvStream, NumberFromString, optional } from '../../src/codec/tables/index.js'
import {
  batchesFrom,
  type CategoricalColumn,
  columnTransformer,
  type Dataset,
  dataset,
  featureHasher,
  filterExamples,
  imputer,
  mapExamples,
  minMaxScaler,
  type NumericColumn,
  numericColumn,
  oneHotEncoder,
  pipeline,
  shuffle,
  standardScaler,
  type Transform,
} from '../../src/data/index.js'
import { type AsyncEngine, compile, compileAsync, toAsync } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { type DecodeError, orThrow } from '../../src/error/index.js'
import { batched, customVjp, foriLoop, type StackOf, scan } from '../../src/graph/index.js'
import {
  avgPool2d,
  batchNorm,
  bidirectional,
  type CellParams,
  conv1d,
  conv2d,
  cutPoints,
  type DenseParams,
  dense,
  dropout,
  embedding,
  flatten,
  type GruParams,
  globalAvgPool2d,
  glorot,
  groupNorm,
  gru,
  input,
  layerNorm,
  learnedLogScale,
  locallyConnected1d,
  locallyConnected2d,
  lstm,
  type MaxoutParams,
  maxout,
  maxPool2d,
  type ParametricReluParams,
  parametricRelu,
  polynomialFeatures,
  type RbfParams,
  type RecurrentParams,
  radialBasisFeatures,
  randomFourierFeatures,
  rbf,
  recurrent,
  relu,
  scalingOf,
  standardise,
  type TransposedParams,
  tanh,
  transposed,
} from '../../src/layer/index.js'
import {
  bernoulli,
  categorical,
  gaussian,
  gaussianLogVariance,
  gradient,
  interval,
  likelihood,
  type Model,
  meanSquaredError,
  mixtureOfGaussians,
  mode,
  modelOf,
  type Objective,
  ordinal,
  sample,
  sparseCategorical,
} from '../../src/likelihood/index.js'
import {
  andThen,
  compose,
  freeze,
  layer,
  type Network,
  type None,
  named,
  type ParamsOf,
  parallel,
  pointwise,
  repeat,
  residual,
  type ShareParams,
  share,
  split,
} from '../../src/network/index.js'
import {
  add,
  argMax,
  concat,
  log1p,
  matmul,
  max,
  mean,
  min,
  mul,
  pad,
  permute,
  reshape,
  sigmoid,
  sign,
  slice,
  sub,
  sum,
  sumAll,
} from '../../src/ops/index.js'
import {
  adam,
  type Fit,
  type FitError,
  glm,
  type LinearFit,
  linearRegression,
  multinomial,
  poissonFamily,
  sgd,
} from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { type Dim, dim, type Shape } from '../../src/shape/index.js'
import { full, type Matrix, ones, refine, type Scalar, scalar, type Tensor, toNumber, type Vector, zeros } from '../../src/tensor/index.js'
import { population, train } from '../../src/train/index.js'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const prove = <_T extends true>(): void => undefined

// ── a network, its parameters, its training ──
export const net = pipe(input(784), dense(128), relu, dense(10))
export type NetParams = ParamsOf<typeof net>
prove<Equal<NetParams, readonly [DenseParams<784, 128>, None, DenseParams<128, 10>]>>()
prove<Equal<typeof net, Network<NetParams, readonly [784], readonly [10]>>>()

export const model = categorical(net)
export const { init, step } = train(model, adam({ learningRate: 1e-3 }))
export const fast = compile(reference)(step)
prove<Equal<typeof fast, typeof step>>()
export const state = init(key(42))
export const batch: Dataset<readonly [784], readonly [10]> = { x: zeros([2, 784]), y: full([2, 10], 0.1) }
export const trained = () => fast(fast(state, batch), batch)
export const moment: Matrix<784, 128> = state.optimiser.m[0].weights
prove<Equal<typeof state.optimiser.m, NetParams>>()
prove<Equal<typeof state.params, NetParams>>()
export const y: Vector<10> = net(state.params)(zeros([784]))
export const gradients = (): NetParams => gradient(model)(state.params)(batch.x, batch.y)
export const backPropagated = (): readonly [Scalar, NetParams] => model.gradient(state.params, key(1))(batch.x, batch.y)
export const statelessOptimiser: None = train(model, sgd({ learningRate: 0.1 })).init(key(0)).optimiser
export const xor = pipe(input(2), dense(2), tanh, dense(1))
export const likelihoods = [bernoulli(xor), meanSquaredError(xor)] as const
export const units = pipe(input(5, 4, 2), parametricRelu({ per: 'channel' }), flatten, maxout(3, { pieces: 2 }), rbf(4), parametricRelu())
prove<
  Equal<
    ReturnType<typeof units.init>,
    readonly [
      ParametricReluParams<readonly [5, 4, 2], 'channel'>,
      None,
      MaxoutParams<40, 3, 2>,
      RbfParams<3, 4>,
      ParametricReluParams<readonly [4], 'unit'>,
    ]
  >
>()
export const slopes: Vector<2> = units.init(key(0))[0].slope
export const noisy = categorical(pipe(input(784), dense(16), relu, dropout(0.5), dense(10)))
prove<Equal<ReturnType<typeof noisy.init>, readonly [DenseParams<784, 16>, None, None, DenseParams<16, 10>]>>()

// ── hidden sizes that are generic, or known at run time ──
export const generic = <H extends number>(h: H) => pipe(input(784), dense(h), relu, dense(10))
export const g64 = generic(64)
prove<Equal<ParamsOf<typeof g64>, readonly [DenseParams<784, 64>, None, DenseParams<64, 10>]>>()
const hidden: number = [32].reduce((a, b) => a + b, 0)
export const dynamic = pipe(input(784), dense(hidden), relu, dense(10))
prove<Equal<ParamsOf<typeof dynamic>, readonly [DenseParams<784, number>, None, DenseParams<number, 10>]>>()

// ── dims: sizes known at run time, checked once ──
const classes: Dim<'classes'> = orThrow(dim('classes')(7))
export const tagged = pipe(input(784), dense(classes), relu, dense(classes))
prove<Equal<ParamsOf<typeof tagged>[2], DenseParams<Dim<'classes'>, Dim<'classes'>>>>()
export const taggedJoin = pipe(tagged, andThen(pipe(input(classes), dense(3))))

export const unknownRows: Tensor = ones([32, 784])
export const rows = orThrow(refine(['batch', 784])(unknownRows))
prove<Equal<typeof rows, Tensor<readonly [Dim<'batch'>, 784]>>>()
export const size: Dim<'batch'> = rows.shape[0]
/** A dim found once is asked of the next tensor. */
export const targets = orThrow(refine([size, 10])(ones([32, 10]) as Tensor))
prove<Equal<typeof targets, Tensor<readonly [Dim<'batch'>, 10]>>>()
/** It flows through ops: M stays `Dim<'batch'>`. */
export const scores: Matrix<Dim<'batch'>, 10> = pipe(rows, matmul(zeros([784, 10])), add(targets), mul(2))
/** And is a number wherever one will do. */
export const cost = (): Scalar => model.cost(state.params)(rows, targets)
export const square = orThrow(refine(['n', 'n'])(ones([3, 3]) as Tensor))
prove<Equal<typeof square, Matrix<Dim<'n'>, Dim<'n'>>>>()
export const noAxes: Scalar = orThrow(refine([])(scalar(1) as Tensor))

// ── composition: a generic join resolves when both are the same [H] ──
export const autoencoder = <H extends number>(h: H) => pipe(input(784), dense(h), relu, andThen(pipe(input(h), dense(784))))
export const a32 = autoencoder(32)
prove<Equal<ParamsOf<typeof a32>, readonly [DenseParams<784, 32>, None, DenseParams<32, 784>]>>()
const encoder = pipe(input(784), dense(128), relu)
const decoder = pipe(input(128), dense(10))
export const joined = pipe(encoder, andThen(decoder))
export const composed = compose(decoder)(encoder)
prove<Equal<typeof joined, typeof net>>()
prove<Equal<typeof composed, typeof net>>()

// ── combinators ──
export const tower = pipe(input(64), residual(flow(dense(256), relu, dense(64))), dense(10))
prove<Equal<ParamsOf<typeof tower>, readonly [readonly [DenseParams<64, 256>, None, DenseParams<256, 64>], DenseParams<64, 10>]>>()
export const deep = pipe(input(64), repeat(100)(flow(dense(64), relu)), dense(10))
/** The price of `repeat`: an index may be undefined. */
export const w99: Matrix<64, 64> | undefined = deep.init(key(0))[0][99]?.[0].weights
prove<Equal<ParamsOf<typeof deep>[0]['length'], 100>>()
export const beside = pipe(input(12), parallel(dense(3), flow(dense(4), relu)), dense(2))
prove<
  Equal<
    ParamsOf<typeof beside>,
    readonly [readonly [readonly [DenseParams<12, 3>], readonly [DenseParams<12, 4>, None]], DenseParams<7, 2>]
  >
>()
export const inception = pipe(
  input(28, 28, 1),
  parallel(conv2d({ filters: 4, kernel: 1 }), conv2d({ filters: 8, kernel: 3, padding: 'same' })),
)
export const denseNet = pipe(input(4), parallel(identity, flow(dense(2), relu)), parallel(identity, flow(dense(3), relu)))
export const rowsAbove = pipe(input(4, 6), parallel(relu, tanh, { axis: -2 }))
export const parts = pipe(input(9), dense(7), split(4)(flow(dense(8), relu), split(2)(dense(3), relu)))
prove<
  Equal<
    ParamsOf<typeof parts>,
    readonly [
      DenseParams<9, 7>,
      readonly [readonly [DenseParams<4, 8>, None], readonly [readonly [readonly [DenseParams<2, 3>], readonly [None]]]],
    ]
  >
>()
export const genericBeside = <H extends number>(h: H) => pipe(input(4), parallel(dense(h), dense(3)), dense(5))
export const withName = pipe(input(12), named('encoder')(flow(dense(4), relu)), dense(2))
export const encoderWeights: Matrix<12, 4> = withName.init(key(0))[0].encoder[0].weights
export const tied = pipe(
  input(784),
  share('outer')(dense(256), (outer) =>
    flow(
      outer,
      relu,
      share('inner')(dense(32), (inner) => flow(inner, relu, transposed(inner))),
      transposed(outer),
    ),
  ),
)
prove<
  Equal<
    ParamsOf<typeof tied>,
    readonly [
      ShareParams<
        readonly [DenseParams<784, 256>],
        readonly [
          None,
          None,
          ShareParams<readonly [DenseParams<256, 32>], readonly [None, None, TransposedParams<256>]>,
          TransposedParams<784>,
        ]
      >,
    ]
  >
>()
export const elsewhere = pipe(
  input(7),
  share('both')(
    () => pipe(input(4), dense(3)),
    (both) => parallel(flow(dense(4), both), flow(dense(4), relu, both)),
  ),
)
export const pretrained = pipe(input(784), dense(32), relu)
export const tuned = pipe(input(784), freeze(pretrained)(pretrained.init(key(1))), dense(10))
prove<Equal<ParamsOf<typeof tuned>, readonly [None, DenseParams<32, 10>]>>()
// ── fixed features ──
export const polynomial = pipe(input(3), polynomialFeatures(4), dense(1))
prove<Equal<ParamsOf<typeof polynomial>, readonly [None, DenseParams<35, 1>]>>()
export const withoutBias = pipe(input(10), polynomialFeatures(2, { bias: false }))
prove<Equal<(typeof withoutBias)['output'], readonly [65]>>()
export const basis = pipe(input(2), radialBasisFeatures(ones([5, 2])), randomFourierFeatures(16), dense(1))
prove<Equal<ParamsOf<typeof basis>, readonly [None, None, DenseParams<16, 1>]>>()
export const scaled = pipe(input(784), standardise(scalingOf(batch.x)), dense(10))
prove<Equal<ParamsOf<typeof scaled>, readonly [None, DenseParams<784, 10>]>>()
/** `pipe` ends at 20 arguments: nest. */
const five = flow(dense(8), relu, dense(8), relu, dense(8))
export const nested = pipe(input(8), five, relu, five, relu, five, relu, five)

// ── sizes computed: LeNet-5 without one repeated number ──
export const lenet = pipe(
  input(28, 28, 1),
  conv2d({ filters: 6, kernel: 5, padding: 2 }),
  relu,
  avgPool2d(2),
  conv2d({ filters: 16, kernel: 5 }),
  relu,
  avgPool2d(2),
  flatten,
  dense(120),
  relu,
  dense(84),
  relu,
  dense(10),
)
prove<Equal<ParamsOf<typeof lenet>[7], DenseParams<400, 120>>>()
prove<Equal<ParamsOf<typeof lenet>[3]['kernel'], Tensor<readonly [5, 5, 6, 16]>>>()
export const odd = pipe(input(13, 13, 1), avgPool2d(2), flatten)
prove<Equal<typeof odd, Network<readonly [None, None], readonly [13, 13, 1], readonly [36]>>>()
export const strided = pipe(input(11, 8, 3), conv2d({ filters: 2, kernel: 3, stride: 2, padding: 1 }), maxPool2d(2))
prove<Equal<typeof strided.output, readonly [3, 2, 2]>>()
const side: number = hidden
export const anySide = pipe(input(side, side, 1), conv2d({ filters: 6, kernel: 5 }), avgPool2d(2), flatten, dense(10))
/** Windows, strides and filters may be known only at run time as well. */
export const anyWindow = pipe(
  input(64, 64, 1),
  conv2d({ filters: hidden, kernel: hidden, stride: hidden, padding: hidden }),
  avgPool2d(hidden - 30),
  flatten,
  dense(10),
)
prove<Equal<ParamsOf<typeof anyWindow>[0]['kernel'], Tensor<readonly [number, number, 1, number]>>>()
prove<Equal<ParamsOf<typeof anyWindow>[3], DenseParams<number, 10>>>()
/** Every option of windows has its part in the sizes. */
const sequence = pipe(
  input(784, 1),
  conv1d({ filters: 8, kernel: 9, stride: 4 }),
  conv1d({ filters: 4, kernel: 3, dilation: 2, padding: 'same', bias: false }),
)
prove<Equal<typeof sequence.output, readonly [194, 4]>>()
prove<Equal<keyof ParamsOf<typeof sequence>[1], 'kernel'>>()
const oblong = pipe(
  input(9, 10, 4),
  conv2d({
    filters: 6,
    kernel: [2, 3],
    stride: [3, 2],
    padding: [
      [1, 0],
      [2, 1],
    ],
    dilation: 2,
    groups: 2,
  }),
  avgPool2d({ size: [2, 3], stride: 1 }),
)
prove<Equal<typeof oblong.output, readonly [2, 3, 6]>>()
prove<Equal<ParamsOf<typeof oblong>[0]['kernel'], Tensor<readonly [2, 3, number, 6]>>>()
const same = pipe(
  input(7, 8, 3),
  conv2d({ filters: 2, kernel: 5, stride: 2, padding: 'same' }),
  maxPool2d({ size: 3, stride: 2, padding: 'same' }),
  globalAvgPool2d,
)
prove<Equal<typeof same.output, readonly [2]>>()
const sequences = pipe(
  input(28, 28),
  recurrent(lstm(64), { returns: 'sequence' }),
  bidirectional(gru(16), { returns: 'sequence' }),
  recurrent(gru(8)),
)
prove<Equal<typeof sequences.output, readonly [8]>>()
prove<Equal<ParamsOf<typeof sequences>[0], RecurrentParams<CellParams<28, 64, 4>, 64>>>()
prove<Equal<ParamsOf<typeof sequences>[1]['backward']['cell'], GruParams<64, 16>>>()
prove<Equal<ParamsOf<typeof sequences>[2]['cell']['weights'], Matrix<32, 24>>>()
const normal = pipe(input(28, 4), layerNorm(), layerNorm({ over: 'all' }), flatten, layerNorm())
prove<Equal<ParamsOf<typeof normal>[0]['gain'], Vector<4>>>()
prove<Equal<ParamsOf<typeof normal>[1]['bias'], Matrix<28, 4>>>()
prove<Equal<ParamsOf<typeof normal>[3]['gain'], Vector<112>>>()
const withScale = pipe(input(3), dense(2), learnedLogScale())
prove<Equal<typeof withScale.output, readonly [4]>>()
prove<Equal<ParamsOf<typeof withScale>[1]['logScale'], Vector<2>>>()

// ── likelihoods: targets and means have shapes of their own ──
const spread = gaussianLogVariance(withScale)
export const spreadCost = (y: Matrix<8, 2>): Scalar => spread.cost(spread.init(key(1)))(zeros([8, 3]), y)
export const spreadMean: Matrix<number, 2> = spread.predict(spread.init(key(1)))(zeros([8, 3]))
const numbered = sparseCategorical(pipe(input(3), dense(10)))
export const numberedCost = (y: Vector<8>): Scalar => numbered.cost(numbered.init(key(1)))(zeros([8, 3]), y)
export const numberedClass: Vector<number> = mode(numbered)(numbered.init(key(1)))(zeros([8, 3]))
export const numberedData: Either<Error, Dataset<readonly [3], readonly []>> = dataset({ x: [[1, 2, 3]], y: [7] }, numbered)
const ordered = ordinal(pipe(input(3), dense(1), cutPoints(4)))
export const orderedMean: Matrix<number, 5> = ordered.predict(ordered.init(key(1)))(zeros([8, 3]))
const mixed = mixtureOfGaussians(pipe(input(1), dense(9)), { components: 3, size: 1 })
export const [lowest, highest] = interval(spread, 0.9)(spread.init(key(1)))(zeros([8, 3]))
prove<Equal<typeof lowest, Matrix<number, 2>>>()
export const mixedDraw: Matrix<number, 1> = sample(mixed)(mixed.init(key(1)), key(2))(zeros([8, 1]))
const cauchy = likelihood({
  name: 'cauchy',
  output: [1],
  target: [1],
  mean: (z) => z,
  negativeLogLikelihood: (z, y) => sumAll(log1p(mul(sub(z)(y))(sub(z)(y)))),
})
export const ownModel: Model<readonly [DenseParams<3, 1>], readonly [3], readonly [1], readonly [1], readonly [1]> = modelOf(cauchy)(
  pipe(input(3), dense(1)),
)
const groups = pipe(input(28, 28, 1), conv2d({ filters: 8, kernel: 3 }), groupNorm(4), flatten, groupNorm(2))
prove<Equal<ParamsOf<typeof groups>[1]['gain'], Vector<8>>>()
prove<Equal<ParamsOf<typeof groups>[3]['bias'], Vector<5408>>>()
const words = pipe(input(20), embedding(1000, 32), recurrent(gru(8)))
prove<Equal<ParamsOf<typeof words>[0]['weights'], Matrix<1000, 32>>>()
prove<Equal<ParamsOf<typeof words>[1]['cell'], GruParams<32, 8>>>()
export const genericWords = <N extends number>(vocabulary: N) => pipe(input(5), embedding(vocabulary, 3), flatten, dense(2))
const local = pipe(
  input(9, 10, 4),
  locallyConnected2d({ filters: 6, kernel: [2, 3], stride: [3, 2], padding: 'valid' }),
  locallyConnected2d({ filters: 2, kernel: 2, bias: false }),
)
prove<Equal<typeof local.output, readonly [2, 3, 2]>>()
prove<Equal<ParamsOf<typeof local>[0]['kernel'], Tensor<readonly [3, 4, 2, 3, 4, 6]>>>()
prove<Equal<ParamsOf<typeof local>[0]['bias'], Tensor<readonly [3, 4, 6]>>>()
prove<Equal<keyof ParamsOf<typeof local>[1], 'kernel'>>()
const localSequence = pipe(input(100, 3), locallyConnected1d({ filters: 8, kernel: 9, stride: 4 }))
prove<Equal<ParamsOf<typeof localSequence>[0]['kernel'], Tensor<readonly [23, 9, 3, 8]>>>()
const normed = pipe(input(28, 28, 1), conv2d({ filters: 8, kernel: 3 }), batchNorm(), relu, flatten, dense(10))
prove<Equal<ParamsOf<typeof normed>[1]['variance'], Vector<8>>>()
export const seen = population(normed).init(normed.init(key(1)))
prove<Equal<typeof seen.params, ParamsOf<typeof normed>>>()
export const genericNorm = <H extends number>(h: H) => pipe(input(3), dense(h), batchNorm(), dense(2))
export const genericGroups = <H extends number>(h: H) => pipe(input(3), dense(h), groupNorm(2), dense(2))
export const genericSteps = <T extends number>(steps: T) => pipe(input(steps, 3), flatten, dense(2))
export const windowed = [sequence, oblong, same, sequences, groups, words, local, localSequence] as const
const height: Dim<'height'> = orThrow(dim('height')(30))
export const tagSide = pipe(input(height, 28, 1), conv2d({ filters: 6, kernel: 5 }), flatten, dense(10))
export const genericFilters = <F extends number>(f: F) =>
  pipe(input(28, 28, 1), conv2d({ filters: f, kernel: 5 }), relu, flatten, dense(10))
export const f8 = genericFilters(8)
prove<Equal<ParamsOf<typeof f8>[3], DenseParams<4608, 10>>>()

// ── compile is the identity on types: generics, tuples, nested and Immutable records survive ──
export const forward = compile(reference)(<B extends number>(x: Matrix<B, 784>): Matrix<B, 10> => matmul(zeros([784, 10]))(x))
export const forwarded: Matrix<32, 10> = forward(ones([32, 784]))
export const forwardedRows: Matrix<Dim<'batch'>, 10> = forward(rows)
export const together = compile(reference)((a: { readonly p: NetParams; readonly s: typeof state }) => ({ ...a, cost: scalar(0) }))
export const togetherMoment = (): Matrix<784, 128> => together({ p: state.params, s: state }).s.optimiser.v[0].weights

// ── compileAsync gives what f gives, later, or the engine's own error ──
export const later = compileAsync(toAsync(reference))(step)
prove<Equal<typeof later, (...args: Parameters<typeof step>) => TaskEither<never, typeof state>>>()
export const remote = <E>(engine: AsyncEngine<E>, x: Matrix<4, 784>): TaskEither<E, Matrix<4, 10>> =>
  compileAsync(engine)(<B extends number>(rows: Matrix<B, 784>): Matrix<B, 10> => matmul(zeros([784, 10]))(rows))(x)

// ── loops: the carry keeps its type, what goes along loses an axis, what is given gains it ──
export const [total, partials] = scan((c: Scalar, x: Scalar) => [add(x)(c), { sum: add(x)(c), row: zeros([4]) }])(scalar(0), zeros([7]))
prove<Equal<typeof total, Scalar>>()
prove<Equal<typeof partials.sum, Vector<7>>>()
export const stacked: Matrix<7, 4> = partials.row
export const elman = <T extends number, H extends number>(
  h: Matrix<1, H>,
  xs: Tensor<readonly [T, 1, 3]>,
  w: Matrix<3, H>,
): readonly [Matrix<1, H>, Tensor<readonly [T, 1, H]>] =>
  scan((before: Matrix<1, H>, x: Matrix<1, 3>) => {
    const after = pipe(x, matmul(w), add(before))
    return [after, after]
  })(h, xs)
export const [hiddenLast, hiddens] = elman(zeros([1, 5]), zeros([9, 1, 3]), zeros([3, 5]))
prove<Equal<typeof hiddens, Tensor<readonly [9, 1, 5]>>>()
export const doubled: Scalar = foriLoop(10)((c: Scalar) => mul(2)(c))(scalar(1))
export const along = { x: zeros([3, 2, 784]), y: zeros([3, 2, 10]) }
export const epoch = compile(reference)(
  (s: typeof state, batches: StackOf<number, typeof batch>) => scan((c: typeof state, b: typeof batch) => [step(c, b), []])(s, batches)[0],
)
prove<Equal<ReturnType<typeof epoch>, typeof state>>()
export const afterEpoch = () => epoch(state, along)
export const costs = (): Vector<3> =>
  scan((c: typeof state, b: typeof batch) => {
    const after = step(c, b)
    return [after, after.cost]
  })(state, along)[1]

// ── code generic in the whole network ──
export const countLayers = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(n: Network<Ps, I, O>): number => n.layers.size
export const learn = <Ps extends readonly unknown[], I extends Shape, O extends Shape>(
  n: Network<Ps, I, O>,
  cost: (n: Network<Ps, I, O>) => Objective<Ps, I, O>,
) => train(cost(n), adam({ learningRate: 1e-3 }))
export const fitted = learn(net, (n) => categorical(n))
export const fittedMoment: Matrix<784, 128> = fitted.init(key(1)).optimiser.m[0].weights

// ── layers of the user's own ──
export const swish = pointwise('swish', (x) => mul(sigmoid(x))(x))
export const scale = <N extends number>(n: N) =>
  layer({ name: 'scale', input: [n], output: [n], init: () => ({ factor: ones([n]) }), apply: ({ factor }) => mul(factor) })
export const own = pipe(input(16), swish, scale(16), relu, dense(4))
export const factor: Tensor<readonly [16]> = own.init(key(0))[1].factor
prove<Equal<ParamsOf<typeof own>, readonly [None, { factor: Vector<16> }, None, DenseParams<16, 4>]>>()

// ── shapes that are kept ──
const straight = customVjp(
  <S extends Shape>(x: Tensor<S>): Tensor<S> => sign(x),
  (x) => [x, (dy) => [dy]],
)
export const straightened = straight(zeros([2, 3]))
prove<Equal<typeof straightened, Matrix<2, 3>>>()
export const drawn = glorot([3, 4])(key(0))
prove<Equal<typeof drawn, Matrix<3, 4>>>()
const cube = zeros([2, 3, 5])
export const alongAxes = [mean(0)(cube), sum(1)(cube), max(2)(cube), min(-3)(cube), argMax(-1)(cube)] as const
prove<Equal<typeof alongAxes, readonly [Matrix<3, 5>, Matrix<2, 5>, Matrix<2, 3>, Matrix<3, 5>, Matrix<2, 3>]>>()
export const cut = slice({ starts: [1, 0], sizes: [2, 4] })(cube)
prove<Equal<typeof cut, Tensor<readonly [2, 2, 4]>>>()
export const padded = pad({ low: [1, 0], high: [1, 2], value: 0 })(cube)
prove<Equal<typeof padded, Tensor<readonly [2, 5, 7]>>>()
export const turned = permute([-1, -3, -2])(cube)
prove<Equal<typeof turned, Tensor<readonly [5, 2, 3]>>>()
export const turnedLast = permute([-1, -2])(cube)
prove<Equal<typeof turnedLast, Tensor<readonly [2, 5, 3]>>>()
export const besideCube = concat({ axis: -2 })([cube, ones([2, 4, 5])])
prove<Equal<typeof besideCube, Tensor<readonly [2, 7, 5]>>>()
export const rowsOfBatch = pipe(rows, slice({ starts: [0], sizes: [3] }))
prove<Equal<typeof rowsOfBatch, Matrix<Dim<'batch'>, 3>>>()
export const longer = pad({ low: [1, 0], high: [0, 0], value: 0 })(rows)
prove<Equal<typeof longer, Matrix<number, 784>>>()
/** What is known only at run time stays unknown, and nothing else does. */
const anyNumber: number = hidden
const anyNumbers: readonly number[] = [0, 0, 0]
export const unknowns = [
  sum(anyNumber - 32)(cube),
  permute([-1, -2].slice(0))(cube),
  slice({ starts: anyNumbers, sizes: anyNumbers })(cube),
  concat({ axis: -1 })([cube, cube].slice(0)),
  slice({ starts: [0], sizes: [anyNumber - 31] })(cube),
] as const
prove<Equal<typeof unknowns, readonly [Tensor, Tensor, Tensor, Tensor<readonly [2, 3, number]>, Tensor<readonly [2, 3, number]>]>>()

// ── the number of examples is kept ──
export const each = batched((x: Vector<3>) => sub(mean(-1)(x))(x))(zeros([7, 3]))
prove<Equal<typeof each, Matrix<7, 3>>>()
export const away = pipe(each, sub(zeros([7, 3])))
export const eachOfNet = batched(net(state.params))(batch.x)
prove<Equal<typeof eachOfNet, Tensor<readonly [number, 10]>>>()

// ── a layer's declared output stays ──
export const firstTwo = layer({
  name: 'firstTwo',
  input: [5],
  output: [2],
  init: () => ({}),
  apply: () => slice({ starts: [0], sizes: [2] }),
})
export const ofTwo = pipe(input(5), firstTwo, dense(3))
prove<Equal<typeof ofTwo.output, readonly [3]>>()
prove<Equal<ParamsOf<typeof ofTwo>[1], DenseParams<2, 3>>>()

// A fit is typed by its columns and classes; its parameters are those of a dense layer.
export const line = linearRegression()({ x: ones([8, 3]), y: ones([8, 1]), weights: ones([8]) })
prove<Equal<typeof line, Either<FitError, LinearFit<3>>>>()
export const ofFlowers = (flowers: Dataset<readonly [2], readonly [3]>): Either<FitError, Fit<2, 3>> => multinomial()(flowers)
export const ofCounts = (data: Dataset<readonly [2], readonly [1]>): Either<FitError, Fit<2>> =>
  glm({ family: poissonFamily, run: compile(reference) })(data)
export const asNetwork = ({ params }: Fit<2, 3>): readonly [DenseParams<2, 3>] => [params]

// A fitted transform knows the columns of its tables, and whether there is a way back.
export const flowers = columnTransformer({ size: pipeline(imputer(), standardScaler), species: oneHotEncoder() })({
  size: [1, undefined],
  species: ['setosa', undefined],
})
prove<Equal<typeof flowers, Transform<{ readonly size: NumericColumn; readonly species: CategoricalColumn }, true>>>()
export const sizes: NumericColumn = flowers.inverse(flowers.apply({ size: [2], species: ['setosa'] })).size
export const hashed = columnTransformer({ street: featureHasher({ size: 8 }), size: numericColumn })({ street: ['a'], size: [1] })
prove<Equal<typeof hashed.inverse, undefined>>()
prove<Equal<ReturnType<typeof hashed.apply>, Matrix<number, number>>>()
export const hashedAndScaled = pipeline(featureHasher({ size: 8 }), minMaxScaler())(['a'])
prove<Equal<typeof hashedAndScaled, Transform<CategoricalColumn, false>>>()

// Rows have the type that their codec gives, and batches of them the shapes of the model.
const Flower = t.type({ size: NumberFromString, age: optional(NumberFromString), species: t.string })
export const read = csv(Flower)('flowers.csv')('size,age,species\n1.5,,setosa')
prove<Equal<typeof read, Either<DecodeError, readonly { size: number; age: number | undefined; species: string }[]>>>()
export const mappedExamples = pipe(
  { x: ones([8, 4]), y: ones([8, 1]) } as Dataset<readonly [4], readonly [1]>,
  mapExamples(({ x, y }) => ({ x: reshape([2, 2])(x), y })),
  filterExamples(({ y }) => toNumber(sum(-1)(y)) > 0),
  shuffle({ key: key(1) }),
)
prove<Equal<typeof mappedExamples, Dataset<readonly [2, 2], readonly [1]>>>()
const ofSizes = gaussian(pipe(input(1), dense(1)))
export const coming = batchesFrom(csvStream(Flower)('flowers.csv')([]), ofSizes, {
  size: 8,
  example: ({ size, age = 0 }) => ({ x: size, y: age }),
})
prove<Equal<typeof coming, AsyncIterable<Dataset<readonly [1], readonly [1]>>>>()
