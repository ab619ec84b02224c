/** Mutants of ops: of their declared algebra, of degenerate cases, of what is claimed to be stable, and of an engine's rounding. */
import { algebraLaws, degenerateLaws, engineBudget, engineLaws, stabilityLaws } from '../../../laws/index.js'
import { type Claimed, claims } from '../../../laws/stability/claims.js'
import { batched, vjp } from '../../../src/graph/index.js'
import { apply, tensors as o } from '../../../src/ops/apply.js'
import { exp, log, logSumExp, neg, prims, softmax, sub, sum, sumAll } from '../../../src/ops/index.js'
import { mapTree } from '../../../src/params/index.js'
import { isFloat, type Prim } from '../../../src/prim/index.js'
import { ones, type Tensor, tensor, toArray, zeros } from '../../../src/tensor/index.js'
import {
  answersFirst,
  answersSecond,
  breaking,
  giving,
  lastOff,
  lastOfSeveral,
  type Mutation,
  negated,
  numbers,
  oneBitMore,
  oneMinus,
  plusFirst,
  reshaped,
  secondOff,
} from './break-ops.js'
import type { Mutant } from './mutant.js'

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
  ['sqrt', 'is x^½ of float32', (y) => numbers(y, Math.fround), 'algebra.sqrt.undone-by-square.positive'],
  [
    'tanh',
    'is not odd near 0',
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

const more = (x: Tensor): Tensor => numbers(x, (v) => v + 1)
/** vjp with other cotangents. */
const pulling = (change: (cotangents: unknown) => unknown): typeof vjp =>
  ((f: never) => (a: never) => {
    const [y, pullback] = (vjp as (g: unknown) => (b: unknown) => readonly [unknown, (dy: unknown) => unknown])(f)(a)
    return [y, (dy: unknown) => change(pullback(dy))]
  }) as unknown as typeof vjp
/** vjp whose pullback is given other cotangents. */
const seeded = (change: (cotangents: unknown) => unknown): typeof vjp =>
  ((f: never) => (a: never) => {
    const [y, pullback] = (vjp as (g: unknown) => (b: unknown) => readonly [unknown, (dy: unknown) => unknown])(f)(a)
    return [y, (dy: unknown) => pullback(change(dy))]
  }) as unknown as typeof vjp
const offByOne = pulling((all) => mapTree(more)(all))
const onlyFirst = seeded((dy) => (Array.isArray(dy) ? dy.map((d: Tensor, i) => (i === 0 ? d : zeros(d.shape, d.precision))) : dy))
const firstDoubled = pulling((all) => (Array.isArray(all) ? all.map((d: Tensor, i) => (i === 0 ? numbers(d, (v) => 2 * v) : d)) : all))
const lifting = (change: (y: Tensor) => Tensor): typeof batched =>
  ((f: never) =>
    (...args: readonly unknown[]) =>
      change((batched as unknown as (g: unknown) => (...xs: readonly unknown[]) => Tensor)(f)(...args))) as unknown as typeof batched

/** Conditions are turned round, and of floats the edges are lost: −0, NaN, infinities. */
const careless = (y: Tensor): Tensor =>
  numbers(y, (v) => (y.precision === 'bool' ? 1 - v : Number.isNaN(v) ? 0 : Math.min(Math.max(v, -3e38), 3e38) + 0))

const named = (pattern: RegExp): readonly string[] =>
  degenerateLaws()
    .map(({ name }) => name)
    .filter((name) => pattern.test(name))
const degenerate: readonly Mutant[] = [
  ...[
    'degenerate.identity',
    'degenerate.constant',
    'degenerate.unused',
    'degenerate.batched.shared',
    ...named(/limit\.(?!logSumExp (of −∞|with ∞))/),
  ].map(
    (killer): Mutant => ({
      name: `cotangents off by one against ${killer}`,
      what: 'vjp adds one to every cotangent',
      laws: () => degenerateLaws({ vjp: offByOne }),
      killer,
    }),
  ),
  {
    name: 'an input counted twice',
    what: 'the first of two inputs has twice its cotangent',
    laws: () => degenerateLaws({ vjp: firstDoubled }),
    killer: 'degenerate.twice',
  },
  ...['degenerate.duplicated', 'degenerate.passed'].map(
    (killer): Mutant => ({
      name: `one output of several against ${killer}`,
      what: 'only the first output sends a cotangent back',
      laws: () => degenerateLaws({ vjp: onlyFirst }),
      killer,
    }),
  ),
  ...named(/\.axes\.(?!max of none)/).map(
    (killer): Mutant => ({
      name: `an axis too many against ${killer}`,
      what: 'an engine gives its outputs one more axis',
      laws: () => degenerateLaws({ engines: [giving('reshaped', reshaped)] }),
      killer,
    }),
  ),
  ...['degenerate.careless.passed', ...prims.map((prim) => `degenerate.special.careless.${prim}`)]
    .filter((killer) => degenerateLaws({ engines: [giving('careless', careless)] }).some(({ name }) => name === killer))
    .map(
      (killer): Mutant => ({
        name: `a careless engine against ${killer}`,
        what: 'an engine loses −0, NaN and infinities, and turns conditions round',
        laws: () => degenerateLaws({ engines: [giving('careless', careless)] }),
        killer,
      }),
    ),
  ...named(/limit\.logSumExp (of −∞|with ∞)/).map(
    (killer): Mutant => ({
      name: `a careless engine against ${killer}`,
      what: 'an engine loses infinities',
      laws: () => degenerateLaws({ engines: [giving('careless', careless)] }),
      killer,
    }),
  ),
  ...named(/special\.float(32|64)\./).map((killer): Mutant => {
    const prim = prims.find((p) => killer.endsWith(`.${p}`)) ?? 'neg'
    return {
      name: `careless ${prim} against ${killer}`,
      what: `${prim} loses −0, NaN and infinities`,
      laws: () => degenerateLaws({ apply: breaking(prim, { what: 'careless', change: careless }) }),
      killer,
    }
  }),
  {
    name: 'max of none is 0',
    what: 'the maximum of nothing is 0, as a sum is',
    laws: () =>
      degenerateLaws({
        apply: (prim, operands, attributes) =>
          prim === 'max' && operands.some(({ shape }: Tensor) => shape.at(-1) === 0) ? zeros([2]) : apply(prim, operands, attributes),
      }),
    killer: 'degenerate.axes.max of none',
  },
  {
    name: 'a batch of one',
    what: 'batched adds one',
    laws: () => degenerateLaws({ batched: lifting((y) => o.add(y, o.constant(1, y))) }),
    killer: 'degenerate.batched.one',
  },
  {
    name: 'a batch of none',
    what: 'batched of none forgets the shape',
    laws: () => degenerateLaws({ batched: lifting((y) => o.reshape(y, { shape: [0] })) }),
    killer: 'degenerate.batched.none',
  },
]

const total = (x: Tensor): Tensor => o.expand(sum(-1)(x) as Tensor, { axes: [-1], sizes: [x.shape.at(-1) ?? 0] })
const one = (x: Tensor): Tensor => ones(x.shape, x.precision)
/** By the textbook's formula, which overflows. */
const sigmoidOf = (z: Tensor): Tensor => o.div(exp(z), o.add(one(z), exp(z)))
const textbook: Claimed = {
  logSumExp: (z) => log(sum(-1)(exp(z)) as Tensor),
  logSoftmax: (z) => log(o.div(exp(z), total(exp(z)))),
  softmax: (z) => o.div(exp(z), total(exp(z))),
  softplus: (z) => log(o.add(one(z), exp(z))),
  sigmoid: sigmoidOf,
  logSigmoid: (z) => log(sigmoidOf(z)),
  bernoulli: (z, y) => {
    const p = sigmoidOf(z)
    return neg(sumAll(o.add(o.mul(y, log(p)), o.mul(sub(y)(one(y)), log(sub(p)(one(p)))))))
  },
  categorical: (z, y) => neg(sumAll(o.mul(y, log(softmax(z))))),
}
/** The maximum comes back before the difference is taken: xᵢ − logSumExp x. */
const late = (z: Tensor): Tensor => sub(o.expand(logSumExp(z) as Tensor, { axes: [-1], sizes: [z.shape.at(-1) ?? 0] }))(z)
const stability: readonly Mutant[] = [
  ...(Object.keys(textbook) as readonly (keyof Claimed)[]).flatMap((name) =>
    ['finite.float32', 'finite.float64', 'accurate'].map(
      (law): Mutant => ({
        name: `${name} by the textbook against ${law}`,
        what: `${name} by the formula that overflows`,
        laws: () => stabilityLaws({ claimed: { ...claims, [name]: textbook[name] } }),
        killer: `stability.${name}.${law}`,
        runs: 100,
      }),
    ),
  ),
  ...(['float32', 'float64'] as const).flatMap((float): readonly Mutant[] => [
    ...['logSoftmax.shift', 'softmax.shift', 'softmax.normalised'].map((law) => ({
      name: `a late maximum against ${law}.${float}`,
      what: 'logSoftmax takes logSumExp from x, whose units are those of the maximum',
      laws: () => stabilityLaws({ claimed: { ...claims, logSoftmax: late, softmax: (z) => exp(late(z)) } }),
      killer: `stability.${law}.${float}`,
      runs: 100,
    })),
    {
      name: `logSumExp by the textbook against its shift, ${float}`,
      what: 'logSumExp without taking the maximum out',
      laws: () => stabilityLaws({ claimed: { ...claims, logSumExp: textbook.logSumExp } }),
      killer: `stability.logSumExp.shift.${float}`,
      runs: 100,
    },
  ]),
]

/** A float32 so many floats away from 0, or nearer to it where there is none beyond. */
const away = (x: number, floats: number): number => {
  const bits = new Int32Array(Float32Array.of(x).buffer)[0] ?? 0
  return Number.isFinite(x) ? (new Float32Array(Int32Array.of(bits + floats).buffer)[0] ?? x) : x
}
const coarse = (prim: Prim) => {
  const allowance = engineBudget[prim]
  return giving('coarse', (y) =>
    numbers(y, (v) =>
      !isFloat(y.precision)
        ? y.precision === 'bool'
          ? 1 - v
          : v + 1
        : allowance.kind === 'terms'
          ? v * (1 + 2 ** -18)
          : y.precision === 'float32'
            ? away(v, allowance.ulps + 1)
            : v * (1 + 2 ** -20),
    ),
  )
}
const rough = giving('coarse', (y) =>
  y.precision === 'float32'
    ? tensor(
        y.shape,
        toArray(y).map((v) => v * 1.01),
        'float32',
      )
    : y,
)
const engines: readonly Mutant[] = [
  ...prims.map(
    (prim): Mutant => ({
      name: `an engine coarser than its budget in ${prim}`,
      what: 'each result is one float further away than its budget allows',
      laws: () => engineLaws(coarse(prim)),
      killer: `engine.coarse.op.${prim}`,
    }),
  ),
  ...['long', 'network'].map(
    (law): Mutant => ({
      name: `a rough engine against ${law}`,
      what: 'each result is one in a hundred too large',
      laws: () => engineLaws(rough),
      killer: `engine.coarse.${law}`,
      runs: 10,
    }),
  ),
]

export const algebraMutants: readonly Mutant[] = [...everyLaw, ...likelyMutants, ...degenerate, ...stability, ...engines]
