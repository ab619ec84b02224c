// repeat: block maps [64] to [32], but must keep its shape
import { flow, pipe } from 'fp-ts/lib/function.js'
import { dense, input, relu } from '../../../src/layer/index.js'
import { repeat } from '../../../src/network/index.js'

export const mistake = () => pipe(input(64), repeat(3)(flow(dense(32), relu)))
