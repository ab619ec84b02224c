// conv2d: a 5x5 window does not fit
import { pipe } from 'fp-ts/lib/function.js'
import { conv2d, input } from '../../../src/layer/index.js'

export const mistake = () => pipe(input(4, 4, 1), conv2d({ filters: 6, kernel: 5, stride: 2 }))
