/** Draws are functions: of the key and the shape, and of nothing else, however they are computed. */
import * as fc from 'fast-check'
import { compile, type Engine } from '../../../src/engine/index.js'
import { batched } from '../../../src/graph/index.js'
import type { Key } from '../../../src/random/index.js'
import { sizeOf } from '../../../src/shape/index.js'
import { type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import { shapeOf } from '../../arbitrary/tensors.js'
import { atMost } from '../../at-most.js'
import { identical } from '../../compare.js'
import { type Law, law } from '../../law.js'
import { type Generator, samplersOf } from './generator.js'

const seeds = fc.nat(2 ** 31)
const shapes = shapeOf(0, 3, 0)

/** Keys as the rows of one tensor. */
const stacked = (keys: readonly Key[]): Tensor =>
  tensor(
    [keys.length, 2],
    keys.flatMap((k) => Array.from(toArray(k))),
    'uint32',
  )
const alongside = (xs: readonly Tensor[]): Tensor =>
  tensor(
    [xs.length, ...(xs[0]?.shape ?? [])],
    xs.flatMap((x) => Array.from(toArray(x))),
    xs[0]?.precision,
  )

/** The laws of draws as functions, compiled by these engines, too. */
export const functionLaws = (g: Generator, engines: readonly Engine[]): readonly Law[] => {
  const samplers = samplersOf(g)
  const choice = fc.constantFrom(...samplers)
  return [
    atMost(40)(
      law(
        { name: 'random.same', statement: 'the same key gives the same bits, and the same keys' },
        fc.tuple(seeds, shapes),
        ([seed, shape]) => {
          const draw = (): readonly unknown[] => {
            const k = g.key(seed)
            return [k, g.next(k), g.foldIn(seed)(k), g.split(k), g.splitMany(3)(k), ...samplers.map(([, sampler]) => sampler(shape)(k))]
          }
          identical('draws', draw(), draw())
        },
      ),
    ),
    law(
      { name: 'random.shape', statement: 'a shorter draw begins a longer one, and a shape only says how it is read' },
      fc.tuple(choice, seeds, shapes, fc.nat(20)),
      ([[name, sampler], seed, shape, more]) => {
        const k = g.key(seed)
        const all = sampler([sizeOf(shape) + more])(k)
        identical(name, tensor(shape, toArray(all).slice(0, sizeOf(shape)), all.precision), sampler(shape)(k))
      },
    ),
    law(
      {
        name: 'random.batched',
        statement: 'batched(draw)(keys)[i] = draw(keys[i]), bit for bit',
        source: 'Frostig, Johnson, Leary (2018)',
      },
      fc.tuple(choice, fc.array(seeds, { minLength: 1, maxLength: 4 }), shapes),
      ([[name, sampler], several, shape]) => {
        const keys = several.map(g.key)
        identical(name, alongside(keys.map(sampler(shape))), batched(sampler(shape))(stacked(keys) as never))
        const derived = (k: Tensor): readonly Tensor[] => [g.next(k as Key), g.foldIn(7)(k as Key), ...g.split(k as Key)]
        const together = batched(derived)(stacked(keys) as never)
        together.forEach((x, i) => {
          identical('derived keys', stacked(keys.map((k) => derived(k)[i] as Key)), x)
        })
      },
    ),
    ...engines.map((engine) =>
      atMost(10)(
        law(
          { name: `random.compiled.${engine.name}`, statement: 'compile(engine)(draw) = draw, bit for bit' },
          fc.tuple(choice, seeds, shapes),
          ([[name, sampler], seed, shape]) => {
            const draw = (k: Key): readonly Tensor[] => [sampler(shape)(k), sampler(shape)(g.foldIn(3)(g.next(k))), ...g.split(k)]
            identical(name, draw(g.key(seed)), compile(engine)(draw)(g.key(seed)))
          },
        ),
      ),
    ),
  ]
}
