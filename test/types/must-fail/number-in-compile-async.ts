// compileAsync expects a tree of tensors, receives a number; make it a tensor, with scalar or vector
import { compileAsync, toAsync } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { mul } from '../../../src/ops/index.js'
import { type Scalar, scalar } from '../../../src/tensor/index.js'

export const mistake = () => compileAsync(toAsync(reference))((x: Scalar, rate: number) => mul(rate)(x))(scalar(1), 0.1)
