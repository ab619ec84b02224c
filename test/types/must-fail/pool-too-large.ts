// avgPool2d: a 3x3 window does not fit
import { pipe } from 'fp-ts/lib/function.js'
import { avgPool2d, input } from '../../../src/layer/index.js'

export const mistake = () => pipe(input(2, 2, 1), avgPool2d(3))
