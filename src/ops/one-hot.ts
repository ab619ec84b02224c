/** Indices as vectors. */

import type { Precision } from '../prim/index.js'
import type { Shape } from '../shape/index.js'
import { range } from '../tensor/create.js'
import { wantsTensor } from '../tensor/node.js'
import type { Tensor } from '../tensor/tensor.js'
import { tensors } from './apply.js'

/**
 * 1 at the index, 0 elsewhere; all 0 for an index out of range.
 *
 * @shape  int32 [...S] → [...S, N]
 */
export const oneHot =
  <N extends number>(size: N, precision: Precision = 'float32') =>
  <S extends Shape>(indices: Tensor<S>): Tensor<readonly [...S, N]> => {
    const { shape } = wantsTensor('oneHot', indices)
    const axes = shape.map((_, i) => i - shape.length - 1)
    const positions = tensors.expand(range(size), { axes, sizes: shape })
    return tensors.cast(tensors.equal(tensors.expand(indices, { axes: [-1], sizes: [size] }), positions), {
      to: precision,
    }) as unknown as Tensor<readonly [...S, N]>
  }
