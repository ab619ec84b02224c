// andThen: [128] does not join [120]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { compose } from '../../../src/network/index.js'

const encoder = pipe(input(784), dense(128))
const decoder = pipe(input(120), dense(10))
export const mistake = () => compose(decoder)(encoder)
