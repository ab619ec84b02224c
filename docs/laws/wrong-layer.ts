/**
 * A layer that is wrong on purpose. It scales a vector to a root mean square of 1:
 *
 *     y = x / √(mean(x²) + ε)
 *
 * Its values are right. But its author thought of the scale as a constant and stopped the gradient there, as one does with
 * running statistics, and so every layer below learns from a derivative that is not that of y. Training would still run, and
 * nothing would crash. The laws say so at once:
 *
 *     npx foldgrad-laws docs/laws/wrong-layer.ts --input 4
 */

import { pointwise } from 'foldgrad/network'
import { add, div, meanAll, sqrt, square, stopGradient } from 'foldgrad/ops'
import { pipe } from 'fp-ts/lib/function.js'

export const rootMeanSquare = pointwise('rootMeanSquare', (x) => {
  const scale = pipe(x, square, meanAll, add(1e-6), sqrt, stopGradient)
  return div(scale)(x)
})
