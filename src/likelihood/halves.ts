/** An output whose first half is a mean and whose second is a logarithm of a scale. */
import { slice } from '../ops/index.js'
import type { Half } from '../shape/index.js'
import type { Tensor, Vector } from '../tensor/tensor.js'

/** [2d] → [d] and [d] */
export const halves = <N extends number>(z: Tensor<readonly [N]>): readonly [Vector<Half<N>>, Vector<Half<N>>] => {
  const half = z.shape[0] / 2
  const part = (start: number) => slice({ starts: [start], sizes: [half] })(z as Vector<number>) as Vector<Half<N>>
  return [part(0), part(half)]
}
