// Type 'Tensor<readonly [8, 2]>' is not assignable to type 'Matrix<number, 1>'.
// at run time: nothing
import { linearRegression } from '../../../src/optimise/index.js'
import { ones } from '../../../src/tensor/index.js'

export const mistake = () => linearRegression()({ x: ones([8, 3]), y: ones([8, 2]) })
