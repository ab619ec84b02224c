// shared expects [4], receives [8]
import { pipe } from 'fp-ts/lib/function.js'
import { dense, input } from '../../../src/layer/index.js'
import { share } from '../../../src/network/index.js'

export const mistake = () =>
  pipe(
    input(8),
    share('head')(
      () => pipe(input(4), dense(3)),
      (head) => head,
    ),
  )
