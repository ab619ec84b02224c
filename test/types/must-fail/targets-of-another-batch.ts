// Argument of type 'Tensor<readonly [7, 3]>' is not assignable to parameter of type 'Tensor<readonly [6, 3]>'
// at run time: sub expects equal shapes, receives [7, 3] and [6, 3]; expand one of them
import { batched } from '../../../src/graph/index.js'
import { sub, tanh } from '../../../src/ops/index.js'
import { type Vector, zeros } from '../../../src/tensor/index.js'

export const mistake = () => sub(zeros([6, 3]))(batched((x: Vector<3>) => tanh(x))(zeros([7, 3])))
