// matmul expects [..., M, K] and [..., K, N], receives [2, 32, 784] and [128, 10]
import { pipe } from 'fp-ts/lib/function.js'
import { matmul } from '../../../src/ops/index.js'
import { zeros } from '../../../src/tensor/index.js'

export const mistake = () => pipe(zeros([2, 32, 784]), matmul(zeros([128, 10])))
