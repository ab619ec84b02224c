/**
 * Three ways to choose φ, the model being linear in it: very generic, engineered, learned; on one problem, Runge's function seen at
 * equally spaced points. The generic one, all powers that the points determine, fits them exactly and swings between them, the wider the
 * more of them there are (Runge's phenomenon). Waves do so at a jump, by 9 % of it however many there are (Gibbs's).
 *
 *     ŷ = φ(x)ᵀw,   f(x) = 1/(1 + 25x²)
 *
 * @source Runge (1901); Gibbs (1899); Goodfellow, Bengio, Courville (2016) §6, its three ways to choose φ
 */
import { pipe } from 'fp-ts/lib/function.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { batched } from '../../src/graph/index.js'
import { dense, input, ofVariance, polynomialFeatures, tanh } from '../../src/layer/index.js'
import { meanSquaredError } from '../../src/likelihood/index.js'
import { matmul } from '../../src/ops/index.js'
import { adam, cosineDecay, leastSquares } from '../../src/optimise/index.js'
import type { Key } from '../../src/random/index.js'
import { type Matrix, tensor, toArray } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

type Curve = (x: number) => number
export const runge: Curve = (x) => 1 / (1 + 25 * x * x)
export const step: Curve = Math.sign

/** n points from −1 to 1, at equal distances. */
export const spaced = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => (2 * i) / (n - 1) - 1)
const column = (xs: readonly number[]): Matrix<number, 1> => tensor([xs.length, 1], xs, 'float64')
const numbers = (x: Matrix<number, number>): readonly number[] => Array.from(toArray(x))

/** What is linear in features that are given, by least squares: its values at other points. */
const fitted =
  (features: (x: Matrix<number, 1>) => Matrix<number, number>) =>
  (f: Curve, seen: readonly number[]) =>
  (at: readonly number[]): readonly number[] => {
    const { coefficients } = leastSquares(features(column(seen)))(column(seen.map(f)))
    return numbers(matmul(coefficients)(features(column(at))))
  }

/** Generic: 1, x, x², … up to a degree. */
export const powers = (degree: number) =>
  fitted((x) => batched(pipe(input(1), polynomialFeatures(degree))([{}]))(x) as Matrix<number, number>)

/** Generic: sin πkx up to a frequency, for functions that are odd. */
export const waves = (most: number) =>
  fitted((x) =>
    tensor(
      [x.shape[0], most],
      numbers(x).flatMap((u) => Array.from({ length: most }, (_, k) => Math.sin(Math.PI * (k + 1) * u))),
      'float64',
    ),
  )

/** Engineered, by one who knows that there is one resonance, in the middle, but not how wide it is: a few widths of it. */
export const resonances = (widths: readonly number[]) =>
  fitted((x) =>
    tensor(
      [x.shape[0], widths.length],
      numbers(x).flatMap((u) => widths.map((s) => 1 / (1 + (u / s) ** 2))),
      'float64',
    ),
  )

/** Learned: φ(x; θ) of so many units, with the weights behind it. */
export const learned =
  (units: number, { steps, key }: { readonly steps: number; readonly key: Key }) =>
  (f: Curve, seen: readonly number[]) =>
  (at: readonly number[]): readonly number[] => {
    const spread = { weights: ofVariance(() => 9), bias: ofVariance(() => 9) }
    const model = meanSquaredError(pipe(input(1), dense(units, spread), tanh, dense(1)))
    const trained = train(model, adam({ learningRate: cosineDecay({ initial: 0.03, final: 0.0003, steps }) }))
    const single = (xs: readonly number[]): Matrix<number, 1> => tensor([xs.length, 1], xs)
    const data = { x: single(seen), y: single(seen.map(f)) }
    const batches = Array.from({ length: steps }, () => data)
    const { params } = iterate(compile(wasm)(trained.step))(trained.init(key), batches)
    return numbers(model.predict(params)(single(at)))
  }

/** The largest error at these points. */
export const worst = (f: Curve, at: readonly number[], values: readonly number[]): number =>
  Math.max(...at.map((x, i) => Math.abs((values[i] ?? Number.NaN) - f(x))))
