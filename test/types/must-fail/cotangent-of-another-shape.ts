// Type 'Tensor<readonly [3]>' is not assignable to type 'Vector<2>'.
// at run time: nothing
import { customVjp } from '../../../src/graph/index.js'
import { type Vector, zeros } from '../../../src/tensor/index.js'

customVjp(
  (x: Vector<2>) => x,
  (x) => [x, () => [zeros([3])]],
)
