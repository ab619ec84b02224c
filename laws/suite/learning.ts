/**
 * Whether a training learns: the cost of a batch falls, every example has a part in it, and the optimiser's memory is used.
 * Recommended: a batch may hold examples of weight 0, and an optimiser may keep what it never looks at.
 */
import * as fc from 'fast-check'
import type { Dataset } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { wasm } from '../../src/engine/wasm/index.js'
import { leaves, sameTree } from '../../src/params/index.js'
import { type Key, key } from '../../src/random/index.js'
import { type Shape, sizeOf } from '../../src/shape/index.js'
import { type Batch, type Tensor, tensor, toArray, toNumber } from '../../src/tensor/index.js'
import { iterate, type Training } from '../../src/train/index.js'
import { asManyAs, atMost } from '../at-most.js'
import { differs, holds } from '../compare.js'
import { type Law, law } from '../law.js'
import { workOf } from './work.js'

/** So many steps at one batch, and the noises under which their cost is compared. */
const steps = 40
const noises = Array.from({ length: 8 }, (_, seed) => key(seed))
const keys: fc.Arbitrary<Key> = fc.nat(1000).map(key)

/** A batch whose example at one place is replaced by the one at another. */
const replaced = <S extends Shape>(x: Batch<S>, place: number, by: number): Batch<S> => {
  const size = sizeOf(x.shape.slice(1))
  const numbers = toArray(x)
  return tensor(
    x.shape,
    Array.from(numbers, (v, i) => (Math.floor(i / size) === place ? (numbers[by * size + (i % size)] ?? v) : v)),
    x.precision,
  )
}
const rowOf = (x: Tensor, place: number): string => {
  const size = sizeOf(x.shape.slice(1))
  return toArray(x)
    .slice(place * size, (place + 1) * size)
    .join()
}

/** The laws of learning, tried on these batches. */
export const learningLaws = <P, S, I extends Shape, T extends Shape>(
  { init, step }: Training<P, S, I, T>,
  batches: readonly Dataset<I, T>[],
): readonly Law[] => {
  const one = fc.constantFrom(...batches)
  const go = (k: Key, batch: Dataset<I, T>, n: number) =>
    iterate(step)(
      init(k),
      Array.from({ length: n }, () => batch),
    )
  const descent = law(
    { name: 'training.learns', statement: `${steps} steps at one batch bring its cost down`, tier: 'recommended' },
    fc.tuple(fc.nat(1000), one),
    ([seed, batch]) => {
      /** So many steps are a matter for a fast engine; that it makes the same ones is said by laws of its own. */
      const fast = compile(wasm)(step)
      const start = init(key(seed))
      const end = iterate(fast)(
        start,
        Array.from({ length: steps }, () => batch),
      )
      /** Under the same noise before and after: what noise decides, it decides for both. */
      const costOf = (state: typeof start): number =>
        noises.reduce((sum, k) => sum + toNumber(fast(state.set('key', k), batch).cost), 0) / noises.length
      const [before, after] = [costOf(start), costOf(end)]
      holds(`from ${before} to ${after}`, after < before)
    },
  )
  const examples = law(
    { name: 'training.examples', statement: 'every example matters: another in its place, and the step is another', tier: 'recommended' },
    fc.tuple(keys, one, fc.nat(), fc.nat()),
    ([k, batch, first, second]) => {
      const size = batch.x.shape[0]
      const [place, by] = [first % size, second % size]
      if (rowOf(batch.x, place) + rowOf(batch.y, place) === rowOf(batch.x, by) + rowOf(batch.y, by)) return
      const other = { ...batch, x: replaced(batch.x, place, by), y: replaced(batch.y, place, by) }
      const [a, b] = [step(init(k), batch), step(init(k), other)]
      if (sameTree([a.params, a.cost], [b.params, b.cost])) differs(`a step without example ${place}`, 'another', 'the same')
    },
  )
  const memory = law(
    { name: 'training.remembers', statement: 'what the optimiser has kept decides what it does', tier: 'recommended' },
    fc.tuple(fc.nat(1000), one),
    ([seed, batch]) => {
      if (leaves(init(key(seed)).optimiser).length === 0) return
      /** From some start a gradient may be zero, and leave nothing to remember. */
      const isUsed = Array.from({ length: 5 }, (_, i) => key(seed + i)).some((k) => {
        const state = go(k, batch, 3)
        return !sameTree(step(state, batch).params, step(state.set('optimiser', init(k).optimiser), batch).params)
      })
      if (!isUsed) differs('a step with the memory of three before', 'another', 'that of one with none')
    },
  )
  return [
    atMost(1)(descent),
    atMost(5)(examples),
    asManyAs(
      3,
      workOf((k) => init(k).params, batches),
    )(memory),
  ]
}
