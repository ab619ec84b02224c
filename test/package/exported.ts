/** A stranger's module whose exports have no annotations: every type below is written into its declarations by inference. */

import * as codec from 'foldgrad/codec'
import * as files from 'foldgrad/codec/files'
import * as tables from 'foldgrad/codec/tables'
import * as data from 'foldgrad/data'
import * as engine from 'foldgrad/engine'
import * as referenceEngine from 'foldgrad/engine/reference'
import * as wasmEngine from 'foldgrad/engine/wasm'
import * as error from 'foldgrad/error'
import * as graph from 'foldgrad/graph'
import * as laws from 'foldgrad/laws'
import * as layers from 'foldgrad/layer'
import {
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  leakyRelu,
  maxPool2d,
  polynomialFeatures,
  relu,
  scalingOf,
  standardise,
  tanh,
  transposed,
} from 'foldgrad/layer'
import * as likelihood from 'foldgrad/likelihood'
import * as network from 'foldgrad/network'
import { andThen, compose, freeze, identity, layer, named, parallel, pointwise, repeat, residual, share, split } from 'foldgrad/network'
import * as ops from 'foldgrad/ops'
import * as optimise from 'foldgrad/optimise'
import {
  adam,
  averageParameters,
  chain,
  cosineDecay,
  gradientDescent,
  masked,
  multiSteps,
  oneCycle,
  partition,
  setToZero,
} from 'foldgrad/optimise'
import * as params from 'foldgrad/params'
import * as prim from 'foldgrad/prim'
import * as random from 'foldgrad/random'
import * as shape from 'foldgrad/shape'
import type { Batch } from 'foldgrad/tensor'
import * as tensor from 'foldgrad/tensor'
import * as training from 'foldgrad/train'
import { flow, pipe } from 'fp-ts/lib/function.js'

const { batched, grad, jvp, scan, trace, valueAndGrad, vjp } = graph
const { bernoulli, bernoulliLikelihood, categorical, gaussian, gradient, meanSquaredError, modelOf, objective, regularised, weightDecay } =
  likelihood
const { compile } = engine
const { dim } = shape
const { iterate, train, watch } = training
const { key } = random
const { matrix, ones, refine, zeros } = tensor
const { orThrow } = error
const { reference } = referenceEngine
const { wasm } = wasmEngine

// ── layers and networks ──
export const swish = pointwise('swish', (x) => ops.mul(ops.sigmoid(x))(x))
export const scale = <N extends number>(n: N) =>
  layer({ name: 'scale', input: [n], output: [n], init: () => ({ factor: ones([n]) }), apply: ({ factor }) => ops.mul(factor) })
export const builder = dense(8)
export const convolution = conv2d({ filters: 6, kernel: 5, padding: 2 })
export const pooling = maxPool2d(2)
export const block = flow(dense(16), relu, dense(16))
export const net = pipe(input(16), dense(16), leakyRelu(0.1), residual(block), repeat(3)(flow(dense(16), tanh)), scale(16), dense(4))
export const images = pipe(input(28, 28, 1), convolution, swish, pooling, flatten, dense(10))
export const beside = pipe(input(12), parallel(dense(3), flow(dense(4), relu)), named('last')(dense(1)))
export const tied = pipe(
  input(12),
  share('code')(dense(3), (code) => flow(code, relu, transposed(code))),
)
export const branches = pipe(input(16), split(4)(dense(3), freeze(tied)(tied.init(key(1)))), polynomialFeatures(2), dense(1))
export const scaled = pipe(
  input(2),
  standardise(
    scalingOf(
      matrix([
        [1, 2],
        [3, 5],
      ]),
    ),
  ),
  dense(1),
)
export const joined = pipe(identity([12]), andThen(beside))
export const composed = compose(pipe(input(4), dense(2)))(net)
export const noisy = pipe(input(16), dropout(0.5), dense(4))
export const underNoise = noisy.sampled(key(1))
export const jitter = pointwise('jitter', (x) => x, { sampled: () => (x) => x })
export const dims = pipe(input(orThrow(dim('in')(4))), dense(orThrow(dim('out')(2))), relu)
export const drawn = net.init(key(1))
export const rebuilt = layers.rebuild(network.descriptionOf(net))

// ── models, optimisers, training ──
export const models = { noisy: categorical(noisy), one: bernoulli(beside), real: gaussian(net), squared: meanSquaredError(images) }
export const own = objective({
  init: net.init,
  cost: (params) => (x: Batch<readonly [16]>, y: Batch<readonly [4]>) =>
    ops.meanAll(ops.abs(ops.sub(y)(batched(net(params))(x) as typeof y))),
})
export const decayed = pipe(models.real, regularised(weightDecay(1e-4)))
export const link = modelOf(bernoulliLikelihood([1]))
export const scheduled = adam({ learningRate: cosineDecay({ initial: 0.1, steps: 10 }) })
export const optimisers = [gradientDescent({ learningRate: oneCycle({ peak: 1, steps: 10 }) }), multiSteps(2)(scheduled)] as const
export const chained = chain(chain(scheduled, averageParameters({ decay: 0.9 })), masked((path) => path.endsWith('.weights'))(scheduled))
export const groups = partition((path) => (path.startsWith('[0]') ? 'frozen' : 'learned'), { frozen: setToZero, learned: scheduled })
export const trained = train(models.real, groups)
export const { init, step } = train(models.noisy, chained, { parts: 2 })
export const fast = compile(wasm)(step)
export const state = init(key(1))
export const parts = { params: state.params, optimiser: state.optimiser, groups: trained.init(key(1)).optimiser }
export const after = iterate(fast)
export const watched = watch(step)
export const cost = gradient(models.noisy)

// ── linear models ──
const { binomialFamily, glm, linearRegression, multinomial, leastSquares } = optimise
export const line = linearRegression({ names: ['a', 'b'] })({ x: zeros([8, 2]), y: zeros([8, 1]) })
export const odds = glm({ family: binomialFamily(), run: compile(wasm) })
export const classes = multinomial({ weightDecay: 0.1 })({ x: zeros([8, 2]), y: zeros([8, 3]) })
export const solved = leastSquares(zeros([8, 2]))(zeros([8, 1]))

// ── data, tensors, derivatives, laws ──
export const rows = orThrow(refine(['batch', 16])(matrix([[1]])))
export const examples = orThrow(data.dataset({ x: zeros([2, 16]), y: zeros([2, 4]) }, { input: [16], target: [4] }))
export const inBatches = [data.batches(examples, { size: 2, key: key(1) }), data.inSequence(examples, { size: 2 })] as const
export const pulled = vjp(batched(net(drawn)))
export const derivatives = [grad(ops.sumAll), jvp(net(drawn)), valueAndGrad(ops.meanAll)] as const
export const inExamples = batched((p: typeof drawn) => p)
export const scanned = scan((c: typeof drawn, x: typeof drawn) => [c, x])
export const traced = [trace(net(drawn), 'net')(zeros([16])), params.leavesWithPaths(drawn), params.ravel(drawn)] as const
export const forward = compile(reference)(net(drawn))
export const lawsOfOwn = [
  laws.layerLaws(swish, { input: [16] }),
  laws.keyLaws(trained, [{ x: zeros([2, 16]), y: zeros([2, 4]) }]),
  laws.law,
] as const

// ── and everything, written out ──
export const everything = {
  codec: { ...codec }, data: { ...data }, engine: { ...engine }, error: { ...error }, files: { ...files }, graph: { ...graph }, laws: { ...laws }, tables: { ...tables },
  layer: { ...layers }, likelihood: { ...likelihood }, network: { ...network }, ops: { ...ops }, optimise: { ...optimise }, params: { ...params },
  prim: { ...prim }, random: { ...random }, reference: { ...referenceEngine }, shape: { ...shape }, tensor: { ...tensor }, training: { ...training },
  wasm: { ...wasmEngine },
} // biome-ignore format: a list
