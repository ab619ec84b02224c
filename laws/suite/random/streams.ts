/** Keys: what is derived from one is another, and what is drawn under two has nothing in common. */
import * as fc from 'fast-check'
import { batched } from '../../../src/graph/index.js'
import type { Key } from '../../../src/random/index.js'
import { range, type Scalar, type Tensor, toArray } from '../../../src/tensor/index.js'
import { atMost } from '../../at-most.js'
import { differs } from '../../compare.js'
import { type Law, law } from '../../law.js'
import { disjoint, follows, uncorrelated, uniformBelow } from '../../statistics.js'
import type { Generator } from './generator.js'

const seeds = fc.nat(2 ** 31)
/** A smaller seed is no simpler sample. */
const samples = fc.noShrink(seeds)
/** Seeds that differ in their high word, in their low word, or in both. */
const words = fc.tuple(fc.nat(2), fc.nat(4)).map(([high, low]) => high * 2 ** 32 + low)
const salmon = 'Salmon, Moraes, Dror, Shaw (2011)'

const named = (k: Key): string => toArray(k).join(' ')
const allDifferent = (what: string, keys: readonly Key[]): void => {
  const names = keys.map(named)
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i)
  if (twice >= 0)
    differs(`${what}, key ${twice} of ${keys.length}`, `another key than key ${names.indexOf(names[twice] ?? '')}`, names[twice])
}

/** Keys from one by every way there is; each should give a stream of its own. */
const family = (g: Generator, k: Key): readonly Key[] => [
  k,
  g.next(k),
  g.next(g.next(k)),
  g.foldIn(0)(k),
  g.foldIn(1)(k),
  g.foldIn(2)(k),
  g.foldIn(0)(g.next(k)),
  g.foldIn(0)(g.foldIn(0)(k)),
  g.foldIn(1)(g.foldIn(0)(k)),
  g.foldIn(0)(g.foldIn(1)(k)),
]

/** The laws of keys and of the streams under them. */
export const streamLaws = (g: Generator): readonly Law[] => {
  const drawn = (n: number, k: Key): readonly number[] => Array.from(toArray(g.bits([n])(k)))
  const numbers = (n: number, k: Key): ArrayLike<number> => toArray(g.uniform([n], 'float64')(k))
  /** The first number under each of many keys that differ in what was folded in. */
  const acrossSiblings = (n: number, k: Key): ArrayLike<number> => {
    const first = (i: Tensor): Tensor => g.uniform([], 'float64')(g.foldIn(i as Scalar)(k))
    return toArray(batched(first)(range(n, 'uint32')))
  }
  return [
    law(
      { name: 'random.seeds', statement: 'a ≠ b ⇒ key(a) ≠ key(b)' },
      fc.uniqueArray(fc.oneof(words, fc.maxSafeNat()), { minLength: 2, maxLength: 8 }),
      (several) => allDifferent('keys of seeds', several.map(g.key)),
    ),
    law(
      {
        name: 'random.children',
        statement: 'i ≠ j ⇒ foldIn(i) ≠ foldIn(j); a child is neither its parent nor what comes next',
        source: salmon,
      },
      fc.tuple(seeds, fc.uniqueArray(fc.nat(2 ** 31), { minLength: 2, maxLength: 8 })),
      ([seed, several]) => {
        const k = g.key(seed)
        allDifferent('a key, the next two, and its descendants', family(g, k))
        allDifferent('a key and what is folded into it', [k, g.next(k), ...several.map((i) => g.foldIn(i)(k))])
        allDifferent('a key and its halves', [k, g.next(k), ...g.split(k)])
        allDifferent('a key and its parts', [k, g.next(k), ...g.splitMany(9)(k)])
      },
    ),
    atMost(3)(
      law({ name: 'random.walk', statement: 'next is injective: 4,096 steps on, every key is new' }, samples, (seed) => {
        const walk = Array.from({ length: 4095 }).reduce<readonly Key[]>(
          (keys) => [...keys, g.next(keys.at(-1) ?? g.key(seed))],
          [g.key(seed)],
        )
        const different = new Set(walk.map(named)).size
        if (different !== walk.length) differs('keys in a row', walk.length, different)
      }),
    ),
    atMost(2)(
      law(
        {
          name: 'random.disjoint',
          statement: 'streams under a key, its children and those that come next share no words but by chance',
          source: salmon,
        },
        samples,
        (seed) => {
          const keys = [...family(g, g.key(seed)), g.key(seed + 1)]
          disjoint(
            'streams',
            keys.flatMap((k) => drawn(4096, k)),
          )
        },
      ),
    ),
    atMost(2)(
      law(
        { name: 'random.siblings', statement: 'two streams are uncorrelated, and so are the first numbers of sibling streams' },
        samples,
        (seed) => {
          const [streams, n] = [family(g, g.key(seed)).map((k) => numbers(8192, k)), 8192]
          streams.forEach((us, i) => {
            streams.slice(i + 1).forEach((vs, j) => {
              uncorrelated(`streams ${i} and ${i + 1 + j}`, us, vs)
            })
          })
          const across = Array.from(acrossSiblings(n, g.key(seed)))
          follows('first numbers of siblings', across, uniformBelow)
          uncorrelated('first numbers of neighbouring siblings', across, across.slice(1))
        },
      ),
    ),
    atMost(3)(
      law(
        { name: 'random.lag', statement: 'numbers of one stream are uncorrelated with those 1, 2, 3, 16 and 256 places on' },
        samples,
        (seed) => {
          const us = Array.from(numbers(16_384, g.key(seed)))
          for (const lag of [1, 2, 3, 16, 256]) uncorrelated(`a stream and itself ${lag} on`, us, us.slice(lag))
        },
      ),
    ),
  ]
}
