/** Engines that are coarser than their budget. */
import { engineBudget, engineLaws } from '../../../laws/index.js'
import type { Engine } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { prims } from '../../../src/ops/index.js'
import { isFloat, type Prim } from '../../../src/prim/index.js'
import { type Tensor, tensor, toArray } from '../../../src/tensor/index.js'
import { giving, numbers } from './break-ops.js'
import type { Mutant } from './mutant.js'

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
/** An engine that takes the first tensor it gave out for the one that comes in. */
const forgetful: Engine = {
  name: 'forgetful',
  prepare: (program) => {
    const run = reference.prepare(program)
    let last: readonly Tensor[] = []
    return (inputs) => {
      last = run(inputs.map((input, i) => (i === 0 && last[0] !== undefined && isLike(last[0], input) ? last[0] : input)))
      return last
    }
  },
}
const isLike = (x: Tensor, y: Tensor): boolean => x.precision === y.precision && x.shape.join() === y.shape.join()

export const engineMutants: readonly Mutant[] = [
  {
    name: 'an engine that takes what it gave out for what comes in',
    what: 'the first input is what the run before gave out, whatever state it is stepped from',
    laws: () => engineLaws(forgetful),
    killer: 'engine.forgetful.history',
  },
  {
    name: 'an engine of float32',
    what: 'what is computed in float64 is rounded to float32',
    laws: () => engineLaws(giving('narrow', (y) => (y.precision === 'float64' ? numbers(y, Math.fround) : y))),
    killer: 'engine.narrow.precision',
  },
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
