/** The laws of training: a step is a pure function of its state, compiled or not. */
import * as fc from 'fast-check'
import { is } from 'immutable'
import type { Dataset } from '../../src/data/index.js'
import { compile } from '../../src/engine/index.js'
import { reference } from '../../src/engine/reference/index.js'
import { mapTree } from '../../src/params/index.js'
import { type Key, key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import { scalar, tensor, toArray, toNumber } from '../../src/tensor/index.js'
import { iterate, type Training } from '../../src/train/index.js'
import { asManyAs } from '../at-most.js'
import { holds, identical } from '../compare.js'
import { type Law, law } from '../law.js'
import { keyLaws } from './keys.js'
import { learningLaws } from './learning.js'
import { workOf } from './work.js'

/**
 * Every law of a training, tried on these batches: those of its keys and of its learning among them.
 *
 * @example
 * for (const law of trainingLaws(train(model, adam({ learningRate: 1e-3 })), [batch])) it(law.name, () => check(law))
 */
export const trainingLaws = <P, S, I extends Shape, T extends Shape>(
  training: Training<P, S, I, T>,
  batches: readonly Dataset<I, T>[],
): readonly Law[] => {
  const { init, step } = training
  const starts: fc.Arbitrary<Key> = fc.nat(1000).map(key)
  const order = fc.array(fc.constantFrom(...batches), { maxLength: 2 })
  const go = iterate(step)
  /** One program for all examples: what one of them freezes, the next ones find. */
  const fast = compile(reference)(step)
  const steps: readonly Law[] = [
    law(
      { name: 'training.iterate', statement: 'iterate(a ++ b) = iterate(b) ∘ iterate(a), bit for bit' },
      fc.tuple(starts, order, order),
      ([k, a, b]) => identical('state', go(init(k), [...a, ...b]), go(go(init(k), a), b)),
    ),
    law(
      { name: 'training.value', statement: 'equal states and batches give states that `is` calls equal' },
      fc.tuple(starts, order),
      ([k, a]) => {
        const [one, other] = [go(init(k), a), go(init(k), a)]
        holds('is(one, other)', is(one, other) && one.hashCode() === other.hashCode())
      },
    ),
    law(
      { name: 'training.pure', statement: 'a step touches neither state nor batch' },
      fc.tuple(starts, fc.constantFrom(...batches)),
      ([k, batch]) => {
        const given = [init(k), batch] as const
        const copy = mapTree((x) => tensor(x.shape, toArray(x), x.precision))(given)
        step(...given)
        identical('what was given', copy, given)
      },
    ),
    law({ name: 'training.compiled', statement: 'compile(reference)(step) = step, bit for bit' }, fc.tuple(starts, order), ([k, a]) =>
      identical('state', go(init(k), a), iterate(fast)(init(k), a)),
    ),
    law(
      { name: 'training.advances', statement: 'step counts up by one, the key changes, the cost is a number: compiled too' },
      fc.tuple(starts, fc.constantFrom(...batches)),
      ([k, batch]) => {
        const states = [batch, batch, batch].reduce((before, one) => before.concat([fast(before.at(-1) ?? init(k), one)]), [init(k)])
        holds(
          'steps',
          states.every((s, i) => toNumber(s.step) === i),
        )
        holds('keys', new Set(states.map((s) => toArray(s.key).join())).size === states.length)
        holds(
          'costs',
          states.slice(1).every((s) => Number.isFinite(toNumber(s.cost))),
        )
      },
    ),
    law(
      { name: 'training.counts', statement: 'step counts beyond 2²⁴, where a float32 would stand still' },
      fc.tuple(starts, fc.constantFrom(...batches)),
      ([k, batch]) => {
        const late = init(k).set('step', scalar(2 ** 24, 'uint32'))
        holds('16,777,217', toNumber(step(late, batch).step) === 2 ** 24 + 1)
      },
    ),
  ]
  return [
    ...steps.map(
      asManyAs(
        15,
        workOf((k) => init(k).params, batches),
      ),
    ),
    ...keyLaws(training, batches),
    ...learningLaws(training, batches),
  ]
}
