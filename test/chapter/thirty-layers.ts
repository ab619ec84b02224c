/**
 * What initialisation does to thirty layers of rectifiers. One layer multiplies the second moment of a signal by n·Var(w)/2: with
 * He's variance 2/n by 1, with Glorot's 1/n by ½, so that after thirty layers 2⁻³⁰ of it is left, and as little of the gradient.
 *
 *     E h² ← (n/2) Var(w) E h²
 *
 * @source He, Zhang, Ren, Sun (2015), Delving deep into rectifiers, §2.2 and figure 3; Glorot and Bengio (2010)
 */
import { pipe } from 'fp-ts/lib/function.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { dense, glorot, he, type Initialiser, input, relu as rectified } from '../../src/layer/index.js'
import { categorical } from '../../src/likelihood/index.js'
import { repeat } from '../../src/network/index.js'
import { matmul, meanAll, relu, square } from '../../src/ops/index.js'
import { momentum } from '../../src/optimise/index.js'
import { foldIn, type Key, uniformIn } from '../../src/random/index.js'
import { type Matrix, type Tensor, tensor, toArray, toNumber } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

/** 30 layers with weights: 29 of 64 rectifiers, and the linear one. */
const networkOf = (weights: Initialiser) =>
  pipe(
    input(64),
    repeat(29)((x) => pipe(x, dense(64, { weights }), rectified)),
    dense(2, { weights }),
  )
export type Start = 'he' | 'glorot'
const starts: Readonly<Record<Start, Initialiser>> = { he, glorot }

/** 500 points of a cube, and on which side of a plane through its middle each lies. */
const points = (k: Key): { readonly x: Matrix<500, 64>; readonly y: Matrix<500, 2> } => {
  const x = uniformIn([500, 64], -1.7, 1.7)(foldIn(0)(k))
  const normal = uniformIn([64, 1], -1, 1)(foldIn(1)(k))
  const sides = Array.from(toArray(matmul(normal)(x)), (z) => (z > 0 ? [1, 0] : [0, 1]))
  return { x, y: tensor([500, 2], sides.flat()) }
}
const meanSquare = (x: Tensor): number => toNumber(meanAll(square(x)))

export interface ThirtyLayers {
  /** The mean square of what every layer of rectifiers gives, at the start: that of the inputs first. */
  readonly signals: readonly number[]
  /** The mean square of the gradient with respect to the weights of every such layer, at the start. */
  readonly gradients: readonly number[]
  /** The cost before every step of gradient descent with momentum. @unit nats */
  readonly costs: readonly number[]
}

/** What a start does to signals, to gradients, and to learning. */
export const thirtyLayers = (which: Start, k: Key, { steps }: { readonly steps: number }): ThirtyLayers => {
  const model = categorical(networkOf(starts[which]))
  const data = points(foldIn(0)(k))
  const { init, step } = train(model, momentum({ learningRate: 0.01 }))
  const start = init(foldIn(1)(k))
  const signals = start.params[0].reduce<readonly Matrix<number, 64>[]>(
    (hs, [{ weights }]) => hs.concat(relu(matmul(weights)(hs.at(-1) ?? data.x))),
    [data.x],
  )
  const [, [hidden]] = model.gradient(start.params, foldIn(2)(k))(data.x, data.y)
  const fast = compile(wasm)(step)
  const [, costs] = Array.from({ length: steps }).reduce<readonly [typeof start, readonly number[]]>(
    ([state, seen]) => {
      const next = fast(state, data)
      return [next, seen.concat(toNumber(next.cost))]
    },
    [start, []],
  )
  return { signals: signals.map(meanSquare), gradients: hidden.map(([{ weights }]) => meanSquare(weights)), costs }
}
