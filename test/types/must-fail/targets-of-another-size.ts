// Type 'Tensor<readonly [32, 9]>' is not assignable to type 'Batch<readonly [10]>'.
// at run time: cost expects x and y of [N, 784] and [N, 10], receives [32, 784] and [32, 9]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { categorical } from '../../../src/likelihood/index.js'
import { sgd } from '../../../src/optimise/index.js'
import { key } from '../../../src/random/index.js'
import { zeros } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'

const { init, step } = train(categorical(pipe(input(784), dense(10))), sgd({ learningRate: 0.1 }))
const y = zeros([32, 9])
export const mistake = () => step(init(key(0)), { x: zeros([32, 784]), y })
