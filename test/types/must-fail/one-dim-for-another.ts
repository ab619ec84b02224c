// Type 'Dim<"a">' is not assignable to type 'Dim<"b">'.
// at run time: nothing
import type { Dim } from '../../../src/shape/index.js'
import type { Vector } from '../../../src/tensor/index.js'

export const mistake = (v: Vector<Dim<'a'>>): Vector<Dim<'b'>> => v
