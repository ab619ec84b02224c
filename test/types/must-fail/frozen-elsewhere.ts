// freeze expects [784], receives [28, 28, 1]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { freeze } from '../../../src/network/index.js'
import { key } from '../../../src/random/index.js'

const encoder = pipe(input(784), dense(32))
export const mistake = () => pipe(input(28, 28, 1), freeze(encoder)(encoder.init(key(1))))
