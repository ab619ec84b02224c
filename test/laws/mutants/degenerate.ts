/** Mutants of derivatives, batches and engines at degenerate cases. */
import { degenerateLaws } from '../../../laws/index.js'
import { batched, vjp } from '../../../src/graph/index.js'
import { apply, tensors as o } from '../../../src/ops/apply.js'
import { prims } from '../../../src/ops/index.js'
import { mapTree } from '../../../src/params/index.js'
import { type Tensor, zeros } from '../../../src/tensor/index.js'
import { breaking, giving, numbers, reshaped } from './break-ops.js'
import type { Mutant } from './mutant.js'

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
export const degenerateMutants: readonly Mutant[] = [
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
