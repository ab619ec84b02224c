/** What training says to callers without types: which argument is wrong, and what to do instead. */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { batched } from '../../src/graph/index.js'
import { dense, input, sigmoid, softmax } from '../../src/layer/index.js'
import { accuracy, bernoulli, categorical, objective } from '../../src/likelihood/index.js'
import { named } from '../../src/network/index.js'
import { meanAll, sub } from '../../src/ops/index.js'
import { adam } from '../../src/optimise/index.js'
import { key } from '../../src/random/index.js'
import { matrix, tensor, vector, zeros } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

const net = pipe(input(2), dense(1))
const model = bernoulli(net)
const { init, step } = train(model, adam({ learningRate: 0.1 }))
const [state, params] = [init(key(1)), model.init(key(1))]
const data = {
  x: matrix([
    [0, 0],
    [0, 1],
  ]),
  y: matrix([[0], [1]]),
}
const three = categorical(pipe(input(2), dense(3)))

test.each<readonly [() => unknown, string]>([
  [
    () => train(net as never, adam({ learningRate: 1 })),
    'train expects a model, receives a network from [2] to [1]; wrap the network in a likelihood, such as categorical(net)',
  ],
  [() => train(model, 1e-3 as never), 'train expects an optimiser, receives 0.001; make one, such as adam({ learningRate: 0.001 })'],
  [() => train(model, adam({ learningRate: 1 }), { pieces: 2 } as never), 'train expects parts, receives the option pieces'],
  [() => init(42 as never), 'init expects a key, receives 42; make one with key(42)'],
  [() => net.init(7 as never), 'init expects a key, receives 7; make one with key(7)'],
  [
    () => step(data as never, state as never),
    'step expects a training state, then a batch, receives { x: float32 [2, 2], y: float32 [2, 1] }, then a TrainState; begin with init(key(42))',
  ],
  [
    () => compile(reference)(step)(data as never, state as never),
    'step expects a training state, then a batch, receives { x: float32 [2, 2], y: float32 [2, 1] }, then a TrainState; begin with init(key(42))',
  ],
  [
    () => step({ ...state, params: state.params }, data),
    "step expects a training state, then a batch, receives { __ownerID: undefined, _values: a List, params: […] }, then { x: float32 [2, 2], y: float32 [2, 1] }; a state that was spread is none: change it with state.set('params', …)",
  ],
  [
    () => step(state, { x: [[0, 0]], y: [[0]] } as never),
    'step expects a data set, { x, y } of tensors, receives { x: […], y: […] }; make one with dataset({ x, y }, { input, classes })',
  ],
  [() => step(state, { x: data.x, y: zeros([3, 1]) }), 'step expects as many targets as inputs, receives x of [2, 2] and y of [3, 1]'],
  [() => step(state, { ...data, weights: vector([1, -2]) }), 'step expects finite weights of at least 0, receives -2 (weights, example 1)'],
  [() => model.cost(params)(data.x, data.y, vector([1])), 'cost expects weights of [2], one for each example, receives [1]'],
  [
    () => {
      const own = train(
        objective({ init: net.init, cost: (p) => (x: typeof data.x, y: typeof data.y) => meanAll(sub(y)(batched(net(p))(x))) }),
        adam({ learningRate: 1 }),
      )
      return own.step(own.init(key(1)), { ...data, weights: vector([1, 0]) })
    },
    'cost expects a cost that takes the weights of examples, (x, y, weights) => …, receives weights, and a cost of x and y alone; weightedMean(weights) in place of meanAll makes one',
  ],
  [() => net([] as never), 'network expects a tuple of 1 parameter records, receives one of 0; draw them with init(key(42))'],
  [() => net(params)([1, 2] as never), 'network expects a tensor, receives [1, 2]; make one with tensor, vector or scalar'],
  [() => model.predict(params)(zeros([4, 3]) as never), 'predict expects x of [N, 2], receives [4, 3]'],
  [() => model.predict(params)(zeros([2]) as never), 'predict expects x of [N, 2], receives [2]'],
  [() => model.predict(params)(zeros([4, 2], 'float64')), "predict expects x of float32, receives float64; cast('float32') converts it"],
  [
    () => step(state, { x: zeros([1, 2], 'int32'), y: zeros([1, 1]) }),
    "cost expects x of float32, receives int32; cast('float32') converts it",
  ],
  [
    () => step(state, { x: zeros([1, 2]), y: zeros([1, 1], 'float64') }),
    "cost expects y of float32, receives float64; cast('float32') converts it",
  ],
  [
    () => step(state, { x: data.x, y: matrix([[0], [2]]) }),
    'cost expects targets of bernoulli, numbers from 0 to 1, receives [2] (y, example 1)',
  ],
  [
    () =>
      three.cost(three.init(key(1)))(
        data.x,
        matrix([
          [0, 1, 1],
          [1, 0, 0],
        ]),
      ),
    'cost expects targets of categorical, one 1 among zeros, or probabilities of sum 1, receives [0, 1, 1] (y, example 0)',
  ],
  [
    () =>
      three.cost(three.init(key(1)))(
        data.x,
        matrix([
          [0, 1, 0],
          [0, 255, 0],
        ]),
      ),
    'cost expects targets of categorical, one 1 among zeros, or probabilities of sum 1, receives [0, 255, 0] (y, example 1)',
  ],
  [
    () => categorical(pipe(input(2), dense(3), softmax)),
    'categorical expects a network whose outputs are before softmax, receives one that ends in it; leave it out, since categorical has it: predict gives the probabilities',
  ],
  [
    () => bernoulli(pipe(input(2), dense(1), sigmoid)),
    'bernoulli expects a network whose outputs are before sigmoid, receives one that ends in it; leave it out, since bernoulli has it: predict gives the probabilities',
  ],
  [
    () => bernoulli(pipe(input(2), named('head')(flow(dense(1), sigmoid)))),
    'bernoulli expects a network whose outputs are before sigmoid, receives one that ends in it; leave it out, since bernoulli has it: predict gives the probabilities',
  ],
  [() => accuracy([[1]] as never, [[1]] as never), 'accuracy expects a tensor, receives [[…]]; make one with tensor, vector or scalar'],
  [() => matrix([1, 2, 3] as never), 'matrix expects a list of rows, receives [1, 2, 3]; of one row, write matrix([row]) or vector(row)'],
  [() => tensor(Float32Array.of(1, 2) as never, [2] as never), 'tensor expects a list of sizes, receives a Float32Array of 2'],
])('%#', (make, sentence) => expect(make).toThrow(expect.objectContaining({ message: sentence })))

test('a distribution over the classes is a target, as one-hot rows are', () =>
  expect(() =>
    three.cost(three.init(key(1)))(
      data.x,
      matrix([
        [0.1, 0.2, 0.7],
        [0, 0, 1],
      ]),
    ),
  ).not.toThrow())
