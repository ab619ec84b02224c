// Argument of type 'TrainState<readonly [DenseParams<2, 1>], MomentumState<readonly [DenseParams<2, 1>]>>' is not assignable to parameter of type 'TrainState<readonly [DenseParams<2, 1>], AdamState<readonly [DenseParams<2, 1>]>>'
// at run time: nothing
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { meanSquaredError } from '../../../src/likelihood/index.js'
import { adam, momentum } from '../../../src/optimise/index.js'
import { key } from '../../../src/random/index.js'
import { zeros } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'

const model = meanSquaredError(pipe(input(2), dense(1)))
const { init } = train(model, momentum({ learningRate: 0.1 }))
const { step } = train(model, adam({ learningRate: 0.1 }))
export const mistake = () => step(init(key(1)), { x: zeros([4, 2]), y: zeros([4, 1]) })
