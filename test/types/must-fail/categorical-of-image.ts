// categorical expects a vector, receives [24, 24, 6]; flatten first
import { pipe } from 'fp-ts/lib/function.js'
import { conv2d, input } from '../../../src/layer/index.js'
import { categorical } from '../../../src/likelihood/index.js'

export const mistake = () => pipe(input(28, 28, 1), conv2d({ filters: 6, kernel: 5 }), categorical)
