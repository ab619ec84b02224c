// compile expects a tree of tensors, receives a number; make it a tensor, with scalar or vector
import { compile } from '../../../src/engine/index.js'
import { reference } from '../../../src/engine/reference/index.js'
import { type Scalar, scalar } from '../../../src/tensor/index.js'

export const mistake = () => compile(reference)((x: Scalar) => x.shape.length)(scalar(1))
