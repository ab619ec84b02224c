// Type 'readonly [2]' is not assignable to type 'readonly [3]'.
// at run time: poisson expects [3], receives [2]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { modelOf, poissonLikelihood } from '../../../src/likelihood/index.js'

export const mistake = () => modelOf(poissonLikelihood([3]))(pipe(input(4), dense(2)))
