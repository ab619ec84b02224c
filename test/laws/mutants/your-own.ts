/** Mutants of what the laws of one's own code are about: networks, refactorings, changes of inputs, combinators. */
import { pipe } from 'fp-ts/lib/function.js'
import { combinatorLaws, equivalent, metamorphic, negated, networkLaws, shiftedBy } from '../../../laws/index.js'
import { dense, input, sigmoid, tanh } from '../../../src/layer/index.js'
import { type Network, repeat, residual } from '../../../src/network/index.js'
import { add, affine, matmul, stopGradient, transpose } from '../../../src/ops/index.js'
import type { Tensor } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

const two = pipe(input(3), dense(3), dense(3))
const one = pipe(input(3), dense(3))
type Two = typeof two extends Network<infer Ps, infer _I, infer _O> ? Ps : never
const merged = (change: (w: Two[0]['weights']) => Two[0]['weights']) =>
  equivalent(two, one, {
    map: ([first, second]: Two) => [
      { weights: change(matmul(second.weights)(first.weights)), bias: affine(second.weights, second.bias)(first.bias) },
    ],
  })

/** A network that computes other than its layers do: its function is that of a network without the last activation. */
const disjointed = Object.freeze(
  Object.assign((params: never) => pipe(input(3), dense(3), sigmoid)(params), { ...pipe(input(3), dense(3), tanh) }),
) as unknown as Network<readonly unknown[], readonly [3], readonly [3]>

const residualLaws = (combinator: unknown, copies = 1) =>
  combinatorLaws('mine', combinator as never, { size: 3, meaning: (f) => (x: Tensor) => add(f(x))(x), copies })

export const yourOwnMutants: readonly Mutant[] = [
  {
    name: 'network: disjointed',
    what: 'a network whose layers are not those of its function',
    laws: () => networkLaws(disjointed),
    killer: 'network.fold',
  },
  {
    name: 'equivalent: another shape',
    what: 'a refactoring that gives fewer numbers',
    laws: () => equivalent(two, pipe(input(3), dense(2)) as never, { map: () => [] as never }),
    killer: 'equivalent.shapes',
  },
  {
    name: 'equivalent: transposed',
    what: 'a refactoring that mixes up rows and columns',
    laws: () => merged((w) => transpose(w) as typeof w),
    killer: 'equivalent.value',
  },
  {
    name: 'equivalent: stopped',
    what: 'a refactoring that keeps the function, and loses a gradient',
    laws: () => merged((w) => stopGradient(w)),
    killer: 'equivalent.gradients',
  },
  {
    name: 'metamorphic: even',
    what: 'a sigmoid that is said to be odd',
    laws: () => [metamorphic('odd', sigmoid, { input: [3], change: negated, becomes: negated })],
    killer: 'metamorphic.odd',
  },
  {
    name: 'metamorphic: shifted',
    what: 'a layer that is said not to see a shift',
    laws: () => [metamorphic('shift', dense(2), { input: [3], change: shiftedBy(1) })],
    killer: 'metamorphic.shift',
  },
  {
    name: 'combinator: bare',
    what: 'a residual block without its x',
    laws: () => residualLaws(repeat(1)),
    killer: 'combinator.mine.meaning.tanh',
  },
  {
    name: 'combinator: sharing',
    what: 'one copy of the parameters where two are declared',
    laws: () => residualLaws(residual, 2),
    killer: 'combinator.mine.parameters.dense',
  },
]
