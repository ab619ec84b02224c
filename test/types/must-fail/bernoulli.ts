// bernoulli expects [1], receives [10]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { bernoulli } from '../../../src/likelihood/index.js'

const net = pipe(input(784), dense(10))
export const mistake = () => bernoulli(net)
