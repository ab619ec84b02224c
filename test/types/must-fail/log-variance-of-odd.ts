// gaussianLogVariance expects a vector of an even size, receives [3]
// at run time: gaussianLogVariance expects a vector of an even size, receives [3]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { gaussianLogVariance } from '../../../src/likelihood/index.js'

export const mistake = () => pipe(input(4), dense(3), gaussianLogVariance)
