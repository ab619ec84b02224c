// andThen: [128] does not join [120]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input, relu } from '../../../src/layer/index.js'
import { andThen } from '../../../src/network/index.js'

const encoder = pipe(input(784), dense(128), relu)
const decoder = pipe(input(120), dense(10))
export const mistake = () => pipe(encoder, andThen(decoder))
