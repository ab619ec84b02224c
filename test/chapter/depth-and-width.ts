/**
 * Depth and width against error, on fixed targets. One hidden layer that is wide enough comes as near as one wants to any continuous
 * function on a compact set; deeper networks need fewer units: n rectifiers in one layer bend a function of one variable in n places,
 * in k layers of two in 2ᵏ − 1.
 *
 * @source Hornik, Stinchcombe, White (1989); Cybenko (1989); Montúfar et al. (2014); Telgarsky (2016); Goodfellow et al. (2016) §6.4
 */
import { pipe } from 'fp-ts/lib/function.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched } from '../../src/graph/index.js'
import { dense, input, ofVariance, relu, tanh } from '../../src/layer/index.js'
import { meanSquaredError } from '../../src/likelihood/index.js'
import { repeat } from '../../src/network/index.js'
import { adam, cosineDecay } from '../../src/optimise/index.js'
import { foldIn, type Key } from '../../src/random/index.js'
import { type Matrix, tensor, toArray, toNumber, vector } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

/** What is to be approximated on [−1, 1]. */
export const targets = {
  wave: (x: number): number => Math.sin(3 * Math.PI * x),
  bump: (x: number): number => Math.exp(-20 * x * x),
  corner: (x: number): number => Math.abs(x - 0.3) - Math.abs(x + 0.4),
} as const
export type Target = keyof typeof targets

const points = Array.from({ length: 101 }, (_, i) => (i - 50) / 50)
const column = (ys: readonly number[]): Matrix<101, 1> => tensor([101, 1], ys)

/** Places where the first units bend: all over the interval, and not in its middle alone, as without biases. */
const spread = { weights: ofVariance(() => 9), bias: ofVariance(() => 9) }
/** A network of so many hidden layers, all of one width. */
const networkOf = (depth: number, width: number) =>
  pipe(
    input(1),
    dense(width, spread),
    tanh,
    repeat(depth - 1)((x) => pipe(x, dense(width), tanh)),
    dense(1),
  )

/** The least mean squared error after so many steps of Adam, from several starts. */
export const errorOf =
  (target: Target, { steps, starts }: { readonly steps: number; readonly starts: number }, key: Key) =>
  (depth: number, width: number): number => {
    const model = meanSquaredError(networkOf(depth, width))
    const { init, step } = train(model, adam({ learningRate: cosineDecay({ initial: 0.03, final: 0.0003, steps }) }))
    const fast = compile(wasm)(step)
    const data = { x: column(points), y: column(points.map(targets[target])) }
    const batches = Array.from({ length: steps }, () => data)
    return Math.min(
      ...Array.from({ length: starts }, (_, i) =>
        toNumber(model.cost(iterate(fast)(init(foldIn(i)(key)), batches).params)(data.x, data.y)),
      ),
    )
  }

/** One fold of [0, 1] onto itself: 2 relu(x) − 4 relu(x − ½). */
const fold = [
  { weights: tensor([1, 2], [1, 1]), bias: vector([0, -0.5]) },
  {},
  { weights: tensor([2, 1], [2, -4]), bias: vector([0]) },
] as const

/** The linear pieces on [0, 1] of k folds one after the other, each of two rectifiers: counted on the function that the network is. */
export const piecesOf = (folds: number): number => {
  const net = pipe(
    input(1),
    repeat(folds)((x) => pipe(x, dense(2), relu, dense(1))),
  )
  const n = 2 ** (folds + 2)
  const grid = tensor(
    [n + 1, 1],
    Array.from({ length: n + 1 }, (_, i) => i / n),
  )
  const ys = toArray(batched(net([Array.from({ length: folds }, () => fold)] as never))(grid))
  const slopes = Array.from({ length: n }, (_, i) => (ys[i + 1] ?? 0) - (ys[i] ?? 0))
  return 1 + slopes.filter((slope, i) => i > 0 && slope !== slopes[i - 1]).length
}
