// locallyConnected2d: a 5x5 window does not fit
import { pipe } from 'fp-ts/lib/function.js'
import { input, locallyConnected2d } from '../../../src/layer/index.js'

export const mistake = () => pipe(input(4, 4, 1), locallyConnected2d({ filters: 6, kernel: 5 }))
