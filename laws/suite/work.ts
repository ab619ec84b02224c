/** How much a step of training looks at, by which the laws about it say how many examples are affordable. */
import type { Dataset } from '../../src/data/index.js'
import { count } from '../../src/params/index.js'
import { type Key, key } from '../../src/random/index.js'
import type { Shape } from '../../src/shape/index.js'

/** Parameters times examples. */
export const workOf =
  <P, I extends Shape, T extends Shape>(init: (key: Key) => P, batches: readonly Dataset<I, T>[]) =>
  (): number =>
    count(init(key(0))) * Math.max(1, ...batches.map(({ x }) => x.shape[0]))
