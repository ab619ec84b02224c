// Type 'DenseParams<784, 16>' is not assignable to type 'DenseParams<784, 32>'.
// at run time: nothing
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { freeze } from '../../../src/network/index.js'
import { key } from '../../../src/random/index.js'

const [encoder, other] = [pipe(input(784), dense(32)), pipe(input(784), dense(16))]
export const mistake = () => pipe(input(784), freeze(encoder)(other.init(key(1))))
