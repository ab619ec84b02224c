// Type 'DenseParams<784, 128>' is not assignable to type 'DenseParams<784, 64>'.
// at run time: nothing
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input, relu } from '../../../src/layer/index.js'
import type { ParamsOf } from '../../../src/network/index.js'

const networkOf = <H extends number>(h: H) => pipe(input(784), dense(h), relu, dense(10))
const narrow = networkOf(64)
const wide = networkOf(128)
export const mistake = (gradients: ParamsOf<typeof wide>) => narrow(gradients)
