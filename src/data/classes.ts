/** Classes, as targets tell them. */
import { ShapeError } from '../error/index.js'
import { show } from '../shape/index.js'
import { toArray } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'

/** The class of every example: its number, the place of the largest number of its row, or of one column whether it is more than ½. */
export const classesOf = (who: string, y: Tensor): readonly number[] => {
  const numbers = Array.from(toArray(y))
  const [count = 0, width] = y.shape
  if (y.shape.length === 1 && y.precision === 'int32') return numbers
  if (y.shape.length !== 2 || width === undefined)
    throw new ShapeError(`${who} expects targets [N, classes], or classes of int32 [N], receives ${show(y.shape)}`)
  return Array.from({ length: count }, (_, i) => {
    const row = numbers.slice(i * width, (i + 1) * width)
    return width === 1 ? Number((row[0] ?? 0) > 0.5) : row.indexOf(Math.max(...row))
  })
}
