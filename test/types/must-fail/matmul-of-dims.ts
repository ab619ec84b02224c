// matmul expects [..., M, K] and [..., K, N], receives [batch, features] and [inputs, 10]
// at run time: matmul expects [..., M, K] and [..., K, N], receives [2, 3] and [4, 10]
import { pipe } from 'fp-ts/lib/function.js'
import { orThrow } from '../../../src/error/index.js'
import { matmul } from '../../../src/ops/index.js'
import { refine, type Tensor, zeros } from '../../../src/tensor/index.js'

const x = orThrow(refine(['batch', 'features'])(zeros([2, 3]) as Tensor))
const w = orThrow(refine(['inputs', 10])(zeros([4, 10]) as Tensor))
export const mistake = () => pipe(x, matmul(w))
