// mutates: the states that it carries from run to run, escapes: nothing
/**
 * What is measured of foldgrad, in the forms in which it is used: `plain`, the explicit loop, or one call; and where there is one, `loop`,
 * an epoch in one compiled call; both on one thread and on all. Every step of a classifier is given another batch than the one before.
 */

import type { Dataset } from 'foldgrad/data'
import { compile, type Engine } from 'foldgrad/engine'
import { openWasm, wasm } from 'foldgrad/engine/wasm'
import { orThrow } from 'foldgrad/error'
import { foriLoop } from 'foldgrad/graph'
import { avgPool2d, conv2d, dense, flatten, input, relu, tanh } from 'foldgrad/layer'
import { bernoulli, categorical } from 'foldgrad/likelihood'
import type { Network } from 'foldgrad/network'
import { matmul, transpose } from 'foldgrad/ops'
import { adam, momentum, sgd } from 'foldgrad/optimise'
import { key } from 'foldgrad/random'
import type { Shape } from 'foldgrad/shape'
import { tensor, toArray } from 'foldgrad/tensor'
import { epochs, type TrainState, train } from 'foldgrad/train'
import { pipe } from 'fp-ts/lib/function.js'
import { classes, numbers, sizeOf, xorInputs, xorTargets } from './numbers.js'
import { startOf } from './process.js'
import { inTurn, often } from './run.js'
import type { Run, Spec } from './spec.js'

/** By form, who does the workload. */
export type Forms = Readonly<Record<string, Run>>

/** So many classifications, in a tensor each. */
const examples = <I extends Shape>(shape: I, count: number, seed: number): Dataset<I, readonly [10]> => ({
  x: tensor([count, ...shape], numbers(count * sizeOf(shape), seed)),
  y: tensor([count, 10], classes(count, 10)),
})

/** As many batches as make an epoch here. */
const batchCount = 8

type Training<P, S, I extends Shape> = {
  readonly init: (k: ReturnType<typeof key>) => TrainState<P, S>
  readonly step: (state: TrainState<P, S>, batch: Dataset<I, readonly [10]>) => TrainState<P, S>
}
const trained = <P, S, I extends Shape>({ init, step }: Training<P, S, I>, shape: I, size: number, engine: Engine): Forms => {
  const fast = compile(engine)(step)
  const epoch = epochs(engine)(step, examples(shape, batchCount * size, 0), { size })
  const next = inTurn(Array.from({ length: batchCount }, (_, i) => examples(shape, size, i + 1)))
  let [plain, loop] = [init(key(42)), init(key(42))]
  return {
    plain: often(() => {
      plain = fast(plain, next())
    }),
    loop: often(() => {
      loop = epoch(loop, key(7))
    }, batchCount),
  }
}

const stepsAtOnce = 1000
const xor = (rate: number): Forms => {
  const { init, step } = train(bernoulli(pipe(input(2), dense(8), tanh, dense(1))), sgd({ learningRate: rate }))
  const batch = { x: tensor([4, 2], xorInputs), y: tensor([4, 1], xorTargets) }
  const fast = compile(wasm)(step)
  const steps = compile(wasm)((state: ReturnType<typeof init>, data: typeof batch) =>
    foriLoop(stepsAtOnce)((each: typeof state) => step(each, data))(state),
  )
  let [plain, loop] = [init(key(42)), init(key(42))]
  return {
    plain: often(() => {
      plain = fast(plain, batch)
    }),
    loop: often(() => {
      loop = steps(loop, batch)
    }, stepsAtOnce),
  }
}

/** A rectifier network over 784 numbers into 10 classes. */
const rectifier = (hidden: readonly number[]): Network<readonly unknown[], readonly [784], readonly [10]> => {
  const [first = 1, second] = hidden
  const below = pipe(input(784), dense(first), relu)
  const net = second === undefined ? pipe(below, dense(10)) : pipe(below, dense(second), relu, dense(10))
  return net as unknown as Network<readonly unknown[], readonly [784], readonly [10]>
}

const lenet = pipe(
  input(28, 28, 1),
  conv2d({ filters: 6, kernel: 5, padding: 2 }),
  tanh,
  avgPool2d(2),
  conv2d({ filters: 16, kernel: 5 }),
  tanh,
  avgPool2d(2),
  flatten,
  dense(120),
  tanh,
  dense(84),
  tanh,
  dense(10),
)

const product = ({ size, form }: Extract<Spec, { readonly kind: 'product' }>, engine: Engine): Forms => {
  const [x, y] = [tensor([size, size], numbers(size * size)), tensor([size, size], numbers(size * size, 2))]
  const multiply = compile(engine)((a: typeof x, b: typeof y) =>
    matmul(form === 'XYT' ? transpose(b) : b)(form === 'XTY' ? transpose(a) : a),
  )
  return { plain: often(() => multiply(x, y)) }
}

const predict = (hidden: readonly number[], batch: number, engine: Engine): Forms => {
  const model = categorical(rectifier(hidden))
  const params = model.init(key(42))
  const fast = compile(engine)((p: typeof params, x: Parameters<ReturnType<typeof model.outputs>>[0]) => model.outputs(p)(x))
  const next = inTurn([1, 2, 3, 4].map((seed) => numbers(batch * 784, seed)))
  return { plain: often(() => toArray(fast(params, tensor([batch, 784], next())))) }
}

/** The package as it is published. */
const published = (subpath: string): string => new URL(`../../../dist/src/${subpath}/index.js`, import.meta.url).href
const started = `
  import { compile } from '${published('engine')}'
  import { wasm } from '${published('engine/wasm')}'
  import { dense, input, tanh } from '${published('layer')}'
  import { bernoulli } from '${published('likelihood')}'
  import { sgd } from '${published('optimise')}'
  import { key } from '${published('random')}'
  import { tensor } from '${published('tensor')}'
  import { train } from '${published('train')}'
  const { init, step } = train(bernoulli(dense(1)(tanh(dense(8)(input(2))))), sgd({ learningRate: 0.1 }))
  compile(wasm)(step)(init(key(42)), { x: tensor([4, 2], [${xorInputs}]), y: tensor([4, 1], [${xorTargets}]) })
`

/** The forms of a workload that may be divided, by an engine. */
const formsBy = (spec: Exclude<Spec, { readonly kind: 'xor' | 'start' }>, engine: Engine): Forms => {
  switch (spec.kind) {
    case 'classify':
      return trained(train(categorical(rectifier(spec.sizes.slice(1, -1))), adam({ learningRate: 1e-3 })), [784], spec.batch, engine)
    case 'lenet':
      return trained(train(categorical(lenet), momentum({ learningRate: 0.01 })), [28, 28, 1], spec.batch, engine)
    case 'product':
      return product(spec, engine)
    case 'predict':
      return predict(spec.sizes.slice(1, -1), spec.batch, engine)
  }
}
const onAllThreads = async (spec: Parameters<typeof formsBy>[0]): Promise<Forms> => {
  const session = orThrow(await openWasm()())
  return Object.fromEntries(Object.entries(formsBy(spec, session)).map(([name, run]) => [`${name}, ${session.threads} threads`, run]))
}

/** Every kind of workload, in the forms that there are. */
export const formsOf = async (spec: Spec): Promise<Forms> => {
  if (spec.kind === 'xor') return xor(spec.rate)
  if (spec.kind === 'start') return { plain: startOf(started) }
  return { ...formsBy(spec, wasm), ...(await onAllThreads(spec)) }
}
