/** `foldgrad train xor`: the chapter's first story, from the linear model that cannot to the network that learns. */
import { pipe } from 'fp-ts/lib/function.js'
import { compile } from '../engine/index.js'
import { wasm } from '../engine/wasm/index.js'
import { dense, input, tanh } from '../layer/index.js'
import { bernoulli, meanSquaredError, type Objective } from '../likelihood/index.js'
import { summary } from '../network/index.js'
import { adam, type GradientTransformation, gradientDescent, type StateOf } from '../optimise/index.js'
import { key } from '../random/index.js'
import { matrix, toArray, toNumber } from '../tensor/index.js'
import { iterate, train } from '../train/index.js'

const data = {
  x: matrix([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  y: matrix([[0], [1], [1], [0]]),
}

const trained = <P, F extends StateOf>(
  model: Objective<P, readonly [2], readonly [1]>,
  optimiser: GradientTransformation<F>,
  seed: number,
  steps: number,
) => {
  const { init, step } = train(model, optimiser)
  return iterate(compile(wasm)(step))(
    init(key(seed)),
    Array.from({ length: steps }, () => data),
  )
}
const listed = (numbers: ArrayLike<number>): string => Array.from(numbers, (x) => x.toFixed(3)).join('  ')

/** Trains both models and says what they answer for 00, 01, 10, 11. */
export const trainXor = (seed: number, print: (line: string) => void): void => {
  const linear = meanSquaredError(pipe(input(2), dense(1)))
  const flat = trained(linear, gradientDescent({ learningRate: 0.3 }), seed, 500)
  print('XOR by a linear model, f(x) = xW + b, 500 steps of gradient descent')
  print(
    `  answers  ${listed(toArray(linear.predict(flat.params)(data.x)))}   cost ${toNumber(flat.cost).toFixed(4)}: it can do no better than 1/2 everywhere, 1/4`,
  )
  print('')
  const net = pipe(input(2), dense(8), tanh, dense(1))
  const model = bernoulli(net)
  const learned = trained(model, adam({ learningRate: 0.05 }), seed, 500)
  print('XOR by a network with a hidden layer, 500 steps of Adam')
  print(
    summary(net)
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n'),
  )
  print(`  answers  ${listed(toArray(model.predict(learned.params)(data.x)))}   cost ${toNumber(learned.cost).toFixed(4)} nats`)
}
