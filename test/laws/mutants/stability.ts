/** Mutants of what is claimed to be stable: the formulas of the textbook, which overflow. */
import { stabilityLaws } from '../../../laws/index.js'
import { type Claimed, claims } from '../../../laws/stability/claims.js'
import { tensors as o } from '../../../src/ops/apply.js'
import { exp, log, logSumExp, neg, softmax, sub, sum, sumAll } from '../../../src/ops/index.js'
import { ones, type Tensor } from '../../../src/tensor/index.js'
import type { Mutant } from './mutant.js'

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
export const stabilityMutants: readonly Mutant[] = [
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
