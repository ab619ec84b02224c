// Type 'DenseParams<784, 128>' is not assignable to type 'DenseParams<784, 64>'.
// at run time: add expects equal shapes, receives [784, 64] and [784, 128]; expand one of them
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { categorical } from '../../../src/likelihood/index.js'
import { applyUpdates } from '../../../src/optimise/index.js'
import { key } from '../../../src/random/index.js'
import { full, zeros } from '../../../src/tensor/index.js'

const wide = categorical(pipe(input(784), dense(128)))
const narrow = categorical(pipe(input(784), dense(64)))
const [, gradients] = wide.gradient(wide.init(key(0)), key(1))(zeros([2, 784]), full([2, 128], 1 / 128))
export const mistake = () => applyUpdates(narrow.init(key(0)), gradients)
