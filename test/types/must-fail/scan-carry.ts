// Type '[Vector<4>, Vector<4>]' is not assignable to type 'readonly [NoInfer<Vector<3>>, Vector<4>]'.
// at run time: scan expects a carry of [3] after an iteration, receives [4] (at the root)
import { scan } from '../../../src/graph/index.js'
import { type Vector, zeros } from '../../../src/tensor/index.js'

export const mistake = () => scan((_: Vector<3>, x: Vector<4>) => [x, x])(zeros([3]), zeros([7, 4]))
