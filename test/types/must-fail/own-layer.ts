// scale expects [15], receives [16]
import { pipe } from 'fp-ts/lib/function.js'
import { input } from '../../../src/layer/index.js'
import { layer } from '../../../src/network/index.js'
import { mul } from '../../../src/ops/index.js'
import { ones } from '../../../src/tensor/index.js'

const scale = layer({ name: 'scale', input: [15], output: [15], init: () => ({ factor: ones([15]) }), apply: ({ factor }) => mul(factor) })
export const mistake = () => pipe(input(16), scale)
