// residual: block maps [64] to [256], but must keep its shape
import { flow, pipe } from 'fp-ts/lib/function.js'
import { dense, input, relu } from '../../../src/layer/index.js'
import { residual } from '../../../src/network/index.js'

export const mistake = () => pipe(input(64), residual(flow(dense(256), relu)))
