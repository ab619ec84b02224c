/** The laws of a batch cut into parts: its gradient is the fold of theirs. */
import * as fc from 'fast-check'
import type { Dataset } from '../../src/data/index.js'
import type { Objective } from '../../src/likelihood/index.js'
import { key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { foldedGradient, partsOf, shareOf, shares } from '../../src/train/index.js'
import { foldTree } from '../../src/train/share.js'
import { identical, nearTrees } from '../compare.js'
import { type Law, law } from '../law.js'
import { paddedBatch, takesWeights } from './weighing.js'

/** float32 sums in another order: some 20 terms, each rounded to 24 bits. */
const bound = 1e-5

/** Every law of the gradients of an objective, tried on one batch. */
export const shareLaws = <P, I extends Shape, T extends Shape>(model: Objective<P, I, T>, batch: Dataset<I, T>): readonly Law[] => {
  const size = batch.x.shape[0]
  const seeds = fc.nat(1000)
  const cuts = fc.integer({ min: 1, max: size + 2 })
  return [
    law(
      {
        name: 'gradients.monoid',
        statement: '0 · a = a = a · 0,  (a · b) · c ≈ a · (b · c)',
        source: 'docs/design.md: gradients are a monoid',
      },
      seeds,
      (seed) => {
        const params = model.init(key(seed))
        const monoid = shares(params)
        const [a, b, c] = partsOf(size, 3).map((part) => shareOf(model)(params, key(seed))(batch, part))
        if (a === undefined || b === undefined || c === undefined) return
        nearTrees('0 · a', a, monoid.concat(monoid.empty, a), 0)
        nearTrees('a · 0', a, monoid.concat(a, monoid.empty), 0)
        nearTrees('brackets', monoid.concat(monoid.concat(a, b), c), monoid.concat(a, monoid.concat(b, c)), bound)
      },
    ),
    law({ name: 'gradients.whole', statement: 'one part is the batch itself, bit for bit' }, seeds, (seed) => {
      const params = model.init(key(seed))
      const [cost, gradients] = model.gradient(params, key(seed))(batch.x, batch.y)
      const whole = foldedGradient(model, 1)(params, key(seed))(batch)
      identical('cost and gradients', [cost, gradients], [whole.cost, whole.gradients])
    }),
    law(
      { name: 'gradients.parts', statement: 'whoever computes which part, in whatever order: the same bits' },
      fc.tuple(seeds, cuts),
      ([seed, parts]) => {
        const params = model.init(key(seed))
        const backwards = [...partsOf(size, parts)].reverse().map((part) => shareOf(model)(params, key(seed))(batch, part))
        identical('shares', foldedGradient(model, parts)(params, key(seed))(batch), foldTree(shares(params), [...backwards].reverse()))
      },
    ),
    law(
      { name: 'gradients.cuts', statement: 'another number of parts gives the same gradient, but for rounding, noise included' },
      fc.tuple(seeds, cuts),
      ([seed, parts]) => {
        const params = model.init(key(seed))
        nearTrees(
          'gradient',
          foldedGradient(model, 1)(params, key(seed))(batch).gradients,
          foldedGradient(model, parts)(params, key(seed))(batch).gradients,
          bound,
        )
      },
    ),
    law(
      {
        name: 'gradients.padded',
        statement: 'a batch filled up with examples of weight 0 gives the same bits, and in parts the same gradient but for rounding',
      },
      fc.tuple(seeds, fc.integer({ min: 1, max: size + 2 }), cuts),
      ([seed, more, parts]) => {
        const params = model.init(key(seed))
        if (!takesWeights(model, params)) return
        const filled = paddedBatch(batch, more)
        const [plain, whole] = [batch, filled].map((one) => foldedGradient(model, 1)(params, key(seed))(one))
        identical('cost and gradients', plain, whole)
        nearTrees('in parts', plain?.gradients, foldedGradient(model, parts)(params, key(seed))(filled).gradients, bound)
      },
    ),
  ]
}
