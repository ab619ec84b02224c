// parallel expects shapes that differ only along axis -1, receives [4, 4, 2] and [2, 2, 2]
import { pipe } from 'fp-ts/lib/function.js'
import { input, maxPool2d, tanh } from '../../../src/layer/index.js'
import { parallel } from '../../../src/network/index.js'

export const mistake = () => pipe(input(4, 4, 2), parallel(tanh, maxPool2d(2)))
