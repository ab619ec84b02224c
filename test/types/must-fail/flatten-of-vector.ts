// flatten expects two axes or more, receives [784]
import { pipe } from 'fp-ts/lib/function.js'
import { flatten, input } from '../../../src/layer/index.js'

export const mistake = () => pipe(input(784), flatten)
