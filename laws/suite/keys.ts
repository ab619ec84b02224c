/** No key is used twice: whatever a training draws, at its start and in every step, is drawn once. */
import * as fc from 'fast-check'
import { scanLeft, zip } from 'fp-ts/lib/ReadonlyArray.js'
import type { Dataset } from '../../src/data/index.js'
import { trace } from '../../src/graph/index.js'
import { leaves } from '../../src/params/index.js'
import { type Key, key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'
import type { Training } from '../../src/train/index.js'
import { asManyAs } from '../at-most.js'
import { differs } from '../compare.js'
import { drawsOf } from '../draws.js'
import { type Law, law } from '../law.js'
import { workOf } from './work.js'

export interface KeyLawOptions {
  /**
   * How many random numbers are drawn at the start, and in a step for one example: of a network with dropout, how many
   * numbers its dropouts are given. A draw under a key that is a constant of the program is found missing by it.
   */
  readonly drawn: { readonly init: number; readonly example: number }
}

/** The blocks that a function draws for an argument. */
const drawn =
  <A, B>(f: (a: A) => B) =>
  (a: A): readonly string[] =>
    drawsOf(trace(f)(a), leaves(a))

const once = (what: string, blocks: readonly string[]): void => {
  if (new Set(blocks).size === blocks.length) return
  const first = new Map([...blocks.entries()].reverse().map(([i, block]) => [block, i]))
  const twice = blocks.findIndex((block, i) => first.get(block) !== i)
  differs(
    `${what}, number ${twice} of ${blocks.length}`,
    'a block (key / counter) of its own',
    `${blocks[twice]}, as number ${first.get(blocks[twice] ?? '')}`,
  )
}

/**
 * Every law of the keys of a training, tried on these batches.
 *
 * @example
 * for (const law of keyLaws(train(model, adam({ learningRate: 1e-3 })), [batch])) it(law.name, () => check(law))
 */
export const keyLaws = <P, S, I extends Shape, T extends Shape>(
  { init, step }: Training<P, S, I, T>,
  batches: readonly Dataset<I, T>[],
  options: Partial<KeyLawOptions> = {},
): readonly Law[] => {
  const examples = fc.tuple(fc.nat(2 ** 31).map(key), fc.array(fc.constantFrom(...batches), { minLength: 2, maxLength: 3 }))
  type State = ReturnType<typeof init>
  const stepped = ([k, several]: readonly [Key, readonly Dataset<I, T>[]]): readonly (readonly string[])[] => {
    const states = scanLeft<Dataset<I, T>, State>(init(k), step)(several.slice(0, -1))
    return zip(states, several).map(drawn(([state, batch]) => step(state, batch)))
  }
  const few = asManyAs(
    5,
    workOf((k) => init(k).params, batches),
  )
  const counts: Law = law(
    { name: 'keys.drawn', statement: 'as many numbers are drawn under the keys of the state as the network wants' },
    examples,
    ([k, several]) => {
      const { drawn: wanted } = options
      if (wanted === undefined) return
      const [atStart, inStep] = [drawn(init)(k).length, stepped([k, several.slice(0, 1)])[0]?.length]
      if (atStart !== wanted.init) differs('numbers drawn at the start', wanted.init, atStart)
      const all = wanted.example * (several[0]?.x.shape[0] ?? 0)
      if (inStep !== all) differs('numbers drawn in a step', all, inStep)
    },
  )
  return [
    law({ name: 'keys.init', statement: 'at the start, no counter is encrypted twice under one key' }, examples, ([k]) =>
      once('the start', drawn(init)(k)),
    ),
    law({ name: 'keys.step', statement: 'in a step, no counter is encrypted twice under one key' }, examples, (example) => {
      for (const blocks of stepped(example)) once('a step', blocks)
    }),
    law(
      { name: 'keys.advance', statement: 'from step to step, and from the start to the first, no block is drawn again' },
      examples,
      (example) => {
        const all = [drawn(init)(example[0]), ...stepped(example)].map((blocks) => [...new Set(blocks)])
        once('the start and the steps', all.flat())
      },
    ),
    ...(options.drawn === undefined ? [] : [counts]),
  ].map(few)
}
