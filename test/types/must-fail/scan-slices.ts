// Argument of type 'Tensor<readonly [7, 5]>' is not assignable to parameter of type 'Tensor<readonly [number, 4]>'.
// at run time: nothing
import { scan } from '../../../src/graph/index.js'
import { type Vector, zeros } from '../../../src/tensor/index.js'

export const mistake = () => scan((c: Vector<3>, x: Vector<4>) => [c, x])(zeros([3]), zeros([7, 5]))
