/** Mutants of gradient transformations. */
import { optimiserLaws } from '../../../laws/index.js'
import { stateless } from '../../../src/optimise/index.js'
import { mapTree } from '../../../src/params/index.js'
import { ones, scalar } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

const rising = stateless((g) => g)
const drifting = stateless((g) => mapTree((t) => ones(t.shape, t.precision))(g))
const flat = stateless((g) => mapTree(() => scalar(0, 'float64'))(g))

export const optimiserMutants: readonly Mutant[] = [
  { name: 'ascent', what: 'ascent', laws: () => optimiserLaws('ascent', rising), killer: 'optimiser.ascent.descends', runs: 10 },
  { name: 'drift', what: 'a constant drift', laws: () => optimiserLaws('drift', drifting), killer: 'optimiser.drift.still', runs: 10 },
  { name: 'flat', what: 'updates of another shape', laws: () => optimiserLaws('flat', flat), killer: 'optimiser.flat.record', runs: 10 },
]
