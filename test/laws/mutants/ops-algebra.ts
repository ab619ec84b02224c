/** Mutants of ops: of their declared algebra, of degenerate cases, of what is claimed to be stable, and of an engine's rounding. */
import { algebraLaws } from '../../../laws/index.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { prims } from '../../../src/ops/index.js'
import type { Prim } from '../../../src/prim/index.js'
import { type Tensor, toArray } from '../../../src/tensor/index.js'
import {
  answersFirst,
  answersSecond,
  breaking,
  lastOff,
  lastOfSeveral,
  type Mutation,
  negated,
  numbers,
  oneBitMore,
  oneMinus,
  plusFirst,
  secondOff,
} from './break-ops.js'
import { degenerateMutants } from './degenerate.js'
import { engineMutants } from './engine.js'
import type { Mutant } from './mutant.js'
import { stabilityMutants } from './stability.js'

const primOf = (law: string): Prim => prims.find((prim) => law.split('.')[1] === prim) ?? 'neg'

/** How an op is broken, for the law that must see it: the first that fits its name. */
const mutations: readonly (readonly [RegExp, Mutation])[] = [
  [/^algebra\.(neg|not)\.(involution|opposite)/, plusFirst],
  [/^algebra\.not\./, answersFirst],
  [/^algebra\.xor\.undone/, plusFirst],
  [/^algebra\.(shift|rotate)/, oneBitMore],
  [/^algebra\.select\.(swapped|chooses)/, answersSecond],
  [/^algebra\.max\./, negated],
  [/^algebra\.argMax\.first/, lastOfSeveral],
  [/^algebra\.matmul\.transposed/, secondOff],
  [/^algebra\.(cast|select|sum|argMax|matmul|reshape|transpose|slice|pad|concat|expand|gather|scatterAdd|windows|overlapAdd)\./, lastOff],
  [/^algebra\./, oneMinus],
]
const mutationFor = (law: string): Mutation => mutations.find(([pattern]) => pattern.test(law))?.[1] ?? oneMinus

/** Every law of the declared algebra, and an op that breaks it. */
const everyLaw: readonly Mutant[] = algebraLaws().map(({ name }) => {
  const [prim, mutation] = [primOf(name), mutationFor(name)]
  return {
    name: `${prim} against ${name}`,
    what: `${prim} ${mutation.what}`,
    laws: () => algebraLaws({ apply: breaking(prim, mutation) }),
    killer: name,
  }
})

/** Mistakes that one makes. */
const likely: readonly (readonly [Prim, string, Mutation['change'], killer: string])[] = [
  ['add', 'loses the sign of zero', (y) => numbers(y, (v) => v + 0), 'algebra.add.right-identity.floats'],
  ['mul', 'turns ∞ · 0 into 0', (y) => numbers(y, (v) => (Number.isNaN(v) ? 0 : v)), 'algebra.mul.right-identity.floats'],
  [
    'maximum',
    'forgets NaN',
    (y, [a = y, b = y]) =>
      numbers(y, (_, i) => ((toArray(a)[i] ?? 0) > (toArray(b)[i] ?? 0) ? (toArray(a)[i] ?? 0) : (toArray(b)[i] ?? 0))),
    'algebra.maximum.commutative.floats',
  ],
  [
    'less',
    'compares uint32 as int32',
    (y, [a = y, b = y]) =>
      numbers(y, (v, i) => (a.precision === 'uint32' ? Number(((toArray(a)[i] ?? 0) | 0) < ((toArray(b)[i] ?? 0) | 0)) : v)),
    'algebra.less.total.uint32',
  ],
  [
    'maximum',
    'compares uint32 as int32',
    (y, [a = y, b = y]) =>
      numbers(y, (v, i) => (a.precision === 'uint32' ? Math.max((toArray(a)[i] ?? 0) | 0, (toArray(b)[i] ?? 0) | 0) : v)),
    'algebra.maximum.absorption.uint32',
  ],
  [
    'mul',
    'rounds int32 as a float',
    (y, [a = y, b = y]) => numbers(y, (_, i) => (toArray(a)[i] ?? 0) * (toArray(b)[i] ?? 0)),
    'algebra.mul.associative.int32',
  ],
  [
    'shiftRight',
    'is arithmetic for uint32',
    (y, [x = y], _, a) => numbers(y, (_v, i) => (toArray(x)[i] ?? 0) >> (a as { readonly bits: number }).bits),
    'algebra.shiftRight.undoes',
  ],
  [
    'shiftRight',
    'is logical for int32',
    (y, [x = y], _, a) => numbers(y, (_v, i) => (toArray(x)[i] ?? 0) >>> (a as { readonly bits: number }).bits),
    'algebra.shiftRight.signed',
  ],
  [
    'sin',
    'reduces with a π of 8 digits',
    (y, [x = y]) => numbers(y, (_, i) => Math.sin((toArray(x)[i] ?? 0) * (1 + 1e-9))),
    'algebra.sin.pythagoras.wide',
  ],
  ['log1p', 'is log(1 + x)', (_, [x]) => o.log(o.add(x as Tensor, o.constant(1, x as Tensor))), 'algebra.expm1.undone-by-log1p.moderate'],
  ['sqrt', 'is rounded to float32', (y) => numbers(y, Math.fround), 'algebra.sqrt.undone-by-square.positive'],
  [
    'tanh',
    'is 0 near 0, whatever the sign',
    (y, [x = y]) => numbers(y, (v, i) => (Math.abs(toArray(x)[i] ?? 0) < 1e-3 ? 0 : v)),
    'algebra.tanh.odd.floats',
  ],
  ['exp', 'loses its last digits', (y) => numbers(y, (v) => v * (1 + 2 ** -44)), 'algebra.exp.undone-by-log.wide'],
  [
    'matmul',
    'multiplies the transposed',
    (y, [a = y, b = y]) =>
      a.shape.at(-2) === a.shape.at(-1) && a.shape.length === 2 ? o.matmul(o.transpose(a, { axes: [-1, -2] }), b) : y,
    'algebra.matmul.adjoint',
  ],
  [
    'gather',
    'is off by one row',
    (_, [x, i], again, a) => again([x as Tensor, o.add(i as Tensor, o.constant(1, i as Tensor))], a),
    'algebra.gather.all',
  ],
  [
    'concat',
    'joins in the other order',
    (_, xs, again, a) => (xs.every((x) => x.shape.join() === xs[0]?.shape.join()) ? again([...xs].reverse(), a) : again(xs, a)),
    'algebra.concat.adjoint',
  ],
]
const likelyMutants: readonly Mutant[] = likely.map(([prim, what, change, killer]) => ({
  name: `${prim} ${what}`,
  what: `${prim} ${what}`,
  laws: () => algebraLaws({ apply: breaking(prim, { what, change }) }),
  killer,
  runs: 300,
}))

export const algebraMutants: readonly Mutant[] = [
  ...everyLaw,
  ...likelyMutants,
  ...degenerateMutants,
  ...stabilityMutants,
  ...engineMutants,
]
