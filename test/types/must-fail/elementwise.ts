// Type 'readonly [3]' is not assignable to type 'readonly [2]'.
// at run time: add expects equal shapes, receives [3] and [2]; expand one of them
import { pipe } from 'fp-ts/lib/function.js'
import { add } from '../../../src/ops/index.js'
import { vector } from '../../../src/tensor/index.js'

export const mistake = () => pipe(vector([1, 2, 3]), add(vector([10, 20])))
