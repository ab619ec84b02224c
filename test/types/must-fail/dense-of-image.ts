// dense expects a vector, receives [28, 28, 1]; flatten first
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'

export const mistake = () => pipe(input(28, 28, 1), dense(10))
