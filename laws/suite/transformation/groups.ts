/** The laws of parameter groups. */
import * as fc from 'fast-check'
import type { SomeTransformation } from '../../../src/optimise/index.js'
import * as ours from '../../../src/optimise/index.js'
import type { Tensor } from '../../../src/tensor/index.js'
import { identical } from '../../compare.js'
import { type Law, law } from '../../law.js'
import type { Transformations } from './transformations.js'
import { erased, gradients, type Params, params, walk } from './trials.js'

export const groupLaws = ({ masked, partition }: Transformations): readonly Law[] => {
  const inner = erased(ours.chain(ours.clipByGlobalNorm(1), ours.adam({ learningRate: 0.1 })))
  const descent = erased(ours.sgd({ learningRate: 0.5 }))
  return [
    law({ name: 'partition.one', statement: 'one group of everything is that group' }, fc.tuple(params, gradients), ([start, gs]) =>
      identical('θ', walk(inner, start, gs), walk(erased(partition(() => 'all', { all: inner })), start, gs)),
    ),
    law({ name: 'partition.apart', statement: 'every group moves as if it were alone' }, fc.tuple(params, gradients), ([start, gs]) => {
      const both = walk(
        erased(partition((path) => (path === '.bias' ? 'biases' : 'weights'), { biases: descent, weights: inner })),
        start,
        gs,
      )
      const alone = (t: SomeTransformation, name: keyof Params): Tensor =>
        walk(
          t,
          { [name]: start[name] } as never,
          gs.map((g) => ({ [name]: g[name] }) as never),
        )[name]
      identical('weights', alone(inner, 'weights'), both.weights)
      identical('biases', alone(descent, 'bias'), both.bias)
    }),
    law(
      { name: 'masked.ends', statement: 'a mask of everything is the transformation, of nothing the identity' },
      fc.tuple(params, gradients),
      ([start, gs]) => {
        identical('everything', walk(inner, start, gs), walk(erased(masked(() => true)(inner)), start, gs))
        identical('nothing', walk(erased(ours.identityTransformation), start, gs), walk(erased(masked(() => false)(inner)), start, gs))
      },
    ),
  ]
}
