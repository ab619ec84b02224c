/**
 * A recurrent network that learns to add: a sequence of numbers from 0 to 1, two of which are marked; what is wanted at the end is
 * their sum. Whoever always says 1 is off by a variance of 2/12 = 1/6; to do better, the first number must be kept until the second
 * comes, and nothing else.
 *
 *     x = (uₜ, mₜ), t = 1 … T,  y = Σ mₜuₜ
 *
 * @source Hochreiter and Schmidhuber (1997), Long short-term memory, experiment 4; Goodfellow et al. (2016) §10.10
 */
import { pipe } from 'fp-ts/lib/function.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { dense, gru, input, recurrent } from '../../src/layer/index.js'
import { meanSquaredError } from '../../src/likelihood/index.js'
import type { ParamsOf } from '../../src/network/index.js'
import { adam } from '../../src/optimise/index.js'
import { foldIn, type Key, uniform } from '../../src/random/index.js'
import { type Matrix, type Tensor, tensor, toArray, toNumber } from '../../src/tensor/index.js'
import { iterate, train } from '../../src/train/index.js'

/** T */
export const steps = 20
const net = pipe(input(20, 2), recurrent(gru(16)), dense(1))
const model = meanSquaredError(net)

interface Sums {
  readonly x: Tensor<readonly [number, 20, 2]>
  readonly y: Matrix<number, 1>
}
/** So many sequences: one mark in each half of every one. */
export const sums = (n: number, key: Key): Sums => {
  const drawn = (i: number, size: number): readonly number[] => Array.from(toArray(uniform([size])(foldIn(i)(key))))
  const [numbers, places] = [drawn(0, n * steps), drawn(1, 2 * n)]
  const half = steps / 2
  const marked = Array.from({ length: n }, (_, i) => [0, 1].map((h) => half * h + Math.floor(half * (places[2 * i + h] ?? 0))))
  return {
    x: tensor(
      [n, 20, 2],
      numbers.flatMap((u, at) => [u, marked[Math.floor(at / steps)]?.includes(at % steps) ? 1 : 0]),
    ),
    y: tensor(
      [n, 1],
      marked.map((two, i) => two.reduce((sum, t) => sum + (numbers[i * steps + t] ?? 0), 0)),
    ),
  }
}

export interface AddingRun {
  /** The error of always saying 1. */
  readonly chance: number
  /** The mean squared error on sequences never seen, after every so many batches: 0 first. */
  readonly errors: readonly number[]
}

/** Batches of 50 sequences, each seen once. */
export const learnsToAdd = (key: Key, { rounds, batches }: { readonly rounds: number; readonly batches: number }): AddingRun => {
  const { init, step } = train(model, adam({ learningRate: 1e-2 }))
  const fast = compile(wasm)(step)
  const cost = compile(wasm)((params: ParamsOf<typeof net>, x: Sums['x'], y: Sums['y']) => model.cost(params)(x, y))
  const unseen = sums(1000, foldIn(0)(key))
  const errorOf = (params: ParamsOf<typeof net>): number => toNumber(cost(params, unseen.x, unseen.y))
  const start = init(foldIn(1)(key))
  const round = (state: typeof start, r: number): typeof start =>
    iterate(fast)(
      state,
      Array.from({ length: batches }, (_, i) => sums(50, foldIn(2 + r * batches + i)(key))),
    )
  const [, errors] = Array.from({ length: rounds }).reduce<readonly [typeof start, readonly number[]]>(
    ([state, seen], _, r) => {
      const next = round(state, r)
      return [next, seen.concat(errorOf(next.params))]
    },
    [start, [errorOf(start.params)]],
  )
  const targets = Array.from(toArray(unseen.y))
  return { chance: targets.reduce((sum, y) => sum + (y - 1) ** 2, 0) / targets.length, errors }
}
