/**
 * The reference engine: it computes every op by its row, in float64, and rounds after each. Fast engines are measured
 * against it.
 */

import { replay } from '../../graph/replay.js'
import { bind } from '../../graph/run.js'
import { fixed } from '../../shape/index.js'
import type { Engine } from '../engine.js'

export const reference: Engine = fixed({
  name: 'reference',
  prepare:
    ({ inputs, outputs }) =>
    (values) =>
      outputs.map(replay(bind(inputs, values))),
})
