// conv2d expects [height, width, channels], receives [784]
import { pipe } from 'fp-ts/lib/function.js'
import { conv2d, input } from '../../../src/layer/index.js'

export const mistake = () => pipe(input(784), conv2d({ filters: 6, kernel: 5 }))
