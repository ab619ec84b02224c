// standardise expects [2], receives [3]
import { pipe } from 'fp-ts/lib/function.js'
import { input, scalingOf, standardise } from '../../../src/layer/index.js'
import { ones } from '../../../src/tensor/index.js'

export const mistake = () => pipe(input(3), standardise(scalingOf(ones([8, 2]))))
