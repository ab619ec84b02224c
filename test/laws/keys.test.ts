/** No training of ours uses a key twice: dropout in flat networks and inside of blocks, in one part and in several. */
import { flow, pipe } from 'fp-ts/lib/function.js'
import { describe, it } from 'vitest'
import { check, keyLaws, type Law } from '../../laws/index.js'
import { dense, dropout, input, relu } from '../../src/layer/index.js'
import { bernoulli } from '../../src/likelihood/index.js'
import { named, parallel, repeat, residual } from '../../src/network/index.js'
import { adam, gradientDescent } from '../../src/optimise/index.js'
import { matrix } from '../../src/tensor/index.js'
import { train } from '../../src/train/index.js'

const all = (name: string, laws: readonly Law[]): void => {
  describe(name, () => {
    for (const law of laws) it(law.name, () => check(law))
  })
}
const xor = {
  x: matrix([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  y: matrix([[0], [1], [1], [0]]),
}
const odd = {
  x: matrix([
    [0, 1],
    [1, 1],
    [1, 0],
  ]),
  y: matrix([[1], [0], [1]]),
}
const half = 0.5
const descent = gradientDescent({ learningRate: 0.1 })

all(
  'without noise',
  keyLaws(train(bernoulli(pipe(input(2), dense(3), relu, dense(1))), descent), [xor], { drawn: { init: 9, example: 0 } }),
)

const flat = bernoulli(pipe(input(2), dropout(0.2), dense(3), relu, dropout(half), dense(1)))
all('dropout', keyLaws(train(flat, adam({ learningRate: 0.1 })), [xor, odd], { drawn: { init: 9, example: 5 } }))
all('dropout, in three parts', keyLaws(train(flat, descent, { parts: 3 }), [xor, odd], { drawn: { init: 9, example: 5 } }))

const nested = bernoulli(
  pipe(
    input(2),
    dense(3),
    dropout(half),
    residual(flow(dense(3), dropout(half))),
    residual(flow(dense(3), dropout(half))),
    repeat(2)(flow(dense(3), relu, dropout(half))),
    parallel(dropout(half), flow(dropout(half), dense(3))),
    named('head')(flow(residual(dropout(half)), dropout(half), dense(1))),
  ),
)
all('dropout inside of blocks', keyLaws(train(nested, descent), [odd], { drawn: { init: 57, example: 33 } }))
