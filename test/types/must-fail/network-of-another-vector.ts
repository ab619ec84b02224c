// Argument of type 'Tensor<readonly [100]>' is not assignable to parameter of type 'Tensor<readonly [784]>'.
// at run time: network expects [784], receives [100]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { key } from '../../../src/random/index.js'
import { zeros } from '../../../src/tensor/index.js'

const net = pipe(input(784), dense(10))
const x = zeros([100])
export const mistake = () => net(net.init(key(0)))(x)
