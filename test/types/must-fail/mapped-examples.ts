// Type 'readonly [2]' is not assignable to type 'readonly [4]'.
// at run time: cost expects x and y of [N, 4] and [N, 1], receives [8, 2] and [8, 1]
import { pipe } from 'fp-ts/lib/function.js'
import { mapExamples } from '../../../src/data/index.js'
import { dense, input } from '../../../src/layer/index.js'
import { gaussian } from '../../../src/likelihood/index.js'
import { slice } from '../../../src/ops/index.js'
import { sgd } from '../../../src/optimise/index.js'
import { key } from '../../../src/random/index.js'
import { ones } from '../../../src/tensor/index.js'
import { train } from '../../../src/train/index.js'

const { init, step } = train(gaussian(pipe(input(4), dense(1))), sgd({ learningRate: 0.1 }))
const halves = pipe(
  { x: ones([8, 4]), y: ones([8, 1]) },
  mapExamples(({ x, y }) => ({ x: slice({ starts: [0], sizes: [2] })(x), y })),
)
export const mistake = () => step(init(key(0)), halves)
