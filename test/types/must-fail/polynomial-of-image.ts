// polynomialFeatures expects a vector, receives [28, 28, 1]; flatten first
import { pipe } from 'fp-ts/lib/function.js'
import { input, polynomialFeatures } from '../../../src/layer/index.js'

export const mistake = () => pipe(input(28, 28, 1), polynomialFeatures(2))
