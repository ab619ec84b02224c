// Type 'readonly [8, 3]' is not assignable to type 'readonly [number]'.
// at run time: cost expects x and y of [N, 4] and [N], receives [8, 4] and [8, 3]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { sparseCategorical } from '../../../src/likelihood/index.js'
import { key } from '../../../src/random/index.js'
import { zeros } from '../../../src/tensor/index.js'

const model = sparseCategorical(pipe(input(4), dense(3)))
export const mistake = () => model.cost(model.init(key(1)))(zeros([8, 4]), zeros([8, 3]))
